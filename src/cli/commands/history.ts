// `forgebench history`: a figure over all stored runs, and when it changed.
import { applyTriages, DEFAULT_TREND_OPTIONS, trendOf } from '../../history/index.js';
import { changedTrendsText, trendsText } from '../../report/index.js';
import type { Store } from '../../store/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { EXIT } from '../exit-code.js';
import { machineNames } from '../machine-names.js';
import { namedCases } from '../named-cases.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { integer } from '../settings.js';
import { outputWidth } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench history`. */
export interface HistoryFlags extends Pick<ComparisonFlags, 'tolerance'>, StoreFlags {
  metric?: string;
  machine?: string;
  last?: string;
  json?: boolean;
}

/** Shows the trend of a case, or all cases that changed; returns the exit code. */
export async function history(caseId: string | undefined, flags: HistoryFlags): Promise<number> {
  const { tolerance } = readComparisonOptions(flags);
  const metric = flags.metric ?? 'p50';
  if (metric === 'throughput')
    throw new UsageError('Cannot use --metric throughput: less of a metric has to be better; p50 is its inverse');
  const last = flags.last === undefined ? undefined : integer('--last', flags.last, { low: 1, high: 1e6 });
  const { series, machines, triages } = await withFilledStore(process.cwd(), flags, async (store) => {
    const cases = caseId === undefined ? undefined : await namedCases(store, caseId, 'Cannot show the history of');
    const found = await store.series({ metric, ...(cases && { cases }), ...(last !== undefined && { last }) });
    const chosen = found.filter(({ points }) => points[0]?.run.fingerprint.startsWith(flags.machine ?? ''));
    if (chosen.length === 0) await refuse(store, metric, flags);
    const runs = chosen.flatMap(({ points }) => points.map(({ run }) => run));
    return { series: chosen, machines: await machineNames(store, runs), triages: await store.triages() };
  });
  const trends = series.map((each) => applyTriages(trendOf(each, { ...DEFAULT_TREND_OPTIONS, tolerance }), triages));
  // Whoever names no case wants to know what changed, not what is there.
  const shown = caseId === undefined ? trends.filter(({ changes }) => changes.length > 0) : trends;
  const { stdout } = process;
  if (flags.json) stdout.write(`${JSON.stringify({ metric, series: trends.length, trends: shown }, null, 2)}\n`);
  else {
    const options = { width: outputWidth(), machines };
    stdout.write(caseId === undefined ? changedTrendsText(shown, trends.length, options) : trendsText(shown, options));
  }
  return EXIT.well;
}

async function refuse(store: Store, metric: string, { machine }: HistoryFlags): Promise<never> {
  if ((await store.list()).length === 0)
    throw new UsageError(`Cannot show a history: "${store.place}" has no runs; make one with "forgebench run"`);
  const known = await store.metrics();
  if (!known.includes(metric))
    throw new UsageError(`Cannot show the history of "${metric}": there are the metrics ${known.join(', ')}`);
  throw new UsageError(
    machine === undefined
      ? `Cannot show the history of "${metric}": no run of these cases has it`
      : `Cannot show a history of machine "${machine}": no run of these cases was made there`,
  );
}
