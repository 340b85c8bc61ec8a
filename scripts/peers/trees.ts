// Document trees: edits of a document of 20,101 nodes against ProseMirror and moduforge-model.
import { isDeepStrictEqual } from 'node:util';
import { generator } from '../random.js';
import type { Json, Peer, Row } from './row.js';

const PROSEMIRROR: Peer = {
  name: 'prosemirror-transform 1.12.6',
  language: 'javascript',
  packages: ['prosemirror-transform@1.12.6', 'prosemirror-model@1.25.13', 'orderedmap@2.1.1'],
  program: 'prosemirror.mjs',
};

const MODUFORGE: Peer = {
  name: 'moduforge-model 0.7.0, as an addon',
  language: 'addon',
  packages: ['moduforge-model==0.7.0'],
  program: 'moduforge',
};

const SECTIONS = 100;
const PARAGRAPHS = 100;
const OPERATIONS = 1000;

/** What is done to a document. */
interface Edits {
  what: string;
  /** Which kinds of steps follow each other. */
  kinds: readonly string[];
  /** Steps of a transaction. */
  length: number;
}

const EDITS: readonly Edits[] = [
  { what: 'set an attribute', kinds: ['set-attribute'], length: OPERATIONS },
  { what: 'insert a paragraph', kinds: ['insert'], length: OPERATIONS },
  { what: 'delete a paragraph', kinds: ['delete'], length: OPERATIONS },
  { what: 'all three in turn', kinds: ['set-attribute', 'insert', 'delete'], length: 10 },
];

/** A thousand versions, each with one attribute that the one before had otherwise. */
const HISTORY: Edits = { what: 'set an attribute', kinds: ['set-attribute'], length: 1 };

/** Rows T1 and T2, and what versions hold. */
export const TREE_ROWS: readonly Row[] = [
  ...EDITS.map((edits) => editRow('T1', PROSEMIRROR, { edits, goal: 5 })),
  ...EDITS.map((edits) => editRow('T2', MODUFORGE, { edits, goal: 10 })),
  ...[PROSEMIRROR, MODUFORGE].map(versionsRow),
];

function editRow(id: string, peer: Peer, { edits, goal }: { edits: Edits; goal: number }): Row {
  const count = OPERATIONS / edits.length;
  const transactions = count === 1 ? 'in one transaction' : `in ${count} transactions of ${edits.length}, all kept`;
  return {
    id,
    peer,
    workload: `${edits.what}, 1,000 times ${transactions}, 20,101 nodes`,
    goal,
    does: { ours: 'tree-edits', theirs: 'tree-edits' },
    input: () => inputOf(edits),
    same: isDeepStrictEqual,
  };
}

function versionsRow(peer: Peer): Row {
  return {
    id: 'TM',
    peer,
    workload: 'memory of a document of 20,101 nodes and 1,000 versions of it',
    unit: 'bytes',
    goal: 1,
    does: { ours: 'tree-versions', theirs: 'tree-versions' },
    input: () => inputOf(HISTORY),
    same: isDeepStrictEqual,
  };
}

function inputOf(edits: Edits): Json {
  const shape = { sections: SECTIONS, paragraphs: PARAGRAPHS, text: 'Some words of a paragraph.' };
  return { ...shape, transactions: transactionsOf(edits) };
}

/** Steps all over the document, at places that exist when they come. */
function transactionsOf({ kinds, length }: Edits): Json {
  const random = generator(1);
  const sizes = Array.from({ length: SECTIONS }, () => PARAGRAPHS);
  const below = (limit: number): number => Math.floor(random() * limit);
  const step = (turn: number): Json => {
    const [kind = '', section] = [kinds[turn % kinds.length], below(SECTIONS)];
    const size = sizes[section] ?? 0;
    const index = below(kind === 'insert' ? size + 1 : size);
    sizes[section] = size + (kind === 'insert' ? 1 : kind === 'delete' ? -1 : 0);
    return { do: kind, section, index, value: turn + 0.5 };
  };
  const steps = Array.from({ length: OPERATIONS }, (_, turn) => step(turn));
  return Array.from({ length: OPERATIONS / length }, (_, at) => steps.slice(at * length, (at + 1) * length));
}
