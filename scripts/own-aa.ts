// Compares this forgebench with itself, and counts verdicts that cannot be true.
import { writeFileSync } from 'node:fs';
import { runCommand } from './setup/command.mjs';
import { readOptions } from './trials/options.js';
import { launchesOf, readTrials, runTrial, type Trial } from './trials/run-ab.js';

const HELP = `Options: --comparisons 10, --budget 8h (nothing begins later), --each 20m (budget of one comparison), --launches 5,
  --select "model/* state/*" (instead of one case of each benchmark), --file FILE (trials are added to those in it), --fresh
`;

interface ListedBenchmark {
  suite: string;
  tags: string[];
  category: string;
  crate?: string;
  profiled: { id: string };
}

/** Compares until enough comparisons are made or the time is over; returns the exit code: 1 above one false verdict. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stderr.write(HELP);
    return 0;
  }
  const options = readOptions(args, { budget: '8h', each: '20m', file: '.forgebench/own-aa.jsonl' }, [
    'comparisons',
    'select',
  ]);
  const wanted = Number(options.values.comparisons ?? 10);
  const cases = options.values.select === undefined ? await oneCaseOfEach() : String(options.values.select).split(' ');
  const endsAt = Date.now() + options.budgetMs;
  while (readTrials(options.file).length < wanted && Date.now() < endsAt) {
    const round = readTrials(options.file).length + 1;
    process.stderr.write(`Comparison ${round} of ${wanted}, ${cases.length} cases\n`);
    const same = ['--base', 'path:.', '--head', 'path:.', '--measure-identical', '--settle', '--seed', String(round)];
    const measuring = ['--launches', options.launches, '--budget', options.each];
    await runTrial('itself', [...same, ...measuring, '--no-explain', ...cases], { file: options.file });
    report(options.file);
  }
  return report(options.file) > 1 ? 1 : 0;
}

/** A case of each benchmark over a crate that takes no minutes. */
async function oneCaseOfEach(): Promise<string[]> {
  const lines: string[] = [];
  const { code, output } = await runCommand([process.execPath, 'bin/forgebench.mjs', 'list', '--json'], {
    onStdout: (line) => lines.push(line),
  });
  if (code !== 0) throw new Error(`Cannot list the cases: ${output}`);
  const benchmarks = JSON.parse(lines.join('\n')) as ListedBenchmark[];
  return benchmarks
    .filter(({ crate, category, tags }) => crate !== undefined && category !== 'e2e' && !tags.includes('on-demand'))
    .map(({ profiled }) => profiled.id);
}

/** Prints all trials of the file and writes them as JSON; returns how many verdicts are false. */
function report(file: string): number {
  const trials = readTrials(file);
  const wrong = trials.flatMap((trial) => falseVerdicts(trial));
  const cases = trials.flatMap((trial) => trial.cases);
  const summary = {
    comparisons: trials.length,
    cases: cases.length,
    falseVerdicts: wrong,
    unclear: cases.filter(({ verdict }) => verdict === 'unclear').length,
    launches: trials.reduce((sum, trial) => sum + launchesOf(trial), 0),
    launchesOfACase: trials.reduce((sum, trial) => sum + launchesOf(trial), 0) / 2 / Math.max(1, cases.length),
    failed: trials.flatMap(({ failed }) => failed),
  };
  writeFileSync(file.replace(/\.jsonl$/, '.json'), `${JSON.stringify(summary, null, 2)}\n`);
  for (const { id, verdict, ratio } of wrong)
    process.stdout.write(`false: ${id} ${verdict} ${((ratio - 1) * 100).toFixed(1)} %\n`);
  process.stdout.write(
    `${summary.comparisons} comparisons, ${summary.cases} cases: ${wrong.length} false verdicts, ${summary.unclear} unclear, ${summary.launchesOfACase.toFixed(1)} launches of a case and side\n`,
  );
  return wrong.length;
}

function falseVerdicts({ cases }: Trial): Trial['cases'] {
  return cases.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
}
