// The verbs that measure, `run` and `ab`: their options and help.
import { type Command, Option } from 'commander';
import { ab } from './commands/ab.js';
import { run } from './commands/run.js';
import { command, examples, MIN_EFFECT, MOST, STORE, TOLERANCE } from './verb.js';
import { VERSIONS } from './version-help.js';

const INSTRUCTIONS = new Option(
  '--instructions',
  'count instructions too, under valgrind; JavaScript without its compiler',
).conflicts('memory');
const SETTLE = ['--settle', 'launch unclear cases again, up to 25 times'] as const;

/** What run, ab and ci measure alike. */
export function addMeasuring(verb: Command): Command {
  return verb
    .addOption(new Option('--quick', 'three short launches of each case, within 10 minutes').conflicts('thorough'))
    .option('--thorough', 'many long launches, no budget')
    .option('--seed <n>', 'seed of the order of launches');
}

const RUN_EXAMPLES = [
  "run 'model/*' --quick",
  'run --budget 10m --seed 7',
  'run --quick --shard 1/4',
  "run 'model/*' --save-baseline main",
  "run 'model/*' --baseline main --settle",
  "run 'model/*' --instructions --baseline main",
  "run 'transform/step[kind=attr,*]' --output step.json",
  'run tag:tree --thorough --profile',
  "run 'state/*' --memory --memory-operations 250k",
];

const MEMORY_SELECTS =
  '\nWithout SELECT, --memory takes the cases of category memory and one case of each micro benchmark.\n';

/** Adds what `forgebench run` takes. */
export function addRun(verb: Command): void {
  addMeasuring(verb)
    .description('plan, measure, summarise and store')
    .argument('[select...]', MOST)
    .addOption(
      new Option(
        '--memory',
        'memory launches alone, long ones: what grows in a million operations, what teardown leaves',
      )
        .conflicts('quick')
        .conflicts('thorough'),
    )
    .option('--memory-operations <n>', 'operations that a memory launch goes on for, such as 500k; 1M with --memory')
    .addOption(INSTRUCTIONS)
    .option('--budget <time>', 'time to measure for in all, such as 90s or 10m; profiling and settling come on top')
    .option('--launches <n>', 'timed launches of each case; memory launches with --memory')
    .option('--shard <i/n>', 'only part i of n, for machines that share the work')
    .option('--profile', 'profile one case of each benchmark afterwards, in launches of their own')
    .option('--profile-budget <time>', 'time to profile for; what was profiled longest ago comes first')
    .option('--one-case', 'only one case of each benchmark, the one that is profiled')
    .option('--with <engines>', 'engines of --profile, comma-separated: see "forgebench profile --help"')
    .option('--output <file>', 'add a copy of the report; the format follows the ending: .json, .html, .md, .csv')
    .option('--open', 'open the HTML report in a browser (at a terminal only)')
    .option('--gate', 'exit with 1 where a target is missed')
    .option('--save-baseline <name>', 'give the run a name to compare with')
    .option('--baseline <name>', 'compare with this baseline; 1 where a case is slower or a target is missed')
    .option(...SETTLE)
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'a slower case whose interval lies below it passes; 5%')
    .option('--across-machines', 'compare although machine, Node.js or measuring time differ, and say so')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText('after', examples(RUN_EXAMPLES))
    .addHelpText('after', MEMORY_SELECTS)
    .action(command(run));
}

export const EXPLAIN = [
  '--explain',
  'say of unclear cases too, not only of slower ones, which functions grew',
] as const;
export const NO_EXPLAIN = [
  '--no-explain',
  'of none; to explain a case takes 12 profiled launches, half a minute',
] as const;

/** Adds what `forgebench ab` takes. */
export function addAb(verb: Command): void {
  addMeasuring(verb)
    .description('two versions of the code under test, measured in turn: slower, faster, same or unclear')
    .argument('[select...]', MOST)
    .requiredOption('--base <version>', 'the old version, see below')
    .requiredOption('--head <version>', 'the new version')
    .option('--budget <time>', 'time to measure for in all, such as 90s or 10m; settling may take as long again')
    .option('--launches <n>', 'launches of each case and side, 5 or more where nobody says')
    .addOption(INSTRUCTIONS)
    .option(...SETTLE)
    .option('--build <command>', 'makes a git revision ready to be measured, in its folder: "npm run build"')
    .option(...EXPLAIN)
    .option(...NO_EXPLAIN)
    .option('--measure-identical', 'measure although both versions run the same code')
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'a slower case whose interval lies below it passes; 5%')
    .option('--all', 'list cases that are the same too')
    .option('--output <file>', 'write it as well; the format follows the ending: .html, .md, .json, .xml (JUnit)')
    .option('--json', 'print JSON')
    .addHelpText('after', VERSIONS)
    .addHelpText(
      'after',
      examples([
        'ab --base git:.@main --head path:.',
        "ab --base git:.@v1.2 --head git:.@HEAD 'json/*' --build 'npm run build'",
        'ab --base old.node --head new.node --settle --output diff.html',
        "ab --base 0.7.0 --head path:../moduforge-rs 'model/*' --quick --instructions",
        "ab --base 0.6.5 --head 0.7.0 'transform/*'",
      ]),
    )
    .action(command(ab));
}
