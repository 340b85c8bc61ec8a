// Texts that several people edit: recorded histories against diamond-types, Loro, Yjs and Automerge.
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { Json, Peer, Row } from './row.js';
import { isSequential, readTrace } from './traces.js';

const DIAMOND = javascript('diamond-types-node 1.0.2', 'diamond-types-node@1.0.2', 'diamond_peer.mjs');
const LORO = javascript('loro-crdt 1.17.1, one commit', 'loro-crdt@1.17.1', 'loro_peer.mjs');
const YJS = javascript('yjs 13.6.33, one transaction', 'yjs@13.6.33', 'yjs_peer.mjs');
const AUTOMERGE = javascript('automerge 3.5.0, one change', '@automerge/automerge@3.5.0', 'automerge_peer.mjs');
const YJS_UPDATE: Peer = { ...YJS, name: 'yjs 13.6.33, an update V2' };

/** An engine as its crate, called in Rust. */
interface Crate {
  peer: Peer;
  /** How its workloads begin in the program that has them all. */
  prefix: string;
}

const DIAMOND_RUST = crate('diamond', 'diamond-types', '1.0.0');
const LORO_RUST = crate('loro', 'loro', '1.17.1');
const YRS_RUST = crate('yrs', 'yrs', '0.28.1');
const AUTOMERGE_RUST = crate('automerge', 'automerge', '0.12.0');
const CRATES = [DIAMOND_RUST, LORO_RUST, YRS_RUST, AUTOMERGE_RUST];

/** A recorded history. */
interface History {
  /** In the folder of recorded histories, or a path from the root. */
  file: string;
  what: string;
}

const B4 = typed('automerge-paper');

/** Histories in which one edit follows the other. */
const TYPED = [
  B4,
  ...['rustcode', 'friendsforever_flat', 'clownschool_flat', 'json-crdt-patch', 'sveltecomponent'].map(typed),
];
/** How many times as fast as diamond-types they are to be written. */
const TYPED_GOAL = 5;

/** A history of several people, and how many times as fast as Yjs it is to be taken in. */
interface SharedHistory extends History {
  goal: number;
  /** The same as an update of Yjs. */
  update?: string;
}

const NODE_CC: SharedHistory = {
  file: 'egwalker/A1.json.gz',
  what: 'A1 (history of node.cc), 947,337 events of 204 agents',
  goal: 8,
  update: 'egwalker/A1.yjs',
};
const FRIENDS: SharedHistory = {
  file: 'concurrent/friendsforever.json.gz',
  what: 'friendsforever, 26,078 events of 2 agents at once',
  goal: 5,
};

/** Most bytes that a snapshot of the usual history may have, with all of it. */
const SNAPSHOT_BYTES = 105_000;

/** Rows C1 to C5, what replaying costs, and what a document holds. */
export const TEXT_ROWS: readonly Row[] = [
  ...TYPED.map((history) => batchRow('C1', DIAMOND, { history, goal: TYPED_GOAL })),
  batchRow('C2', LORO, { history: B4, goal: 20 }),
  batchRow('C2', YJS, { history: B4, goal: 60 }),
  batchRow('C2', AUTOMERGE, { history: B4, goal: 300 }),
  { ...batchRow('C3', DIAMOND, { history: B4, goal: 1.2 }), ...each(B4) },
  ...[NODE_CC, FRIENDS].flatMap((history) => [mergeRow(history), replayRow(history)]),
  loadRow(LORO, 5),
  loadRow(DIAMOND, 5),
  ...[DIAMOND, LORO, YJS, AUTOMERGE].map(memoryRow),
  ...nativeRows(),
];

/**
 * Rows of a history that somebody names, with the goals of recorded ones: C1 where one edit follows the other, and
 * otherwise C4 and CR.
 *
 * @throws Error where it cannot be read.
 */
export function rowsOfTrace(file: string): Row[] {
  const { transactions } = readTrace(file);
  const name = basename(file).replace(/(\.json)?(\.gz)?$/, '');
  const history = { file: resolve(file), what: name };
  if (isSequential(transactions)) {
    const rows = [DIAMOND, LORO].map((peer) => batchRow('C1', peer, { history, goal: TYPED_GOAL }));
    return [...rows, natively(batchRow('C1', DIAMOND, { history, goal: 1 }), DIAMOND_RUST)];
  }
  const shared = { ...history, goal: FRIENDS.goal };
  return [mergeRow(shared), replayRow(shared), ...takenIn(shared, [DIAMOND_RUST, YRS_RUST])];
}

function javascript(name: string, pinned: string, program: string): Peer {
  return { name, language: 'javascript', packages: [pinned], program };
}

function crate(prefix: string, name: string, version: string): Crate {
  const peer: Peer = {
    name: `${name} ${version} (Rust)`,
    language: 'rust',
    packages: [`${name}==${version}`],
    program: 'texts',
  };
  return { peer, prefix };
}

