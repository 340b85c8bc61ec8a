// Fills the baselines in docs/moduforge from a run: `npm run baselines -- RUN.json`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Estimate, Figure, Growth, Summary } from '../src/statistics/index.js';
import type { RunRecord } from '../src/store/index.js';
import type * as Units from '../src/units/index.js';

/** Where the pages lie, a page for each crate. */
export const PAGES = 'docs/moduforge';

/** What the scenarios drive; their figures stand on the first page. */
const ALL_CRATES = 'ModuForge-RS';
const BLOCK = /^<!-- baseline -->$.*?^<!-- \/baseline -->$/ms;
/** More cases of one benchmark would hide the others; the run itself has all. */
const MOST_CASES = 20;

/** The figures of one crate in a run. */
interface Part {
  crate: string;
  record: RunRecord;
  units: typeof Units;
}

/** What was done with a run. */
export interface WrittenBaselines {
  /** Pages that have the figures of this run now. */
  pages: string[];
  /** Subjects of the run that have no page. */
  without: string[];
}

/**
 * Replaces the block between `<!-- baseline -->` and `<!-- /baseline -->` on the page of each crate of a run.
 *
 * @param runFile A run.json.
 * @param options `pages` is the folder of the pages; `docs/moduforge` where it is absent.
 * @throws Error Where the run cannot be read, a page has no block, or no subject of the run has a page.
 * @example
 * await writeBaselines('run.json'); // { pages: ['docs/moduforge/moduforge-model.md'], without: [] }
 */
export async function writeBaselines(
  runFile: string,
  { pages = PAGES }: { pages?: string } = {},
): Promise<WrittenBaselines> {
  const { fromJson } = await load<{ fromJson(text: string): RunRecord }>('dist/report/index.js');
  const units = await load<typeof Units>('dist/units/index.js');
  const record = fromJson(readRun(runFile));
  const crates = [...new Set(record.benchmarks.flatMap(({ crate }) => crate ?? []))];
  const found = crates.filter((crate) => existsSync(pageOf(pages, crate)));
  if (found.length === 0)
    throw new Error(
      `Cannot write baselines from ${runFile}: ${pages} has no page of what it measured (${crates.join(', ')}); measure a crate that has one`,
    );
  // All blocks are made before the first page is touched, so that a page without one leaves no half of the work behind.
  const texts = found.map((crate) => fill(pageOf(pages, crate), baselineOf({ crate, record, units })));
  for (const [index, crate] of found.entries()) writeFileSync(pageOf(pages, crate), texts[index] ?? '');
  return {
    pages: found.map((crate) => pageOf(pages, crate)),
    without: crates.filter((crate) => !found.includes(crate)),
  };
}

/**
 * Does what `npm run baselines` says.
 *
 * @param args A run.json, and nothing else.
 * @returns The exit code: 2 where that cannot be done.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [runFile, ...others] = args;
  if (runFile === undefined || others.length > 0) {
    process.stderr.write('Cannot write baselines: name one run; "npm run baselines -- .forgebench/runs/ID/run.json"\n');
    return 2;
  }
  try {
    const { pages, without } = await writeBaselines(runFile);
    process.stdout.write(`${pages.join('\n')}\n`);
    if (without.length > 0) process.stderr.write(`Without a page: ${without.join(', ')}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

function readRun(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read run ${file}: ${(error as Error).message}; name the run.json of a run`);
  }
}

function pageOf(folder: string, crate: string): string {
  return join(folder, crate === ALL_CRATES ? 'README.md' : `${crate}.md`);
}

function fill(page: string, baseline: string): string {
  const text = readFileSync(page, 'utf8');
  if (!BLOCK.test(text))
    throw new Error(
      `Cannot write the baseline into ${page}: it has no block; write the lines "<!-- baseline -->" and "<!-- /baseline -->" under "## Baseline"`,
    );
  // By a function, because a text would have its dollars read as references.
  return text.replace(BLOCK, () => `<!-- baseline -->\n\n${baseline}\n\n<!-- /baseline -->`);
}

function baselineOf(part: Part): string {
  const summaries = shownSummaries(part);
  return [
    machineLine(part),
    ...caseTable(part, summaries),
    ...memoryTable(part, summaries),
    ...figureTable(part, summaries),
    ...growthTable(part),
    findingsLine(part),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** The machine, the versions and how it was measured; figures mean nothing without them. */
