// Trends as small as they may be.
import { type Trend, trendOf } from '../../src/history/index.js';
import type { SeriesPoint } from '../../src/store/index.js';

const HOUR_MS = 3_600_000;
/** The moment of a commit, from 0. */
export const at = (hour: number) => new Date(Date.UTC(2026, 0, 1) + hour * HOUR_MS);

/** The trend of a case whose commits are an hour apart. */
export function trend(values: readonly number[], caseId = 'demo/sum'): Trend {
  const points = values.map((value, index): SeriesPoint => {
    const run = {
      id: `r${index}`,
      origin: 'forgebench',
      status: 'finished',
      fingerprint: '0123',
      subjects: {},
    } as const;
    return { run: { ...run, startedAt: at(index).toISOString(), commit: `c${index}` }, value, low: null, high: null };
  });
  return trendOf({ caseId, metric: 'p50', unit: 'ns', points });
}
