// `forgebench list`: what there is to measure.
import { selectCases } from '../../definition/index.js';
import { openProject } from '../project.js';

/** Lists the selected cases by benchmark; returns the exit code. */
export async function list(selects: string[], flags: { json?: boolean }): Promise<number> {
  const { benchmarks } = await openProject(process.cwd());
  const selections = selectCases(benchmarks, selects.length === 0 ? ['*'] : selects);
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify(
        selections.map(({ benchmark, cases }) => ({ ...benchmark, cases })),
        null,
        2,
      )}\n`,
    );
    return 0;
  }
  for (const { benchmark, cases } of selections) {
    const targets = benchmark.targets.map(({ text }) => text).join(', ');
    process.stdout.write(
      `${benchmark.id}  (${benchmark.category}${targets === '' ? '' : `; ${targets}`})\n  ${benchmark.why}\n`,
    );
    for (const each of cases) process.stdout.write(`    ${each.id}\n`);
  }
  const count = selections.reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`${selections.length} benchmarks, ${count} cases\n`);
  return 0;
}
