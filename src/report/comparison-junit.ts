// A comparison as JUnit XML, which CI servers show: a test for each case, failed where it fails the gate.
import { failingCases, type InstructionChange, type LaunchComparison, type RunComparison } from '../compare/index.js';
import { escapeHtml } from '../page/index.js';
import {
  formatChange,
  formatChangeInterval,
  formatInstructions,
  formatTypical,
  instructionsByCase,
} from './comparison-words.js';
import { plainText } from './plain-text.js';

/**
 * Two runs as JUnit XML. Cases that are slower beyond the tolerance, by time or by instructions, are failures, unclear ones are
 * skipped, and those whose launches failed are errors.
 *
 * @param tolerance the share that a case may become slower by, such as 0.05
 * @param missing what nobody has measured, a sentence each, as errors too
 */
export function comparisonToJunit(
  comparison: RunComparison,
  tolerance: number,
  missing: readonly string[] = [],
): string {
  const failed = new Set(failingCases(comparison, tolerance));
  const skipped = comparison.cases.filter(({ id, verdict }) => verdict === 'unclear' && !failed.has(id)).length;
  const instructions = instructionsByCase(comparison);
  const errors = [...erroredCases(comparison), ...missing.map((text) => errorCase('forgebench', 'parts', text))];
  const tests = [
    ...comparison.cases.map((each) => testCase(each, failed.has(each.id), instructions.get(each.id))),
    ...errors,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="forgebench" tests="${tests.length}" failures="${failed.size}" errors="${errors.length}" skipped="${skipped}" timestamp="${escapeHtml(comparison.head.startedAt)}">
${tests.join('\n')}
</testsuite>
</testsuites>
`;
}

/** Cases with launches that failed, beside what the others of their launches say. */
function erroredCases({ failed }: RunComparison): string[] {
  return (['base', 'head'] as const).flatMap((side) =>
    (failed?.[side] ?? []).map(({ caseId, message }) =>
      errorCase(caseId.split('/')[0] ?? '', `${caseId} (${side})`, message),
    ),
  );
}

function errorCase(suite: string, name: string, message: string): string {
  return `<testcase classname="${escapeHtml(suite)}" name="${escapeHtml(name)}"><error message="${escapeHtml(plainText(message))}"/></testcase>`;
}

function testCase(
  each: LaunchComparison['cases'][number],
  fails: boolean,
  counted: InstructionChange | undefined,
): string {
  const [suite] = each.id.split('/');
  const instructions = counted ? `, ${formatInstructions(counted)} instructions` : '';
  const text = escapeHtml(
    `${formatChange(each.ratio)} (${formatChangeInterval(each)}), ${formatTypical(each)}${instructions}`,
  );
  const body = fails
    ? `<failure message="slower: ${text}"/>`
    : each.verdict === 'unclear'
      ? `<skipped message="${escapeHtml(each.reason ?? 'unclear')}: ${text}"/>`
      : `<system-out>${each.verdict}: ${text}</system-out>`;
  // Schemas ask for a decimal number, which has no exponent.
  const time = each.typical === null ? '' : ` time="${(each.typical.head / 1e9).toFixed(12)}"`;
  return `<testcase classname="${escapeHtml(suite ?? '')}" name="${escapeHtml(each.id)}"${time}>${body}</testcase>`;
}
