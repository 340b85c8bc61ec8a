// What watching costs: one workload under V8's CPU profiler, as the engine `cpu` starts it, and with nobody watching.
import type { Peer, Row } from './row.js';

const UNWATCHED: Peer = {
  name: 'the same, unwatched',
  language: 'javascript',
  packages: [],
  program: 'unwatched.mjs',
};

/** Row P1: 6 % more CPU time, that of the profiler's own thread included, is 0.943 times as fast. */
export const PROFILING_ROWS: readonly Row[] = [
  {
    id: 'P1',
    peer: UNWATCHED,
    workload: 'parse, group and sort 200,000 records under the CPU profiler, a sample a millisecond',
    goal: 0.943,
    does: { ours: 'records-watched', theirs: 'records' },
    input: () => 200_000,
    same: (ours, theirs) => ours === theirs,
  },
];
