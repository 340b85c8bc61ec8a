// Trends of everything that is stored, with what people decided about their changes.
import type { Store } from '../store/index.js';
import { applyTriages } from './apply-triages.js';
import { type Trend, trendOf } from './trend.js';

/** Runs that a trend is read from: more of them take longer than they tell. */
export const TREND_RUNS = 500;

/** The trends of p50 of all cases. */
export async function readTrends(store: Pick<Store, 'series' | 'triages'>, last = TREND_RUNS): Promise<Trend[]> {
  const series = await store.series({ metric: 'p50', last });
  const triages = await store.triages();
  return series.map((each) => applyTriages(trendOf(each), triages));
}
