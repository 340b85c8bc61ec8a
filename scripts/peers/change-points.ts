// Change points: PELT against ruptures, E-divisive against Apache Otava and MongoDB.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normals } from '../random.js';
import type { Json, Peer, Row } from './row.js';

const RUPTURES = ['ruptures==1.1.10', 'scipy==1.17.1', 'numpy==2.4.6'];
const OTAVA = ['apache-otava==0.8.0', 'numpy==2.2.0'];
const MONGODB = ['signal-processing-algorithms==2.1.6', 'numpy==1.26.4'];

/** Rows S6 and S7. */
export const CHANGE_POINT_ROWS: readonly Row[] = [
  peltRow(python('ruptures 1.1.10 KernelCPD (C)', RUPTURES, 'ruptures_peer.py'), {
    count: 5000,
    goal: 5,
    theirs: 'kernel-cpd',
  }),
  peltRow(python('ruptures 1.1.10 Pelt', RUPTURES, 'ruptures_peer.py'), { count: 1000, goal: 5000, theirs: 'pelt' }),
  windowRow('otava/tigerbeetle.json', 'tigerbeetle, 365 points, windows of 30', { window: 30, significance: 0.001 }),
  windowRow('mongodb_series/large.json', 'mongodb large, 1211 points, windows of 50', {
    window: 50,
    significance: 0.001,
  }),
  {
    ...divisiveRow('otava/tigerbeetle.json', 'tigerbeetle, 365 points, 100 permutations', { wholeSegments: false }),
    peer: python('apache-otava 0.8.0 permutations', OTAVA, 'otava_peer.py'),
  },
  {
    ...divisiveRow('mongodb_series/large.json', 'mongodb large, 1211 points, 100 permutations', {
      wholeSegments: true,
    }),
    peer: python('signal-processing-algorithms 2.1.6 (C)', MONGODB, 'mongodb_peer.py'),
  },
];

function python(name: string, packages: readonly string[], program: string): Peer {
  return { name, language: 'python', packages, program };
}

function peltRow(peer: Peer, { count, goal, theirs }: { count: number; goal: number; theirs: string }): Row {
  return {
    id: 'S6',
    peer,
    workload: `PELT, least squares, ${count} points, a step every 500`,
    goal,
    does: { ours: 'pelt', theirs },
    // The penalty of the Bayesian criterion for noise of deviation 1.
    input: () => ({ series: steps(count), penalty: 2 * Math.log(count) }),
    same: sameJson,
  };
}

function windowRow(file: string, what: string, options: { window: number; significance: number }): Row {
  return {
    id: 'S7',
    peer: python('apache-otava 0.8.0', OTAVA, 'otava_peer.py'),
    workload: `E-divisive with t-tests, ${what}`,
    goal: 30,
    does: { ours: 'hunter', theirs: 'windows' },
    input: () => ({ series: publicSeries(file), ...options, leastMagnitude: 0 }),
    same: sameJson,
  };
}

function divisiveRow(file: string, what: string, { wholeSegments }: { wholeSegments: boolean }): Omit<Row, 'peer'> {
  return {
    id: 'S7',
    workload: `E-divisive, ${what}`,
    goal: 50,
    does: { ours: 'e-divisive', theirs: 'permutations' },
    input: () => ({ series: publicSeries(file), wholeSegments, significance: 0.05, permutations: 100, seed: 1 }),
    same: sameJson,
  };
}

function sameJson(ours: Json, theirs: Json): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

function publicSeries(file: string): Json {
  const folder = process.env.FORGEBENCH_DATA;
  if (folder === undefined) throw new Error(`${file} is needed; set FORGEBENCH_DATA to the folder that holds it`);
  return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { series: Json }).series;
}

/** Normal noise of deviation 1, the same each time, on levels that change every 500 points. */
function steps(count: number): number[] {
  const levels = [0, 3, -1, 2, 0.5, 4, 1, -2, 0, 2.5];
  const normal = normals(1);
  return Array.from({ length: count }, (_, index) => (levels[Math.floor(index / 500) % levels.length] ?? 0) + normal());
}
