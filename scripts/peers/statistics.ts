// Statistics of samples: bootstraps, rank tests and densities against scipy and Criterion.
import { normals } from '../random.js';
import type { Json, Peer, Row } from './row.js';

const SCIPY: Peer = {
  name: 'scipy 1.17.1',
  language: 'python',
  packages: ['scipy==1.17.1', 'numpy==2.4.6'],
  program: 'scipy_peer.py',
};

const CRITERION: Peer = {
  name: 'Criterion 0.8.0, without rayon',
  language: 'rust',
  packages: ['criterion==0.8.0'],
  program: 'criterion',
};

/** Rows S1 to S5. */
export const STATISTICS_ROWS: readonly Row[] = [
  meanRow('S1', SCIPY, 11),
  ...[0.5, 0.99].map((at) => ({
    id: 'S2',
    peer: SCIPY,
    workload: `bootstrap of the ${at === 0.5 ? 'median' : 'p99'}, 100 values; scipy: 100,000 resamples, ours: exact`,
    goal: 1000,
    does: { ours: 'bootstrap-quantile', theirs: 'bootstrap-quantile' },
    input: () => ({ values: times(100), at, confidence: 0.95, resamples: 100_000, seed: 1 }),
    // The resampled quantile jumps from value to value, so that an interval of chance may end one value further.
    same: (ours: Json, theirs: Json) => nearIntervals(ours, theirs, 0.2),
  })),
  meanRow('S3', CRITERION, 3),
  ...[
    { count: 100, goal: 200 },
    { count: 100_000, goal: 8 },
    { count: 1_000_000, goal: 8 },
  ].map(({ count, goal }) => ({
    id: 'S4',
    peer: SCIPY,
    workload: `Mann-Whitney, asymptotic, 2 × ${count.toLocaleString('en')} values`,
    goal,
    does: { ours: 'mann-whitney', theirs: 'mann-whitney' },
    input: () => ({ first: times(count, 1), second: times(count, 2) }),
    same: (ours: Json, theirs: Json) => nearNumbers(ours, theirs, 1e-9),
  })),
  {
    id: 'S5',
    peer: SCIPY,
    workload: 'Gaussian density, 100,000 values at 512 points, within 1e-6 of its peak',
    goal: 500,
    does: { ours: 'density', theirs: 'density' },
    input: () => ({ values: times(100_000), points: 512 }),
    same: (ours, theirs) => withinPeak(ours as number[], theirs as number[]),
  },
];

function meanRow(id: string, peer: Peer, goal: number): Row {
  return {
    id,
    peer,
    workload: 'bootstrap of a mean, percentile, 100 values, 100,000 resamples',
    goal,
    does: { ours: 'bootstrap-mean', theirs: 'bootstrap-mean' },
    input: () => ({ values: times(100), confidence: 0.95, resamples: 100_000, seed: 1 }),
    // Two Monte-Carlo intervals of 100,000 resamples differ by about a hundredth of their width.
    same: (ours, theirs) => nearIntervals(ours, theirs, 0.03),
  };
}

/** Log-normal times around 100. */
function times(count: number, seed = 1): number[] {
  const normal = normals(seed);
  return Array.from({ length: count }, () => 100 * Math.exp(0.2 * normal()));
}

/** Whether both ends agree within a share of the second interval's width. */
function nearIntervals(ours: Json, theirs: Json, share: number): boolean {
  const [low = NaN, high = NaN] = theirs as number[];
  const [ourLow = NaN, ourHigh = NaN] = ours as number[];
  const allowed = share * (high - low);
  return Math.abs(ourLow - low) <= allowed && Math.abs(ourHigh - high) <= allowed;
}

/** Whether each number agrees within a share of itself. */
function nearNumbers(ours: Json, theirs: Json, share: number): boolean {
  const [seen, known] = [ours as number[], theirs as number[]];
  const near = (value: number, other: number): boolean => Math.abs(value - other) <= share * Math.abs(other);
  return seen.length === known.length && seen.every((value, index) => near(value, known[index] ?? NaN));
}

/** Whether no point differs by more than a millionth of the peak. */
function withinPeak(ours: readonly number[], theirs: readonly number[]): boolean {
  const peak = Math.max(...theirs);
  return ours.length === theirs.length && ours.every((y, index) => Math.abs(y - (theirs[index] ?? NaN)) <= 1e-6 * peak);
}
