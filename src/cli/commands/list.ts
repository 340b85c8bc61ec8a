// `forgebench list`: what there is to measure.
import { type Declared, measureCoverage, selectCases } from '../../definition/index.js';
import { counted } from '../../units/index.js';
import { coverageMarkdown, coverageText } from '../coverage-output.js';
import { EXIT } from '../exit-code.js';
import { openProject } from '../project.js';
import { UsageError } from '../usage-error.js';

/** Flags of the verb. */
export interface ListFlags {
  json?: boolean;
  coverage?: boolean;
  markdown?: boolean;
}

/** Lists the selected cases by benchmark, or what they cover; returns the exit code. */
export async function list(selects: string[], flags: ListFlags): Promise<number> {
  const { benchmarks, suites } = await openProject(process.cwd());
  const selections = selectCases(benchmarks, selects, { onDemand: true });
  if (flags.coverage) {
    // A part of a suite would have holes that the suite has not.
    const touched = suites.filter(({ name }) => selections.some(({ benchmark }) => benchmark.suite === name));
    return coverage({ benchmarks, suites: touched }, flags);
  }
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify(
        selections.map(({ benchmark, cases }) => ({ ...benchmark, cases })),
        null,
        2,
      )}\n`,
    );
    return EXIT.well;
  }
  for (const { benchmark, cases } of selections) {
    const targets = benchmark.targets.map(({ text }) => text).join(', ');
    process.stdout.write(
      `${benchmark.id}  (${benchmark.category}${targets === '' ? '' : `; ${targets}`})\n  ${benchmark.why}\n`,
    );
    for (const each of cases) process.stdout.write(`    ${each.id}\n`);
  }
  const count = selections.reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`${counted(selections.length, 'benchmark')}, ${counted(count, 'case')}\n`);
  return EXIT.well;
}

/** Prints the matrix; holes go to standard error, and the exit code says that there are some. */
function coverage(declared: Declared, { json, markdown }: ListFlags): number {
  const subjects = measureCoverage(declared);
  if (subjects.length === 0)
    throw new UsageError('Cannot tell the coverage: no selected suite has "priorities"; docs/definitions.md shows how');
  const render = markdown ? coverageMarkdown : coverageText;
  process.stdout.write(json ? `${JSON.stringify(subjects, null, 2)}\n` : render(subjects));
  const holes = subjects.flatMap((subject) => subject.holes);
  for (const hole of holes) process.stderr.write(`${hole}\n`);
  return holes.length === 0 ? EXIT.well : EXIT.gate;
}
