// The data of a chart: runs of all machines on one axis, each machine a line, and what changed around them.
import type { Trend } from '../history/index.js';
import { formatChange } from '../report/index.js';
import type { Series, StoredEntry } from '../store/index.js';
import { commitText, subjectsText, verdictOfChange } from './words.js';

/** What the page's program draws. */
export interface TrendChartData {
  unit: string;
  /** Runs in the order in which they started: the axis. */
  runs: { id: string; label: string }[];
  /** A value for each run, null where the machine is another. */
  lines: { name: string; values: (number | null)[]; lows: (number | null)[]; highs: (number | null)[] }[];
  /** Where the level changed. */
  changes: { at: number; tone: string; text: string }[];
  /** Where the machine or what is under test changed. */
  marks: { at: number; text: string }[];
}

/** The data of a chart over the series of one case. */
export function trendChart(
  series: readonly Series[],
  { trends, machines }: { trends: readonly Trend[]; machines: ReadonlyMap<string, string> },
): TrendChartData {
  const entries = new Map(series.flatMap(({ points }) => points.map(({ run }) => [run.id, run])));
  const runs = [...entries.values()].sort(byStart);
  const at = new Map(runs.map(({ id }, index) => [id, index]));
  return {
    unit: series[0]?.unit ?? '',
    runs: runs.map(({ id, startedAt, commit }) => ({ id, label: `${startedAt.slice(0, 10)} · ${commitText(commit)}` })),
    lines: series.map((each) => lineOf(each, { at, machines })),
    changes: trends.flatMap(({ changes }) =>
      changes.map((change) => {
        const { text, tone } = verdictOfChange(change);
        return {
          at: at.get(change.after.runs[0] ?? '') ?? 0,
          tone,
          text: `${formatChange(1 + change.magnitude)} ${text}`,
        };
      }),
    ),
    marks: marksOf(runs, machines),
  };
}

function lineOf(
  { points }: Series,
  { at, machines }: { at: ReadonlyMap<string, number>; machines: ReadonlyMap<string, string> },
): TrendChartData['lines'][number] {
  const empty = () => Array.from<number | null>({ length: at.size }).fill(null);
  const [values, lows, highs] = [empty(), empty(), empty()];
  for (const { run, value, low, high } of points) {
    const index = at.get(run.id) as number;
    [values[index], lows[index], highs[index]] = [value, low, high];
  }
  const fingerprint = points[0]?.run.fingerprint ?? '';
  return { name: `${machines.get(fingerprint) ?? 'unknown machine'} ${fingerprint.slice(0, 8)}`, values, lows, highs };
}

/** Environments that take turns, as those of a team's machines do, would only be a fence: each is marked where it is new. */
function marksOf(runs: readonly StoredEntry[], machines: ReadonlyMap<string, string>): TrendChartData['marks'] {
  const seen = new Set<string>();
  return runs.flatMap((run, index) => {
    const texts = [
      `machine ${machines.get(run.fingerprint) ?? 'unknown'} ${run.fingerprint.slice(0, 8)}`,
      `under test ${subjectsText(run)}`,
    ].filter((text) => !seen.has(text));
    for (const text of texts) seen.add(text);
    return index === 0 || texts.length === 0
      ? []
      : [{ at: index, text: `${run.startedAt.slice(0, 10)}: ${texts.join('; ')}` }];
  });
}

function byStart(a: StoredEntry, b: StoredEntry): number {
  return a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.id < b.id) ? -1 : 1;
}
