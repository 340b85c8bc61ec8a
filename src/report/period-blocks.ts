// What a stretch of time brought, in words and tables.
import type { DatedChange, RegressionStatus, SuiteTrend, TrendPoint } from '../history/index.js';
import type { StoredRun } from '../store/index.js';
import { counted, formatMoment, formatValue, MISSING } from '../units/index.js';
import type { Block, Piece } from './blocks.js';
import { formatChange } from './comparison-words.js';
import { frameText } from './explanation-words.js';
import { opportunityBlocks } from './opportunity-blocks.js';
import type { ExplainedRegression, PeriodReport } from './period-report.js';
import { triageText } from './triage-text.js';

/** Rows of a table at most; the text below it counts the others. */
const MOST_ROWS = 25;
/** Functions of an explanation that are named. */
const MOST_CAUSES = 3;

/** The report of a period. */
export function periodBlocks(period: PeriodReport): Block[] {
  const title: Block = { heading: `${day(period.since)} to ${day(period.until)}`, level: 1 };
  if (period.runs.length === 0) return [title, paragraph(whyEmpty(period))];
  return [
    title,
    paragraph(lead(period)),
    ...targetBlocks(period.last),
    ...suiteBlocks(period),
    ...regressionBlocks(period),
    ...improvementBlocks(period.changes.improvements),
    ...settledBlocks(period.changes.settled),
    ...opportunityBlocks(period.opportunities),
  ];
}

function whyEmpty({ newest, since, place }: PeriodReport): string {
  if (newest === null) return `The store "${place}" has no runs. Make one with "forgebench run".`;
  return `No run started since ${moment(since.toISOString())}. The last one was ${newest.id}, ${moment(newest.startedAt)}.`;
}

function lead({ runs, changes }: PeriodReport): string {
  const commits = new Set(runs.flatMap(({ commit }) => commit ?? [])).size;
  const of = commits === 0 ? '' : ` of ${counted(commits, 'commit')}`;
  const machines = new Set(runs.map(({ fingerprint }) => fingerprint)).size;
  const { regressions, improvements, smallRises } = changes;
  const statuses = (['returned', 'lasts', 'unconfirmed', 'undone'] as const).flatMap((status) => {
    const its = regressions.filter((each) => each.status === status).length;
    return its === 0 ? [] : [`${its} ${STATUS[status](its)}`];
  });
  const told = statuses.length === 0 ? '' : ` (${statuses.join(', ')})`;
  const small = smallRises === 0 ? '' : `, ${counted(smallRises, 'smaller rise')}`;
  return `${counted(runs.length, 'run')}${of} on ${counted(machines, 'machine')}: ${counted(regressions.length, 'regression')}${told}, ${counted(improvements.length, 'improvement')}${small} of p50.`;
}

const STATUS: Readonly<Record<RegressionStatus, (number: number) => string>> = {
  lasts: (number) => (number === 1 ? 'lasts' : 'last'),
  returned: () => 'returned',
  undone: () => 'undone',
  unconfirmed: () => 'unconfirmed',
};

function targetBlocks(last: StoredRun | null): Block[] {
  const heading: Block = { heading: 'Targets', level: 2 };
  if (last === null)
    return [heading, paragraph('No run of the period is of forgebench itself; others have no targets.')];
  const targets = last.cases.flatMap(({ id, figures, targets: its }) =>
    its.map(({ text, status }) => ({
      id,
      text,
      status,
      figure: figures[metricOf(text)] ?? figures[`figure:${metricOf(text)}`],
    })),
  );
  const of = (status: string) => targets.filter((each) => each.status === status);
  const counts = `${of('met').length} met, ${of('missed').length} missed, ${of('unclear').length} unclear`;
  const launches = last.cases.flatMap((each) => each.launches);
  const failed = launches.filter(({ failure }) => failure !== null).length;
  const rows = [...of('missed'), ...of('unclear')].map(({ id, text, status, figure }): Piece[] => [
    { code: id },
    text,
    status,
    { figure: figure ? formatValue(figure.value, figure.unit) : MISSING },
    { figure: figure ? range(figure.low, figure.high, (value) => formatValue(value, figure.unit)) : MISSING },
  ]);
  return [
    heading,
    paragraph(
      `${counts} in the last run, ${last.id} (${moment(last.startedAt)}, ${last.status}), of whose ${counted(launches.length, 'launch', 'launches')} ${failed} failed.`,
    ),
    ...table(['case', 'target', 'status', { figure: 'value' }, { figure: 'interval' }], rows),
  ];
}

/** A target begins with the metric that it speaks of. */
function metricOf(target: string): string {
  return /^\S+/.exec(target)?.[0] ?? '';
}

