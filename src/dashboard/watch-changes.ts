// Trends of all cases, read behind the pages: reading them while a page waits would take seconds.
import { setImmediate } from 'node:timers/promises';
import { applyTriages, TREND_RUNS, type Trend, trendOf } from '../history/index.js';
import type { Store, StoredTriage } from '../store/index.js';

/** What is known of all trends so far. */
export interface Changes {
  /** Of p50: each case on each machine, so far as it has been read, with what was decided about its changes. */
  trends: readonly Trend[];
  /** Cases that were read, of all there are. */
  read: number;
  cases: number;
}

/** Trends that follow the store. */
export interface ChangesWatch {
  /** What is known now, while newer runs may still be read. */
  latest(): Changes;
  /** Reads decisions, and begins to read trends again where the store has another newest run than at the last reading. */
  follow(newest: string | undefined): Promise<void>;
  /** Resolves when nothing is being read. */
  settled(): Promise<void>;
}

/** Follows the trends of a store. What fails is told to `onError`, and read again with the next run. */
export function watchChanges(store: Store, onError: (error: unknown) => void): ChangesWatch {
  let changes: Changes = { trends: [], read: 0, cases: 0 };
  let seen: string | undefined;
  let reading: Promise<void> | undefined;
  let triages: readonly StoredTriage[] = [];
  const readAll = async () => {
    const cases = await store.cases();
    const trends: Trend[] = [];
    const isFirst = changes.read === 0;
    for (const [index, caseId] of cases.entries()) {
      trends.push(...(await trendsOf(store, caseId)));
      if (isFirst) changes = { trends: [...trends], read: index + 1, cases: cases.length };
      // Requests that came meanwhile go first.
      await setImmediate();
    }
    changes = { trends, read: cases.length, cases: cases.length };
  };
  return {
    latest: () => ({ ...changes, trends: changes.trends.map((trend) => applyTriages(trend, triages)) }),
    async follow(newest) {
      triages = await store.triages();
      if (newest === seen || reading !== undefined) return;
      seen = newest;
      reading = readAll()
        .catch((error: unknown) => {
          seen = undefined;
          onError(error);
        })
        .finally(() => {
          reading = undefined;
        });
    },
    settled: async () => reading,
  };
}

async function trendsOf(store: Store, caseId: string): Promise<Trend[]> {
  const series = await store.series({ metric: 'p50', cases: [caseId], last: TREND_RUNS });
  return series.map((each) => trendOf(each));
}
