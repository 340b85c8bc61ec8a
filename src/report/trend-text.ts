// Trends as text: a line of bars for each, and where it changed.
import type { Trend, TrendChange, TrendPoint } from '../history/index.js';
import { counted, formatValue, sparkline } from '../units/index.js';
import { formatChange } from './comparison-words.js';
import { plainText } from './plain-text.js';
import { triageText } from './triage-text.js';

/** How trends are printed, and what machines are called. */
export interface TrendTextOptions {
  /** Columns. */
  width: number;
  /** What is known of a machine by its fingerprint. */
  machines: ReadonlyMap<string, string>;
}

/** Bars of a line at most: more of them say no more. */
const MOST_BARS = 60;
/** Lowest to highest is drawn in steps of this share at least, so that noise does not look like mountains. */
const LEAST_RANGE = 0.1;

/** The trends of one case, machine by machine. */
export function trendsText(trends: readonly Trend[], options: TrendTextOptions): string {
  return `${trends.map((trend) => trendText(trend, options)).join('\n\n')}\n`;
}

/** One line for each change of many trends, regressions first, then the largest. */
export function changedTrendsText(trends: readonly Trend[], series: number, { machines }: TrendTextOptions): string {
  const changed = trends.flatMap((trend) => trend.changes.map((change) => ({ trend, change })));
  const size = (change: TrendChange) => Math.abs(Math.log(1 + change.magnitude));
  changed.sort((a, b) => Number(b.change.alarm) - Number(a.change.alarm) || size(b.change) - size(a.change));
  const alarms = changed.filter(({ change }) => change.alarm).length;
  const head = `${series} series: ${counted(changed.length, 'change')}, ${counted(alarms, 'regression')}`;
  const several = new Set(trends.map(({ fingerprint }) => fingerprint)).size > 1;
  const lines = changed.map(({ trend, change }) => {
    const machine = several ? ` · ${machineText(trend, machines)}` : '';
    return `${plainText(trend.caseId)}${machine}\n  ${changeText(trend, change)}`;
  });
  return `${[head, ...lines].join('\n')}\n`;
}

function trendText(trend: Trend, { width, machines }: TrendTextOptions): string {
  const { points, changes } = trend;
  const runs = points.reduce((sum, each) => sum + each.runs.length, 0);
  const commits = points.filter(({ commit }) => commit !== null).length;
  const measured = `${commits === 0 ? '' : `${counted(commits, 'commit')} in `}${counted(runs, 'run')}`;
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const format = formatOf(trend);
  const bars = squeeze(values, Math.max(10, Math.min(MOST_BARS, width - 40)));
  const range = low === high ? format(low) : `${format(low)} … ${format(high)}`;
  return [
    `${plainText(trend.caseId)} · ${trend.metric} · ${machineText(trend, machines)}`,
    `  ${fromLowest(bars)}  ${range}, ${measured}, last ${format(values.at(-1) as number)}`,
    ...(changes.length === 0 ? ['  no change'] : changes.map((change) => `  ${changeText(trend, change)}`)),
  ].join('\n');
}

function changeText(trend: Trend, change: TrendChange): string {
  const { magnitude, confidence, alarm, before, after, triage } = change;
  const format = formatOf(trend);
  const sure = confidence > 0.9999 ? '>99.99 %' : `${(100 * confidence).toFixed(2)} %`;
  const decided = triage === undefined ? '' : `; ${plainText(triageText(triage))}`;
  const kind = change.returned ? ' came back' : alarm ? ' regression' : '';
  return `${formatChange(1 + magnitude)}${kind} at ${nameOf(after)}, after ${nameOf(before)}: ${format(before.value)} → ${format(after.value)}, confidence ${sure}${decided}`;
}

function nameOf({ commit, startedAt, runs }: TrendPoint): string {
  return `${plainText(commit ?? (runs[0] as string))} (${startedAt.slice(0, 10)})`;
}

function machineText({ fingerprint, origin }: Trend, machines: ReadonlyMap<string, string>): string {
  const imported = origin === 'forgebench' ? '' : `, imported from ${origin}`;
  return `${plainText(machines.get(fingerprint) ?? 'unknown machine')} ${fingerprint.slice(0, 8)}${imported}`;
}

/** Fewer values that stand for all: the last of each stretch. */
function squeeze(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, bar) => values[Math.ceil(((bar + 1) * values.length) / most) - 1] as number);
}

/** Bars from the lowest value, which has the lowest bar, to the highest. */
function fromLowest(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = Math.max(high - low, LEAST_RANGE * Math.abs(low), Number.MIN_VALUE);
  return sparkline([...values.map((value) => 1 + (7 * (value - low)) / range), 8]).slice(0, values.length);
}

function formatOf({ unit }: Trend): (value: number) => string {
  return (value) => formatValue(value, plainText(unit));
}