/** The same beside crates, which are called without any border: ours is called from JavaScript all the same, and is to be ahead. */
function nativeRows(): Row[] {
  const batches = TYPED.map((history) => batchRow('C1', DIAMOND, { history, goal: 1 }));
  const { update: _, ...nodeCc } = NODE_CC;
  return [
    ...batches.map((row) => natively(row, DIAMOND_RUST)),
    ...[LORO_RUST, YRS_RUST, AUTOMERGE_RUST].map((each) =>
      natively(batchRow('C2', LORO, { history: B4, goal: 1 }), each),
    ),
    ...takenIn(NODE_CC, [YRS_RUST]),
    ...takenIn(nodeCc, [DIAMOND_RUST]),
    ...takenIn(FRIENDS, CRATES),
    ...CRATES.map((each) => natively(loadRow(LORO, 1), each)),
    ...CRATES.map((each) => natively(memoryRow(LORO), each)),
  ];
}

function takenIn(history: SharedHistory, crates: readonly Crate[]): Row[] {
  return crates.flatMap((each) => [natively(mergeRow(history), each), natively(replayRow(history), each)]);
}

function natively(row: Row, { peer, prefix }: Crate): Row {
  const job = row.id === 'CM' ? 'edits' : row.id === 'CR' ? 'replay' : row.does.theirs;
  return { ...row, peer, goal: 1, does: { ours: row.does.ours, theirs: `${prefix}-${job}` } };
}

function batchRow(id: string, peer: Peer, { history, goal }: { history: History; goal: number }): Row {
  return {
    id,
    peer,
    workload: `${history.what}: all edits of the history in one batch, then the text`,
    goal,
    does: { ours: 'text-batch', theirs: 'edits' },
    input: () => ({ edits: editsOf(history) }),
    same: (ours, theirs) => ours === theirs,
  };
}

function each({ what }: History): Pick<Row, 'workload' | 'does'> {
  return {
    workload: `${what}: a call for each edit of the history, then the text`,
    does: { ours: 'text-edits', theirs: 'edits' },
  };
}

/** What somebody gets who is new: of Yjs an update with the state, of ours a snapshot. */
function mergeRow({ file, what, goal, update }: SharedHistory): Row {
  return {
    id: 'C4',
    peer: YJS_UPDATE,
    workload: `merge a snapshot of ${what}, into an empty document, then the text`,
    goal,
    does: { ours: 'text-merge', theirs: 'merge' },
    input: () => ({
      transactions: transactionsOf(file),
      update: update === undefined ? null : traceFile(update),
    }),
    same: (ours, theirs) => ours === theirs,
  };
}

/** The same from changes, each of which is replayed, as all are that a document takes in which knows something already. */
function replayRow(history: SharedHistory): Row {
  return {
    ...mergeRow(history),
    id: 'CR',
    workload: `merge all changes of ${history.what}, into an empty document, then the text`,
    does: { ours: 'text-replay', theirs: 'merge' },
  };
}

function loadRow(peer: Peer, goal: number): Row {
  return {
    id: 'C5',
    peer: { ...peer, name: peer.name.replace(/,.*/, '') },
    workload: `${B4.what}: load a snapshot with all history, then the text; at most ${SNAPSHOT_BYTES.toLocaleString('en')} bytes`,
    goal,
    does: { ours: 'text-load', theirs: 'load' },
    input: () => ({ edits: editsOf(B4) }),
    same: (ours, theirs) => textOf(ours) === textOf(theirs) && bytesOf(ours) <= SNAPSHOT_BYTES,
  };
}

function memoryRow(peer: Peer): Row {
  return {
    id: 'CM',
    peer,
    workload: `${B4.what}: memory of the document, with its text and all history`,
    unit: 'bytes',
    goal: 1,
    does: { ours: 'text-memory', theirs: 'memory' },
    input: () => ({ edits: editsOf(B4) }),
    same: (ours, theirs) => ours === theirs,
  };
}

function textOf(output: Json): unknown {
  return (output as { text: unknown }).text;
}

function bytesOf(output: Json): number {
  return (output as { bytes: number }).bytes;
}

function typed(name: string): History {
  return { file: `sequential/${name}.json.gz`, what: name };
}

function editsOf({ file }: History): Json {
  return readTrace(traceFile(file)).transactions.flatMap(({ patches }) => patches);
}

function transactionsOf(file: string): Json {
  return readTrace(traceFile(file)).transactions.map((transaction) => ({ ...transaction }));
}

function traceFile(file: string): string {
  if (isAbsolute(file)) return file;
  const folder = process.env.FORGEBENCH_DATA;
  if (folder === undefined) throw new Error(`${file} is needed; set FORGEBENCH_DATA to the folder that holds it`);
  return join(folder, 'traces', file);
}
