// `forgebench analyze`: verdicts and change points for samples and series from elsewhere.
import { type CompareOptions, compareLaunches, DEFAULT_COMPARE_OPTIONS } from '../../compare/index.js';
import { findChanges } from '../../history/index.js';
import { changesText, comparisonToJson, launchComparisonText } from '../../report/index.js';
import { median } from '../../statistics/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { EXIT } from '../exit-code.js';
import { readSamples, readSeries, type SampleFile } from '../sample-files.js';
import { hasColours, outputWidth } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench analyze`. */
export interface AnalyzeFlags extends ComparisonFlags {
  series?: string;
  column?: string;
  growing?: boolean;
  base?: string;
  head?: string;
  all?: boolean;
  json?: boolean;
}

/** Analyses files of numbers; returns the exit code. */
export async function analyze(flags: AnalyzeFlags): Promise<number> {
  if (flags.series !== undefined && flags.base === undefined && flags.head === undefined)
    return analyzeSeries(flags.series, flags);
  if (flags.series === undefined && flags.base !== undefined && flags.head !== undefined)
    return analyzeSamples({ base: flags.base, head: flags.head }, flags);
  throw new UsageError('Cannot analyze: name either --series FILE, or --base FILE and --head FILE');
}

function analyzeSeries(path: string, flags: AnalyzeFlags): number {
  const { tolerance } = readComparisonOptions(flags);
  const series = readSeries(path, flags.column);
  if (series.length === 0) return nothing(`"${path}" has no points`);
  const changePoints = findChanges(series, {
    growing: flags.growing ?? false,
    tolerance,
  });
  process.stdout.write(
    flags.json ? `${JSON.stringify({ changePoints }, null, 2)}\n` : changesText(changePoints, series, tolerance),
  );
  return EXIT.well;
}

function analyzeSamples(paths: { base: string; head: string }, flags: AnalyzeFlags): number {
  const options: CompareOptions = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags) };
  const [base, head] = [readSamples(paths.base), readSamples(paths.head)];
  const pairs = Object.keys(base)
    .filter((id) => id in head)
    .map((id) => ({ id, base: estimates(base, id), head: estimates(head, id) }));
  if (pairs.length === 0) return nothing('no benchmark is in both files');
  sayWhatIsMissing(base, head);
  const comparison = compareLaunches(pairs, options);
  process.stdout.write(
    flags.json
      ? comparisonToJson(comparison)
      : launchComparisonText(comparison, {
          width: outputWidth(),
          colour: hasColours(),
          all: flags.all ?? false,
        }),
  );
  return EXIT.well;
}

/** The launch is the unit of replication: its samples become one estimate. */
function estimates(samples: SampleFile, id: string): number[] {
  return (samples[id] as number[][]).map(median);
}

function sayWhatIsMissing(base: SampleFile, head: SampleFile): void {
  for (const [one, other, name] of [
    [base, head, 'head'],
    [head, base, 'base'],
  ] as const) {
    const missing = Object.keys(one).filter((id) => !(id in other));
    if (missing.length > 0) process.stderr.write(`Not in ${name}, and left out: ${missing.join(', ')}\n`);
  }
}

function nothing(reason: string): number {
  process.stderr.write(`Cannot analyze: ${reason}\n`);
  return EXIT.nothing;
}
