// The top of the page: how the run went, what needs attention, and the machine that all of it belongs to.
import { type Child, element } from '../../../page/client/index.js';
import type { RunRecord } from '../../../store/index.js';
import { formatBytes, formatDuration, formatNs, formatPercent } from '../../../units/index.js';
import {
  figureOfTarget,
  formatOfTarget,
  intervalText,
  missingReasons,
  unjudgedTargets,
  valueText,
} from '../../figures.js';
import { findingsByStatus, otherExpectedFailures } from '../../findings.js';
import { metricsOf } from '../../metrics.js';
import {
  countTargets,
  type FailureGroup,
  failedEngines,
  failureGroups,
  interruptedLaunches,
  measuredShare,
  warningGroups,
} from '../../overview.js';
import { box, breakable, terms } from './dom.js';

/** Tiles with the counts of the run. */
export function tiles(record: RunRecord): HTMLElement {
  const targets = countTargets(record);
  const failures = failureGroups(record, { expected: false }).length + failedEngines(record).length;
  const findings = findingsByStatus(record).seen.length + otherExpectedFailures(record).length;
  const profiled = record.profiles.filter(({ engines }) => engines.some(({ failure }) => failure === undefined));
  return box(
    'tiles',
    tile(
      String(record.summaries.length),
      'cases',
      `${record.benchmarks.length} ${record.benchmarks.length === 1 ? 'benchmark' : 'benchmarks'}`,
      '',
    ),
    tile(String(targets.met), 'targets met', '', targets.met > 0 ? 'good' : ''),
    tile(String(targets.missed), 'targets missed', '', targets.missed > 0 ? 'bad' : ''),
    tile(String(targets.unclear), 'targets unclear', '', targets.unclear > 0 ? 'doubt' : ''),
    tile(String(failures), 'failures', '', failures > 0 ? 'bad' : ''),
    tile(String(findings), 'findings', 'defects of the subject', findings > 0 ? 'note' : ''),
    tile(String(profiled.length), 'cases profiled', `of ${record.benchmarks.length} benchmarks`, ''),
    tile(formatDuration(record.cost.wallMs), 'in all', `${formatPercent(measuredShare(record))} of it measuring`, ''),
  );
}

/** What a reader has to know before using a figure: targets, failures, warnings, and reasons of dashes. */
export function attention(record: RunRecord): HTMLElement {
  const interrupted = record.status === 'interrupted';
  const groups = [
    interrupted ? notes('Interrupted', 'doubt', [interruptedText(record)]) : undefined,
    notes('Targets missed', 'bad', targetNotes(record, 'missed')),
    notes('Targets unclear', 'doubt', [
      ...targetNotes(record, 'unclear'),
      ...unjudgedTargets(record).map(({ text, reason, caseIds }) => reasonNote(`${text}: ${reason}`, caseIds)),
    ]),
    notes('Failures', 'bad', [...failureGroups(record, { expected: false }).map(failureNote), ...engineNotes(record)]),
    notes(
      'Warnings',
      'doubt',
      warningGroups(record).map(({ warning, caseIds }) => reasonNote(warning, caseIds)),
    ),
    notes('– stands for', 'plain', missingNotes(record)),
  ].filter((group) => group !== undefined);
  const body =
    groups.length > 0 ? groups : [element('p', {}, 'Nothing: every launch finished and every target was met.')];
  return element(
    'section',
    { id: 'attention', 'aria-labelledby': 'attention-title' },
    title('attention-title', 'To know'),
    ...body,
  );
}

/** Machine, versions and settings. */
export function conditions(record: RunRecord): HTMLElement {
  const body = box('cards', machineCard(record), versionsCard(record), settingsCard(record));
  return element(
    'section',
    { id: 'conditions', 'aria-labelledby': 'conditions-title' },
    title('conditions-title', 'Measured on'),
    body,
  );
}

function machineCard({ environment: e }: RunRecord): HTMLElement {
  const limits = [
    e.cgroup.cpus === null ? undefined : `${e.cgroup.cpus} CPUs`,
    e.cgroup.memoryBytes === null ? undefined : formatBytes(e.cgroup.memoryBytes),
  ].filter((limit) => limit !== undefined);
  return card('Machine', [
    ['CPU', e.cpu.model],
    ['Cores', String(e.cpu.logicalCores)],
    ['Governor', e.cpu.governor ?? 'unknown'],
    ['Turbo', e.cpu.turbo === null ? 'unknown' : e.cpu.turbo ? 'on' : 'off'],
    ['Memory', formatBytes(e.memoryBytes)],
    ['Limited to', limits.length > 0 ? limits.join(', ') : undefined],
    ['System', `${e.os}, ${e.kernel}, ${e.architecture}`],
    ['Load at start', e.load.toFixed(2)],
    ['Fingerprint', e.fingerprint],
  ]);
}

