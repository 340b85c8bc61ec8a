// Slows functions of real crates down by a known share, and counts how often `forgebench ab` finds it.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countInjected } from './trials/injected-instructions.js';
import { readOptions, type TrialOptions } from './trials/options.js';
import { type ExplainedCase, hasRightFrame } from './trials/right-frame.js';
import { launchesOf, readTrials, runTrial, type Trial } from './trials/run-ab.js';
import { SLOWED_CRATES, type SlowedCrate } from './trials/slowdowns.js';
import { buildSlowed } from './trials/slowed-addon.js';

const HELP = `Options: --instructions (2 % more of them instead of time, every case once, under valgrind), --share 0.05 (how much slower), --cases 300 (comparisons of cases to make), --crate NAME (one alone),
  --explain (also count whether the slowed function is on top of the explanation), --select "PATTERN…" (these cases of the crate alone),
  --budget 2h (nothing begins later), --each 20m (budget of one comparison), --launches 5, --file FILE, --fresh
`;

/** Compares until enough cases are counted or the time is over; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) return say(HELP);
  if (args.includes('--instructions')) return countInjected(args.filter((each) => each !== '--instructions'));
  const options = readOptions(args, { budget: '4h', each: '20m', file: '.forgebench/injected.jsonl' }, [
    'share',
    'cases',
    'crate',
    'select',
  ]);
  const share = Number(options.values.share ?? 0.05);
  const wanted = Number(options.values.cases ?? 300);
  const crates = SLOWED_CRATES.filter(({ crate }) => (options.values.crate ?? crate) === crate);
  if (!(share > 0) || !(wanted > 0) || crates.length === 0) return say(`Cannot use these options\n${HELP}`, 2);
  const folder = join(tmpdir(), 'forgebench-injected');
  const endsAt = Date.now() + options.budgetMs;
  for (let round = 0, before = -1; Date.now() < endsAt && count(options.file) < wanted; round++) {
    if (count(options.file) === before) return say('Cannot compare anything: see above\n', 1);
    before = count(options.file);
    for (const crate of crates) {
      if (Date.now() >= endsAt || count(options.file) >= wanted) break;
      await compare(crate, { folder, share, round, options });
      report(options.file, share);
    }
  }
  return 0;
}

async function compare(
  crate: SlowedCrate,
  { folder, share, round, options }: { folder: string; share: number; round: number; options: TrialOptions },
): Promise<void> {
  const { base, head } = await buildSlowed(crate, { folder: join(folder, crate.crate), share });
  const versions = ['--base', base, '--head', head];
  const { select, explain } = options.values;
  const cases =
    select === undefined ? crate.slowdowns.flatMap((slowdown) => slowdown.cases) : String(select).split(' ');
  const isRight = (explained: ExplainedCase) => hasRightFrame(explained, crate.slowdowns);
  // Explanations take their time, and need no verdict that is sure.
  const explaining = explain ? ['--explain'] : ['--no-explain', '--settle'];
  const measuring = ['--launches', options.launches, '--budget', options.each, '--seed', String(round + 1)];
  process.stderr.write(`${crate.crate}, ${share * 100} % slower, round ${round + 1}\n`);
  try {
    await runTrial(crate.crate, [...versions, ...measuring, ...explaining, ...cases], {
      file: options.file,
      ...(explain && { isRight }),
    });
  } catch (error) {
    if ((error as Error).name === 'Interrupted') throw error;
    process.stderr.write(`${(error as Error).message}\n`); // The other crates go on.
  }
}

function count(file: string): number {
  return readTrials(file).reduce((sum, { cases }) => sum + cases.length, 0);
}

/** All trials of the file as a table, and beside it as JSON. */
function report(file: string, share: number): void {
  const trials = readTrials(file);
  const summary = { share, ...summarize(trials), byCase: byCase(trials) };
  writeFileSync(file.replace(/\.jsonl$/, '.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const rows = summary.byCase.map(({ id, found, compared, ratio, launches }) =>
    [
      `${found} of ${compared}`.padStart(9),
      `${((ratio - 1) * 100).toFixed(1)} %`.padStart(8),
      String(launches).padStart(5),
      id,
    ].join('  '),
  );
  const { right, explained } = summary;
  if (explained > 0) process.stdout.write(`The slowed function on top of ${right} of ${explained} explanations\n`);
  const { found, compared, unclear, missed, launches } = summary;
  process.stdout.write(
    `    found    change  launches  case\n${rows.join('\n')}\nFound ${found} of ${compared} (${unclear} unclear, ${missed} missed) with ${launches} launches\n`,
  );
}

function summarize(trials: readonly Trial[]) {
  const cases = trials.flatMap((trial) => trial.cases);
  const explained = trials.flatMap((trial) => trial.explained ?? []);
  const of = (...verdicts: string[]) => cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    compared: cases.length,
    found: of('slower'),
    unclear: of('unclear'),
    missed: of('same', 'faster'),
    failed: trials.flatMap(({ failed }) => failed),
    explained: explained.length,
    right: explained.filter(({ right }) => right).length,
    launches: trials.reduce((sum, trial) => sum + launchesOf(trial), 0),
    durationMs: trials.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

function byCase(trials: readonly Trial[]) {
  const cases = new Map<string, Trial['cases']>();
  for (const each of trials.flatMap((trial) => trial.cases)) cases.set(each.id, [...(cases.get(each.id) ?? []), each]);
  return [...cases].map(([id, its]) => ({
    id,
    compared: its.length,
    found: its.filter(({ verdict }) => verdict === 'slower').length,
    ratio: its.map(({ ratio }) => ratio).sort((a, b) => a - b)[its.length >> 1] as number,
    launches: its.reduce((sum, { launches }) => sum + launches.base + launches.head, 0),
  }));
}

function say(text: string, code = 0): number {
  process.stderr.write(text);
  return code;
}
