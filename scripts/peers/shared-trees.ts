// Document trees that several people edit: creating, moving and merging against Loro's.
import { isDeepStrictEqual } from 'node:util';
import { generator } from '../random.js';
import type { Json, Peer, Row } from './row.js';

const LORO: Peer = {
  name: 'loro-crdt 1.17.1, one commit',
  language: 'javascript',
  packages: ['loro-crdt@1.17.1'],
  program: 'loro_peer.mjs',
};

const NODES = 20_000;
const MOVES = 10_000;
const PEOPLE = 2;
const MOVES_AT_ONCE = 5000;

const BUILT = '20,000 nodes with an attribute each, below others, then 10,000 moves';

/** Rows T3 and T4, and what such a document holds. */
export const SHARED_TREE_ROWS: readonly Row[] = [
  row('T3', { workload: `shared tree: ${BUILT}`, goal: 1, does: { ours: 'shared-tree-edits', theirs: 'tree-edits' } }),
  row('T4', {
    workload:
      'shared tree: load the snapshot of that and of 2 × 5,000 moves that two people made at once, with all history, then its JSON',
    goal: 1,
    does: { ours: 'shared-tree-load', theirs: 'tree-load' },
  }),
  row('TM', {
    workload: `shared tree: memory of ${BUILT}, with all history`,
    unit: 'bytes',
    goal: 1,
    does: { ours: 'shared-tree-edits', theirs: 'tree-edits' },
  }),
];

/** Outputs are the parent of each node. */
function row(id: string, rest: Pick<Row, 'workload' | 'unit' | 'goal' | 'does'>): Row {
  return { id, peer: LORO, ...rest, input, same: isDeepStrictEqual };
}

/** Parents come before their children, -1 is the root; no move puts a node below itself when it is made. */
function input(): Json {
  const random = generator(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const parents = Array.from({ length: NODES }, (_, at) => (at < 10 ? -1 : below(at)));
  const moved = [...parents];
  const moves = validMoves(moved, MOVES, below);
  const atOnce = Array.from({ length: PEOPLE }, () => validMoves([...moved], MOVES_AT_ONCE, below));
  return { parents, moves, atOnce };
}

/** Moves that can be made one after another; `parents` is what they come to. */
function validMoves(parents: number[], count: number, below: (limit: number) => number): [number, number][] {
  const moves: [number, number][] = [];
  while (moves.length < count) {
    const [node, parent] = [below(parents.length), below(parents.length)];
    let above = parent;
    while (above >= 0 && above !== node) above = parents[above] ?? -1;
    if (above === node) continue;
    parents[node] = parent;
    moves.push([node, parent]);
  }
  return moves;
}