function suiteBlocks({ suites, machines }: PeriodReport): Block[] {
  const several = new Set(suites.map(({ fingerprint }) => fingerprint)).size > 1;
  const heads: Piece[] = [
    'suite',
    ...(several ? ['machine'] : []),
    ...figures('cases', 'slower', 'faster', 'typical change', 'interval'),
  ];
  const rows = suites.map((each): Piece[] => [
    each.suite,
    ...(several ? [machineText(each, machines)] : []),
    ...figures(String(each.cases), String(each.slower), String(each.faster), ...typicalTexts(each)),
  ]);
  return [
    { heading: 'Suites', level: 2 },
    { heads, rows },
  ];
}

function typicalTexts({ typical }: SuiteTrend): [string, string] {
  if (typical === null) return [MISSING, MISSING];
  return [formatChange(typical.ratio), range(typical.low, typical.high, formatChange)];
}

function machineText({ fingerprint }: SuiteTrend, machines: PeriodReport['machines']): string {
  return `${machines.get(fingerprint) ?? 'unknown machine'} ${fingerprint.slice(0, 8)}`;
}

function regressionBlocks({ changes }: PeriodReport): Block[] {
  const { regressions, older } = changes;
  const heads = ['case', ...figures('change', 'interval', 'p50'), 'first at', 'after', 'since then'];
  const rows = regressions.map((each): Piece[] => [...changeCells(each), statusText(each)]);
  const stand =
    older === 0
      ? []
      : [
          paragraph(
            `${counted(older, 'regression')} from before ${older === 1 ? 'lasts' : 'last'}; "forgebench history" lists all.`,
          ),
        ];
  return [
    { heading: 'Regressions', level: 2 },
    ...(rows.length === 0 ? [paragraph('None.')] : table(heads, rows)),
    ...stand,
    ...causeBlocks(regressions.slice(0, MOST_ROWS)),
  ];
}

function statusText({ status, undoneBy, change }: ExplainedRegression): string {
  const known = change.triage ? `, ${triageText(change.triage)}` : '';
  return `${undoneBy === null ? status : `undone at ${nameOf(undoneBy)}`}${known}`;
}

function causeBlocks(regressions: readonly ExplainedRegression[]): Block[] {
  const lines = regressions.flatMap(({ trend, cause }): Piece[][] => {
    if (cause === null) return [];
    const frames = cause.frames.slice(0, MOST_CAUSES).map((frame) => frameText(frame, cause));
    const none = cause.failure ?? 'no function grew by more than chance explains';
    return [[{ code: trend.caseId }, `: ${frames.length === 0 ? none : frames.join(' · ')}`]];
  });
  return lines.length === 0 ? [] : [{ heading: 'Why slower', level: 3 }, { list: lines }];
}

function improvementBlocks(improvements: readonly DatedChange[]): Block[] {
  const rows = improvements.map(changeCells);
  const heads = ['case', ...figures('change', 'interval', 'p50'), 'first at', 'after'];
  return [{ heading: 'Improvements', level: 2 }, ...(rows.length === 0 ? [paragraph('None.')] : table(heads, rows))];
}

function settledBlocks(settled: readonly DatedChange[]): Block[] {
  if (settled.length === 0) return [];
  const heads = ['case', ...figures('change', 'interval', 'p50'), 'first at', 'after', 'decided'];
  const rows = settled.map((each): Piece[] => [
    ...changeCells(each),
    each.change.triage ? triageText(each.change.triage) : '',
  ]);
  return [{ heading: 'Settled', level: 2 }, ...table(heads, rows)];
}

function changeCells({ trend, change, interval }: DatedChange): Piece[] {
  const format = (value: number) => formatValue(value, trend.unit);
  return [
    { code: trend.caseId },
    ...figures(
      formatChange(1 + change.magnitude),
      range(interval?.low ?? null, interval?.high ?? null, formatChange),
      `${format(change.before.value)} → ${format(change.after.value)}`,
    ),
    nameOf(change.after),
    nameOf(change.before),
  ];
}

/** The commit or run of a point, as short as it is still known by. */
function nameOf({ commit, runs, startedAt }: TrendPoint): string {
  const name = commit?.replace(/^([0-9a-f]{10})[0-9a-f]*/, '$1') ?? runs[0] ?? '';
  return `${name} (${startedAt.slice(0, 10)})`;
}

function range(low: number | null, high: number | null, format: (value: number) => string): string {
  return low === null || high === null ? MISSING : `${format(low)} … ${format(high)}`;
}

/** A table that is cut where nobody would read on, and says so. */
function table(heads: readonly Piece[], rows: readonly (readonly Piece[])[]): Block[] {
  if (rows.length === 0) return [];
  const more = rows.length - MOST_ROWS;
  return [{ heads, rows: rows.slice(0, MOST_ROWS) }, ...(more > 0 ? [paragraph(`${more} more are left out.`)] : [])];
}

function figures(...texts: string[]): Piece[] {
  return texts.map((figure) => ({ figure }));
}

function paragraph(text: string): Block {
  return { paragraph: [text] };
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** In UTC, because readers are elsewhere. */
function moment(time: string): string {
  return `${formatMoment(time)} UTC`;
}