function versionsCard({ environment: e }: RunRecord): HTMLElement {
  return card('Versions', [
    ...Object.entries(e.subjects),
    ['forgebench', e.forgebench],
    ['Node', e.node],
    ['V8', e.v8],
    ['rustc', e.rustc ?? 'none'],
    ['Commit', e.commit ?? undefined],
  ]);
}

function settingsCard({ settings: s, startedAt, finishedAt }: RunRecord): HTMLElement {
  return card('Settings', [
    ['Preset', s.preset],
    ['Launches', `${s.launches} timed, ${s.memoryLaunches} for memory, for each case`],
    ['Samples', `${s.samples} in each launch`],
    ['Warm-up', `up to ${formatNs(s.warmUpNs)}`],
    ['Measuring', `${formatNs(s.measureNs)} in each launch`],
    ['Budget', s.budgetMs === null ? 'open' : formatDuration(s.budgetMs)],
    ['Longest launch', formatDuration(s.timeoutMs)],
    ['Intervals', formatPercent(1 - s.significance)],
    ['Seed', String(s.seed)],
    ['Started', startedAt],
    ['Finished', finishedAt],
  ]);
}

function card(name: string, pairs: readonly (readonly [string, string | undefined])[]): HTMLElement {
  return box('card', element('h3', {}, name), terms(pairs));
}

function tile(count: string, name: string, detail: string, tone: string): HTMLElement {
  const parts = [element('strong', {}, count), element('span', {}, name)];
  return box(`tile ${tone}`, ...parts, detail === '' ? undefined : element('small', {}, detail));
}

function title(id: string, text: string): HTMLElement {
  return element('h2', { id }, text);
}

/** A list under a heading, or nothing where it is empty. */
export function notes(name: string, tone: string, items: readonly Child[]): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  const list = element('ul', {}, ...items.map((item) => element('li', {}, item)));
  return box(`notes ${tone}`, element('h3', {}, name), list);
}

function reasonNote(text: string, caseIds: readonly string[]): Child {
  if (caseIds.length <= 2) return withCases(text, caseIds);
  const cases = element('ul', {}, ...caseIds.map((id) => element('li', {}, element('code', {}, breakable(id)))));
  return element('details', {}, element('summary', {}, `${text} (${caseIds.length} cases)`), cases);
}

function withCases(text: string, caseIds: readonly string[]): Child {
  const codes = caseIds.flatMap((id) => [' ', element('code', {}, breakable(id))]);
  return element('span', {}, text, ...codes);
}

/** Targets of a status that have a figure. */
function targetNotes(record: RunRecord, status: string): Child[] {
  return record.summaries.flatMap((summary) =>
    summary.targets
      .filter((result) => result.applies && result.status === status)
      .flatMap((result) => {
        const figure = figureOfTarget(summary, result);
        if ('missing' in figure) return [];
        const format = formatOfTarget(result);
        const text = ` promises ${result.target.text}, is ${valueText(figure, format)} ${intervalText(figure, format)}`;
        return [element('span', {}, element('code', {}, breakable(summary.caseId)), text)];
      }),
  );
}

/** A failure with its reason and its last output. */
export function failureNote({ caseId, kind, failure, launches }: FailureGroup): Child {
  const detail = [failure.signal, failure.exitCode === undefined ? undefined : `exit code ${failure.exitCode}`];
  const how = detail.filter((part) => part !== undefined).join(', ');
  const times = launches === 1 ? '1 launch' : `${launches} launches`;
  const text = ` ${failure.reason}${how === '' ? '' : ` (${how})`} in ${times} of kind ${kind}: ${failure.message}`;
  const line = element('span', {}, element('code', {}, breakable(caseId)), text);
  if (failure.stderr === undefined || failure.stderr.trim() === '') return line;
  const output = element('pre', {}, failure.stderr);
  return element('div', {}, line, element('details', {}, element('summary', {}, 'last output'), output));
}

function engineNotes(record: RunRecord): Child[] {
  return failedEngines(record).map(({ engine, failure, caseIds }) =>
    reasonNote(`Profile ${engine}: ${failure}`, caseIds),
  );
}

function missingNotes(record: RunRecord): Child[] {
  return missingReasons(record, metricsOf(record)).map(({ reason, metrics, caseIds }) =>
    reasonNote(`${metrics.join(', ')}: ${reason}`, caseIds),
  );
}

function interruptedText(record: RunRecord): string {
  const count = interruptedLaunches(record);
  return `The run was stopped before its end, ${count} launches were cut off. What had finished is shown.`;
}
