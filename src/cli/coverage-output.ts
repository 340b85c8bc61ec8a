// The coverage matrix as text for a terminal and as the page docs/coverage.md.
import Table from 'cli-table3';
import { CATEGORIES, type CaseCounts, type SubjectCoverage } from '../definition/index.js';
import { MISSING } from '../units/index.js';

/** The matrix for a terminal: subjects, below each its priorities; the numbers are cases. */
export function coverageText(subjects: readonly SubjectCoverage[]): string {
  const table = new Table({
    head: ['subject and priority', ...CATEGORIES],
    colAligns: ['left', ...CATEGORIES.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { subject, cases, absent, priorities } of subjects) {
    table.push([subject, ...CATEGORIES.map((category) => `${shown(cases, category)}${absent[category] ? '*' : ''}`)]);
    for (const { priority, cases: its } of priorities)
      table.push([`  ${priority}`, ...CATEGORIES.map((category) => shown(its, category))]);
  }
  const reasons = reasonsOf(subjects).map((line) => `* ${line}`);
  return `${[table.toString(), ...reasons, summary(subjects)].join('\n')}\n`;
}

/** The same as a page, with the benchmarks that answer each priority. */
export function coverageMarkdown(subjects: readonly SubjectCoverage[]): string {
  const head = (first: string, last: readonly string[] = []) => {
    const cells = [first, ...CATEGORIES, ...last];
    const rule = cells.map((_, index) => (index === 0 || index > CATEGORIES.length ? '---' : '---:'));
    return [row(cells), row(rule)];
  };
  const sections = subjects.map(({ subject, priorities }) =>
    [
      `## ${subject}`,
      '',
      ...head('priority', ['benchmarks']),
      ...priorities.map(({ priority, cases, benchmarks }) =>
        row([priority, ...counts(cases), benchmarks.map((id) => `\`${id}\``).join(', ')]),
      ),
    ].join('\n'),
  );
  const reasons = reasonsOf(subjects).map((line) => `- ${line}`);
  return `${[
    '# Coverage',
    'Made by `npm run setup` from the definitions in `benches/`. The numbers are cases: which questions about each crate have a benchmark, and in which category of time. `forgebench list --coverage` fails where one has none.',
    [...head('crate'), ...subjects.map(({ subject, cases }) => row([subject, ...counts(cases)]))].join('\n'),
    ...(reasons.length > 0 ? [['Nothing lies there:', '', ...reasons].join('\n')] : []),
    ...sections,
  ].join('\n\n')}\n`;
}

function reasonsOf(subjects: readonly SubjectCoverage[]): string[] {
  return subjects.flatMap(({ subject, absent }) =>
    CATEGORIES.flatMap((category) => (absent[category] ? [`${subject}, ${category}: ${absent[category]}`] : [])),
  );
}

function summary(subjects: readonly SubjectCoverage[]): string {
  const priorities = subjects.reduce((sum, each) => sum + each.priorities.length, 0);
  const holes = subjects.reduce((sum, each) => sum + each.holes.length, 0);
  return `${subjects.length} subjects, ${priorities} priorities, ${holes === 0 ? 'no hole' : `${holes} holes`}`;
}

function counts(cases: CaseCounts): string[] {
  return CATEGORIES.map((category) => shown(cases, category));
}

function shown(cases: CaseCounts, category: (typeof CATEGORIES)[number]): string {
  return cases[category] === 0 ? MISSING : String(cases[category]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