function machineLine({ crate, record, units }: Part): string {
  const { environment: e, settings } = record;
  const versions = Object.entries(e.subjects).filter(([name]) => name === crate || crate === ALL_CRATES);
  const launches = benchmarksOf({ crate, record }).flatMap(({ id }) =>
    record.summaries.filter(({ benchmarkId }) => benchmarkId === id).map((summary) => summary.launches.time),
  );
  const timed = launches.filter((count) => count > 0);
  const counted = timed.length === 0 ? 'no' : span(timed, units.formatCount);
  const parts = [
    `${e.cpu.model}, ${units.formatCount(e.cpu.logicalCores)} cores, ${units.formatBytes(e.memoryBytes)} of memory`,
    `${e.os}, ${e.kernel}, ${e.architecture}`,
    `Node.js ${e.node}`,
    e.rustc === null ? '' : e.rustc.startsWith('rustc') ? e.rustc : `rustc ${e.rustc}`,
    versions.map(([name, version]) => `${name} ${version}`).join(', '),
    `preset ${settings.preset}, ${counted} timed launches of each case`,
    `${record.startedAt.slice(0, 10)}, load ${e.load.toFixed(1)} at the start`,
    record.status === 'finished' ? '' : 'the run was interrupted',
  ];
  return `${parts
    .filter((part) => part !== '')
    .map(plain)
    .join(' · ')}.`;
}

function benchmarksOf({ crate, record }: Pick<Part, 'crate' | 'record'>): RunRecord['benchmarks'] {
  return record.benchmarks.filter((benchmark) => benchmark.crate === crate);
}

function shownSummaries(part: Part): Summary[] {
  return benchmarksOf(part).flatMap(({ id }) =>
    part.record.summaries.filter(({ benchmarkId }) => benchmarkId === id).slice(0, MOST_CASES),
  );
}

function caseTable(part: Part, summaries: readonly Summary[]): string[] {
  const { formatCount, formatInterval, formatNs, formatRate } = part.units;
  const rows = summaries.map((summary) => [
    code(summary.caseId),
    show(summary.p50, (estimate) => `${formatNs(estimate.value)} ${formatInterval(estimate, formatNs)}`),
    show(summary.p95, ({ value }) => formatNs(value)),
    show(summary.throughput, ({ value }) => formatRate(value)),
    show(summary.memory.allocations, ({ value }) => formatCount(value)),
    summary.targets
      .filter(({ applies }) => applies)
      .map(({ target, status }) => `${status}: ${plain(target.text)}`)
      .join('<br>'),
  ]);
  const all = benchmarksOf(part).flatMap(({ id }) => part.record.summaries.filter((each) => each.benchmarkId === id));
  const hidden = all.length - summaries.length;
  return [
    table(['case', 'p50', 'p95', 'throughput', 'allocations/op', 'targets'], rows),
    hidden === 0 ? '' : `${hidden} further cases stand in the run only.`,
    reasonsLine(summaries),
  ];
}

/** Why a figure is missing, each reason once: a dash alone would leave the reader guessing. */
function reasonsLine(summaries: readonly Summary[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { p50, p95, throughput, memory } of summaries)
    for (const [name, figure] of Object.entries({ p50, p95, throughput, 'allocations/op': memory.allocations }))
      if ('missing' in figure) reasons.set(figure.missing, (reasons.get(figure.missing) ?? new Set()).add(name));
  const sentences = [...reasons].map(([reason, names]) => `${[...names].join(', ')}: ${plain(reason)}`);
  return sentences.length === 0 ? '' : `– stands for: ${sentences.join(' · ')}.`;
}

