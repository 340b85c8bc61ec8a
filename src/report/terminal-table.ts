// One suite as a table. Columns that no case fills are left out, and the narrower the terminal, the fewer remain: a
// table that wraps cannot be read at all, and report.html has everything.
import Table from 'cli-table3';
import type { Summary, TargetResult } from '../statistics/index.js';
import type { RunRecord } from '../store/index.js';
import { sparkline } from '../units/index.js';
import {
  distributionBars,
  estimateOf,
  extrapolationText,
  intervalText,
  parametersText,
  targetSign,
  valueText,
} from './figures.js';
import { type Metric, metricsOf } from './metrics.js';
import type { BenchmarkRows, CaseRow, SuiteRows } from './overview.js';
import type { Paint } from './paint.js';
import { plainText } from './plain-text.js';

interface Column {
  title: string;
  align: 'left' | 'right';
  text(row: CaseRow): string;
  /** Columns with a higher number go first where room is short; 0 never goes. */
  drop: number;
}

const GAP = '  ';
const NARROWEST_NAME = 16;
const INDENT = 4;
// From here on targets have a column; below it they stand on a line of their own under their case.
const WIDE = 130;

/** Title line, header and rows of a suite. */
export function suiteTable(
  { suite, benchmarks }: SuiteRows,
  { width, style, record }: { width: number; style: Paint; record: RunRecord },
): string {
  const rows = benchmarks.flatMap((each) => each.rows);
  const names = Math.max(...benchmarks.flatMap((each) => each.rows.map((row) => nameOf(row).length + 2)), 4);
  const { columns, dropped } = fitted(
    columnsFor(rows, { width, record }),
    rows,
    width - Math.min(names, NARROWEST_NAME),
  );
  const taken = columns.reduce((sum, column) => sum + GAP.length + widthOf(column, rows), 0);
  // What stands above or below a case is cut off at the width of the table, in which cli-table3 counts a gap as one column.
  const gaps = columns.length * (GAP.length - 1);
  const below = width < WIDE ? rows.map((row) => INDENT + targetsText(row).length) : [];
  const spanning = Math.max(...benchmarks.map((each) => titleOf(each).join('  ').length), ...below) + gaps - taken;
  const nameWidth = Math.min(Math.max(names, spanning), width - taken);
  const table = new Table({
    head: ['case', ...columns.map((column) => column.title)].map((text) => style.dim(text)),
    chars: borderless(),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: [nameWidth, ...columns.map((column) => widthOf(column, rows))],
    colAligns: ['left', ...columns.map((column) => column.align)],
  });
  const options = { columns, style, width, nameWidth, room: nameWidth + taken - gaps };
  for (const each of benchmarks) addBenchmark(table, each, options);
  const body = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const note = dropped.length > 0 ? [style.dim(`  too narrow for ${dropped.join(', ')}; see report.html`)] : [];
  return [heading(suite, benchmarks, record, style), ...body, ...note].join('\n');
}

function heading(suite: string, benchmarks: BenchmarkRows[], record: RunRecord, style: Paint): string {
  const crates = [...new Set(benchmarks.map(({ benchmark }) => benchmark.crate).filter((name) => name !== undefined))];
  const versions = crates.map((name) => `${name} ${record.environment.subjects[name] ?? ''}`.trim());
  return `${style.bold(style.cyan(plainText(suite)))}  ${style.dim(plainText(versions.join(', ')))}`.trimEnd();
}

type Row = Parameters<InstanceType<typeof Table>['push']>[0];

interface TableOptions {
  columns: Column[];
  style: Paint;
  /** Of the terminal, of the first column, and of all columns. */
  width: number;
  nameWidth: number;
  room: number;
}

function addBenchmark(
  table: { push(...rows: Row[]): number },
  { benchmark, rows }: BenchmarkRows,
  { columns, style, width, nameWidth, room }: TableOptions,
): void {
  const [id, operation] = titleOf({ benchmark });
  table.push([{ colSpan: columns.length + 1, content: `${style.bold(id)}  ${style.dim(operation)}` }]);
  for (const row of rows) {
    table.push([indented(nameOf(row), nameWidth), ...columns.map((column) => painted(column, row, style))]);
    if (width >= WIDE) continue;
    for (const line of targetLines(row, room - INDENT))
      table.push([{ colSpan: columns.length + 1, content: `${' '.repeat(INDENT)}${paintTargets(line, row, style)}` }]);
  }
}

function titleOf({ benchmark }: Pick<BenchmarkRows, 'benchmark'>): [id: string, operation: string] {
  return [plainText(benchmark.id), plainText(benchmark.operation)];
}

function nameOf({ case: { parameters } }: CaseRow): string {
  const text = parametersText(parameters);
  return text === '' ? '·' : plainText(text);
}

/** A name on as many lines as it needs, broken between parameters where that is possible. */
function indented(name: string, width: number): string {
  const room = Math.max(1, width - 2);
  const lines: string[] = [];
  for (let rest = name; rest !== ''; ) {
    const comma = rest.lastIndexOf(', ', room - 1);
    const end = rest.length <= room || comma < 1 ? room : comma + 2;
    lines.push(`  ${rest.slice(0, end).trimEnd()}`);
    rest = rest.slice(end);
  }
  return lines.join('\n');
}

