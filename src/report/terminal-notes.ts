// What stands under the tables: growth, targets in doubt, findings, failures, warnings, reasons of what is missing.
import type { RunRecord } from '../store/index.js';
import { counted, formatCount } from '../units/index.js';
import {
  estimateOf,
  exponentText,
  extrapolationText,
  figureOfTarget,
  formatOfTarget,
  intervalText,
  missingReasons,
  parametersText,
  targetSign,
  unjudgedTargets,
  valueText,
} from './figures.js';
import { evidenceText, findingsByStatus, otherExpectedFailures } from './findings.js';
import { metricsOf } from './metrics.js';
import { type FailureGroup, failedEngines, failureGroups, warningGroups } from './overview.js';
import type { Paint } from './paint.js';
import { plainText } from './plain-text.js';

// A reason that holds for many cases names a few of them; all stand in report.html.
const CASES_NAMED = 3;

/** Growth exponents, a line for each combination of the other parameters. */
export function growthNote(record: RunRecord, style: Paint): string {
  const lines = record.growth.map((growth) => {
    const fixed = parametersText(growth.fixed);
    const name = `${growth.benchmarkId}${fixed === '' ? '' : `[${fixed}]`} ${growth.parameter}:`;
    const sizes = growth.points.map(({ size }) => size).join(', ');
    const text = exponentText(growth);
    const shown = estimateOf(growth.exponent) ? style.bold(text) : style.dim(plainText(text));
    return `${plainText(name)} ${shown}${sizes === '' ? '' : `  ${style.dim(`over ${sizes}`)}`}`;
  });
  return note('Growth', lines, style.bold);
}

/** Figures that workloads report beside time and memory, such as a compression ratio. */
export function ownFiguresNote(record: RunRecord, style: Paint): string {
  const units = new Map(record.benchmarks.map((benchmark) => [benchmark.id, benchmark.figures]));
  const lines = record.summaries.flatMap((summary) =>
    Object.entries(summary.figures).map(([name, figure]) => {
      const unit = units.get(summary.benchmarkId)?.[name]?.unit ?? '';
      const text = `${valueText(figure, formatCount)} ${unit} ${intervalText(figure, formatCount)}`;
      return `${plainText(`${summary.caseId}  ${name}:`)} ${style.bold(plainText(text.trim()))}`;
    }),
  );
  return note('Figures of the workloads', lines, style.bold);
}

/** Targets that are missed or unclear, with the figure that says so. */
export function targetsNote(record: RunRecord, style: Paint): string {
  const judged = record.summaries.flatMap((summary) =>
    summary.targets
      .filter((result) => result.applies && result.status !== 'met')
      .flatMap((result) => {
        const figure = figureOfTarget(summary, result);
        if ('missing' in figure) return [];
        const format = formatOfTarget(result);
        const from = extrapolationText(summary, result);
        const is = `is ${valueText(figure, format)} ${intervalText(figure, format)}${from}`;
        const text = `${targetSign(result)} ${summary.caseId}  ${result.target.text}: ${is}`;
        return [(result.status === 'missed' ? style.red : style.yellow)(plainText(text))];
      }),
  );
  const unjudged = unjudgedTargets(record).map(
    ({ text, reason, caseIds }) => `${style.yellow(plainText(`? ${text}: ${reason}`))}  ${style.dim(named(caseIds))}`,
  );
  return note('Targets missed or unclear', [...judged, ...unjudged], style.bold);
}

/** Defects of the subjects that this run has seen, each with its evidence and its place in the source. */
export function findingsNote(record: RunRecord, style: Paint): string {
  const { seen, unclear, absent, unmeasured } = findingsByStatus(record);
  const lines = [...seen, ...unclear].flatMap(({ status, finding, evidence }) => [
    `${status === 'unclear' ? style.yellow('unclear: ') : ''}${plainText(finding.what)}`,
    ...(evidence === null ? [] : [`    ${plainText(evidenceText(evidence))}`]),
    style.dim(`    ${plainText(finding.source)}`),
  ]);
  const others = otherExpectedFailures(record).map(failureText);
  const rest = [
    absent.length > 0 ? `${absent.length} looked for and not seen` : '',
    unmeasured.length > 0 ? `${unmeasured.length} not looked for, because their cases were not measured` : '',
  ];
  const counted = rest.filter((text) => text !== '').join('; ');
  // What was not seen is worth a line only beside what was, or where somebody looked.
  const last = counted === '' || (lines.length === 0 && absent.length === 0) ? [] : [style.dim(counted)];
  return note('Findings', [...lines, ...others, ...last], style.cyan);
}

/** Launches and engines that failed, each with its reason. */
export function failuresNote(record: RunRecord, style: Paint): string {
  const launches = failureGroups(record, { expected: false }).flatMap((group) => [
    failureText(group),
    ...(group.failure.stderr ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-2)
      .map((line) => style.dim(`    ${plainText(line)}`)),
  ]);
  const engines = failedEngines(record).map(
    ({ engine, failure, caseIds }) => `profile ${plainText(`${engine}: ${failure}`)}  ${style.dim(named(caseIds))}`,
  );
  return note('Failures', [...launches, ...engines], style.red);
}

/** Warnings, each once. */
export function warningsNote(record: RunRecord, style: Paint): string {
  const lines = warningGroups(record).map(
    ({ warning, caseIds }) => `${plainText(warning)}  ${style.dim(named(caseIds))}`,
  );
  return note('Warnings', lines, style.yellow);
}

/** Why figures of the tables are missing, each reason once. */
export function missingNote(record: RunRecord, style: Paint): string {
  const lines = missingReasons(record, metricsOf(record)).map(
    ({ reason, metrics, caseIds }) => `${metrics.join(', ')}: ${plainText(reason)}  ${style.dim(named(caseIds))}`,
  );
  return note('– stands for', lines, style.bold);
}

function failureText({ caseId, kind, failure, launches }: FailureGroup): string {
  const times = counted(launches, 'launch', 'launches');
  const how = [failure.signal, failure.exitCode === undefined ? undefined : `exit code ${failure.exitCode}`];
  const detail = how.filter((part) => part !== undefined).join(', ');
  const reason = `${failure.reason}${detail === '' ? '' : ` (${detail})`}`;
  return plainText(`${caseId}  ${reason} in ${times} of kind ${kind}: ${failure.message}`);
}

function named(caseIds: readonly string[]): string {
  const some = caseIds.slice(0, CASES_NAMED).map(plainText).join(', ');
  const more = caseIds.length - CASES_NAMED;
  return more > 0 ? `${some} and ${more} more` : some;
}

function note(title: string, lines: readonly string[], colour: (text: string) => string): string {
  return lines.length === 0 ? '' : [colour(title), ...lines.map((line) => `  ${line}`)].join('\n');
}