function memoryTable(part: Part, summaries: readonly Summary[]): string[] {
  const memory = new Set(
    benchmarksOf(part)
      .filter(({ category }) => category === 'memory')
      .map(({ id }) => id),
  );
  const { formatBytes, formatPercent } = part.units;
  const bytes = (figure: Figure): string => show(figure, ({ value }) => formatBytes(value));
  const rows = summaries
    .filter(({ benchmarkId }) => memory.has(benchmarkId))
    .map(({ caseId, memory: { retainedBytes, peakBytes, liveGrowth, leftBytes } }) => [
      code(caseId),
      bytes(retainedBytes),
      bytes(peakBytes),
      show(liveGrowth, ({ value }) => formatPercent(value)),
      bytes(leftBytes),
    ]);
  return rows.length === 0 ? [] : [table(['memory', 'retained/op', 'peak live', 'live growth/1M', 'left/round'], rows)];
}

/** What a workload counts itself: latencies from an intended start, losses, ratios. */
function figureTable(part: Part, summaries: readonly Summary[]): string[] {
  const declared = new Map(benchmarksOf(part).map(({ id, figures }) => [id, figures]));
  const rows = summaries.flatMap(({ caseId, benchmarkId, figures }) => {
    const told = Object.entries(figures).flatMap(([name, figure]) => {
      const unit = declared.get(benchmarkId)?.[name]?.unit ?? '';
      return 'estimate' in figure ? [`${name} ${ownFigure(figure.estimate, unit, part.units)}`] : [];
    });
    return told.length === 0 ? [] : [[code(caseId), plain(told.join(', '))]];
  });
  return rows.length === 0 ? [] : [table(['case', 'figures of its own'], rows)];
}

function ownFigure({ value }: Estimate, unit: string, units: typeof Units): string {
  if (unit === 'ns') return units.formatNs(value);
  if (unit === 'B') return units.formatBytes(value);
  if (unit === '%') return units.formatPercent(value / 100);
  const digits = Math.abs(value) < 1 ? String(Number(value.toPrecision(3))) : units.formatCount(value);
  return unit === 'ratio' ? digits : `${digits} ${unit}`;
}

function growthTable(part: Part): string[] {
  const ids = new Set(benchmarksOf(part).map(({ id }) => id));
  const growths = part.record.growth.filter(({ benchmarkId }) => ids.has(benchmarkId));
  const rows = growths.map((growth) => [
    code(growth.benchmarkId + fixedText(growth)),
    plain(growth.parameter),
    span(
      growth.points.map(({ size }) => size),
      part.units.formatCount,
    ),
    show(growth.exponent, ({ value, low, high }) => `${exponent(value)} [${exponent(low)}, ${exponent(high)}]`),
  ]);
  return rows.length === 0 ? [] : [table(['benchmark', 'grows with', 'sizes', 'exponent'], rows)];
}

function fixedText({ fixed }: Growth): string {
  const named = Object.entries(fixed).map(([name, value]) => `${name}=${value}`);
  return named.length === 0 ? '' : `[${named.join(',')}]`;
}

function findingsLine({ crate, record }: Part): string {
  const ids = new Set(benchmarksOf({ crate, record }).map(({ id }) => id));
  const findings = record.findings.filter(({ benchmarkId }) => ids.has(benchmarkId));
  if (findings.length === 0) return '';
  const counts = (['seen', 'absent', 'unclear', 'unmeasured'] as const).map(
    (status) => `${findings.filter((finding) => finding.status === status).length} ${status}`,
  );
  return `Defects that its benchmarks look for: ${counts.join(', ')}.`;
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const rule = head.map((_, index) => (index === 0 || index === head.length - 1 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function show(figure: Figure, format: (estimate: Estimate) => string): string {
  return 'estimate' in figure ? format(figure.estimate) : '–';
}

function span(values: readonly number[], format: (value: number) => string): string {
  if (values.length === 0) return '–';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? format(low) : `${format(low)}–${format(high)}`;
}

function exponent(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

/** Text in which nothing is markup, in a table or outside. */
function plain(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_[\]|#]|<(?! )/g, (character) => `\\${character}`);
}

function code(value: string): string {
  return /[`|<>\\]/.test(value) ? plain(value) : `\`${value}\``;
}

/** Imports a module that exists only once `src` has been compiled. */
function load<Module>(path: string): Promise<Module> {
  if (!existsSync(path)) throw new Error(`Cannot write baselines: ${path} is not built; run "npm run setup"`);
  return import(/* @vite-ignore */ pathToFileURL(path).href);
}