/** Columns with a higher number go first where room is short; what is not named goes last. */
const DROPS: Readonly<Record<string, number>> = {
  throughput: 2,
  p95: 3,
  p99: 4,
  allocatedBytes: 5,
  allocations: 6,
  busy: 7,
  left: 2,
  live: 3,
};

/** From here on a column goes without a word: wide terminals have it, and so has report.html. */
const QUIET = 7;
const EXPECTED_BUSY = 0.9;

function columnsFor(
  rows: readonly CaseRow[],
  { width, record }: { width: number; record: Pick<RunRecord, 'settings'> },
): Column[] {
  const [leading, ...metrics] = metricsOf(record) as [Metric, ...Metric[]];
  const columnOf = (metric: Metric, drop: number): Column => ({
    title: metric.title,
    align: 'right',
    text: ({ summary }) => (summary ? valueText(metric.of(summary), metric.format) : '–'),
    drop,
  });
  const told = metrics.filter(({ key }) => key !== 'busy' || rows.some(isNotOneBusyCore));
  const others = told.map((metric) => columnOf(metric, DROPS[metric.key] ?? 1));
  const filled = others.filter((column) => rows.some((row) => column.text(row) !== '–'));
  const interval: Column = {
    title: 'interval',
    align: 'left',
    text: ({ summary, outcome }) =>
      summary && outcome === 'measured' ? intervalText(leading.of(summary), leading.format) : outcome,
    drop: 0,
  };
  const distribution: Column = {
    title: 'samples',
    align: 'left',
    text: ({ summary }) => (summary ? sparkline(distributionBars(summary, 10)) : ''),
    drop: 1,
  };
  const samples = rows.some((row) => distribution.text(row) !== '') ? [distribution] : [];
  const targets: Column = { title: 'target', align: 'left', text: targetsText, drop: 0 };
  const withTargets = width >= WIDE && rows.some((row) => targetsText(row) !== '');
  return [columnOf(leading, 0), interval, ...samples, ...filled, ...(withTargets ? [targets] : [])];
}

/** One core that is busy all the time is what everybody expects. */
function isNotOneBusyCore({ summary }: CaseRow): boolean {
  const busy = summary && estimateOf(summary.resources.busy)?.value;
  return busy !== undefined && (busy < EXPECTED_BUSY || (summary?.resources.cores ?? 1) > 1);
}

/** Leaves out columns, the dearest first, until the rest fits the room. */
function fitted(columns: Column[], rows: readonly CaseRow[], room: number): { columns: Column[]; dropped: string[] } {
  const kept = [...columns];
  const dropped: string[] = [];
  const needed = () => kept.reduce((sum, column) => sum + GAP.length + widthOf(column, rows), 0);
  while (needed() > room) {
    const last = kept.reduce((worst, column) => (column.drop > worst.drop ? column : worst));
    if (last.drop === 0) break;
    kept.splice(kept.indexOf(last), 1);
    if (last.drop < QUIET) dropped.push(last.title);
  }
  return { columns: kept, dropped };
}

function widthOf(column: Column, rows: readonly CaseRow[]): number {
  return rows.reduce((widest, row) => Math.max(widest, column.text(row).length), column.title.length);
}

function targetsText({ summary }: CaseRow): string {
  return summary === undefined ? '' : summary.targets.map((result) => targetText(summary, result)).join('  ');
}

/** The targets of a case on as few lines as they fit in. */
function targetLines({ summary }: CaseRow, room: number): string[] {
  const lines: string[] = [];
  for (const result of summary?.targets ?? []) {
    const text = targetText(summary as Summary, result);
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + GAP.length + text.length <= room)
      lines[lines.length - 1] = `${last}${GAP}${text}`;
    else lines.push(text);
  }
  return lines;
}

/** A target of other parameter values stands in parentheses: it is shown beside and never fails. */
function targetText(summary: Summary, result: TargetResult): string {
  const text = `${targetSign(result)} ${plainText(result.target.text)}${extrapolationText(summary, result)}`;
  return result.applies ? text : `(${text})`;
}

function painted(column: Column, row: CaseRow, style: Paint): string {
  const text = column.text(row);
  if (column.title === 'p50') return row.summary && estimateOf(row.summary.p50) ? style.bold(text) : text;
  if (column.title === 'samples') return style.cyan(text);
  if (column.title === 'target') return paintTargets(text, row, style);
  if (text === 'failed') return style.red(text);
  if (text === 'interrupted') return style.yellow(text);
  if (text === 'finding') return style.cyan(text);
  return column.title === 'interval' || text === '–' ? style.dim(text) : text;
}

function paintTargets(text: string, { summary }: CaseRow, style: Paint): string {
  const applying = (summary?.targets ?? []).filter((result) => result.applies);
  if (applying.some(({ status }) => status === 'missed')) return style.red(text);
  if (applying.some(({ status }) => status === 'unclear')) return style.yellow(text);
  return applying.length > 0 ? style.green(text) : style.dim(text);
}

function borderless(): Record<string, string> {
  const places = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  return { ...Object.fromEntries([...places, ...inner].map((place) => [place, ''])), middle: GAP };
}
