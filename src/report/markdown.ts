// A run as Markdown, for pull requests and wikis.
import type { RunRecord } from '../store/index.js';
import { formatDuration } from '../units/index.js';
import {
  exponentText,
  extrapolationText,
  intervalText,
  missingReasons,
  parametersText,
  targetSign,
  valueText,
} from './figures.js';
import { evidenceText, findingsByStatus, otherExpectedFailures } from './findings.js';
import { code, text } from './markdown-text.js';
import { type Metric, metricsOf } from './metrics.js';
import {
  type CaseRow,
  countTargets,
  type FailureGroup,
  failureGroups,
  type SuiteRows,
  suitesOf,
  warningGroups,
} from './overview.js';

/**
 * The report of a run as Markdown: a table for each suite, then growth, findings, failures, warnings and the machine.
 *
 * @example
 * toMarkdown(record).startsWith('## Benchmarks') // true
 */
export function toMarkdown(record: RunRecord): string {
  const targets = countTargets(record);
  const lead = `Run ${text(record.id)}, ${record.status}, ${formatDuration(record.cost.wallMs)}. Targets: ${targets.met} met, ${targets.missed} missed, ${targets.unclear} unclear.`;
  const blocks = [
    '## Benchmarks',
    lead,
    ...suitesOf(record).map((suite) => suiteTable(suite, metricsOf(record))),
    list('Growth', growthLines(record)),
    list('Findings', findingLines(record)),
    list('Failures', failureGroups(record, { expected: false }).map(failureLine)),
    list(
      'Warnings',
      warningGroups(record).map(({ warning, caseIds }) => `${text(warning)} ${caseIds.map(code).join(', ')}`),
    ),
    list(
      '– stands for',
      missingReasons(record, metricsOf(record)).map(({ reason, metrics }) => `${metrics.join(', ')}: ${text(reason)}`),
    ),
    machine(record),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function suiteTable({ suite, benchmarks }: SuiteRows, metrics: readonly Metric[]): string {
  const [first = '', ...others] = metrics.map(({ title }) => title);
  const head = ['case', first, 'interval', ...others, 'target'];
  const rows = benchmarks.flatMap(({ rows }) => rows.map((row) => caseCells(row, metrics)));
  const rule = head.map((_, index) => (index === 0 || index === head.length - 1 ? '---' : '---:'));
  return [`### ${text(suite)}`, '', ...[head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

function caseCells({ case: { id }, summary, outcome }: CaseRow, metrics: readonly Metric[]): string[] {
  if (summary === undefined || outcome !== 'measured')
    return [code(id), '–', outcome, ...metrics.slice(1).map(() => '–'), ''];
  const [leading] = metrics as [Metric];
  const [first = '', ...others] = metrics.map((metric) => valueText(metric.of(summary), metric.format));
  const targets = summary.targets.map((result) => {
    const sign = `${targetSign(result)} ${text(result.target.text)}${extrapolationText(summary, result)}`;
    return result.applies ? sign : `(${sign})`;
  });
  return [code(id), first, intervalText(leading.of(summary), leading.format), ...others, targets.join('<br>')];
}

function growthLines(record: RunRecord): string[] {
  return record.growth.map((growth) => {
    const fixed = parametersText(growth.fixed);
    return `${code(`${growth.benchmarkId}${fixed === '' ? '' : `[${fixed}]`}`)} ${text(growth.parameter)}: ${text(exponentText(growth))}`;
  });
}

function findingLines(record: RunRecord): string[] {
  const { seen, unclear } = findingsByStatus(record);
  const lines = [...seen, ...unclear].map(({ status, finding, evidence }) => {
    const doubt = status === 'unclear' ? 'unclear: ' : '';
    const shown = evidence === null ? '' : ` ${text(evidenceText(evidence))}`;
    return `${doubt}${text(finding.what)}${shown} (${text(finding.source)})`;
  });
  return [...lines, ...otherExpectedFailures(record).map(failureLine)];
}

function failureLine({ caseId, failure, launches }: FailureGroup): string {
  return `${code(caseId)} ${failure.reason} (${launches}×): ${text(failure.message)}`;
}

function machine({ environment: e }: RunRecord): string {
  const subjects = Object.entries(e.subjects).map(([name, version]) => `${name} ${version}`);
  const parts = [e.cpu.model, `${e.cpu.logicalCores} cores`, `${e.os} ${e.kernel}`, `node ${e.node}`, ...subjects];
  return `<sub>${text(parts.join(' · '))}</sub>`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`**${title}**`, '', ...lines.map((line) => `- ${line}`)].join('\n');
}
