// The command line: one verb, one file under commands/.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Command, Option } from 'commander';
import { ab } from './commands/ab.js';
import { analyze } from './commands/analyze.js';
import { baselineList, baselineRemove, baselineSave, baselineShow } from './commands/baseline.js';
import { compare } from './commands/compare.js';
import { doctor } from './commands/doctor.js';
import { list } from './commands/list.js';
import { report } from './commands/report.js';
import { run } from './commands/run.js';
import { verify } from './commands/verify.js';
import { describeError, EXIT, exitCodeOf } from './exit-code.js';
import { scratchFolder } from './measure-plan.js';
import { addProfile } from './profile-verb.js';
import { addStoreVerbs } from './store-verbs.js';
import { command, examples, STORE, TOLERANCE } from './verb.js';
import { VERSIONS } from './version-help.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const SELECT = 'ids, benchmarks or patterns with *, or crate:NAME, category:NAME, tag:NAME';
const ALL = `${SELECT}; all cases where there are none`;
const MOST = `${SELECT}; all cases but those tagged on-demand where there are none`;

/** The program with all of its verbs. */
function program(): Command {
  const forgebench = new Command('forgebench')
    .description('Native-accelerated benchmarking and profiling for Node.js and Rust')
    .version(version)
    .showHelpAfterError('(run "forgebench --help" for all verbs)')
    .exitOverride();
  addMeasuringVerbs(forgebench);
  addReadingVerbs(forgebench);
  addStoreVerbs(forgebench);
  return forgebench;
}

function addMeasuringVerbs(forgebench: Command): void {
  addRun(forgebench.command('run'));
  addAb(forgebench.command('ab'));
  forgebench
    .command('verify')
    .description('run each workload once, untimed, and check its answer')
    .argument('[select...]', MOST)
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['verify', 'verify crate:moduforge-state']))
    .action(command(verify));
  addProfile(forgebench.command('profile'), MOST);
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

/** What run and ab measure alike. */
function addMeasuring(verb: Command): Command {
  return verb
    .addOption(new Option('--quick', 'three short launches of each case, within 10 minutes').conflicts('thorough'))
    .option('--thorough', 'many long launches, no budget')
    .option('--seed <n>', 'seed of the order of launches');
}

function addRun(verb: Command): void {
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

const MEMORY_SELECTS =
  '\nWithout SELECT, --memory takes the cases of category memory and one case of each micro benchmark.\n';
function addAb(verb: Command): void {
  addMeasuring(verb)
    .description('two versions of the code under test, measured in turn: slower, faster, same or unclear')
    .argument('[select...]', MOST)
    .requiredOption('--base <version>', 'the old version, see below')
    .requiredOption('--head <version>', 'the new version')
    .option('--budget <time>', 'time to measure for in all, such as 90s or 10m; settling may take as long again')
    .option('--launches <n>', 'launches of each case and side, 5 or more where nobody says')
    .option(...SETTLE)
    .option('--build <command>', 'makes a git revision ready to be measured, in its folder: "npm run build"')
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
        "ab --base 0.7.0 --head path:../moduforge-rs 'model/*' --quick",
        "ab --base 0.6.5 --head 0.7.0 'transform/*'",
      ]),
    )
    .action(command(ab));
}

function addReadingVerbs(forgebench: Command): void {
  forgebench
    .command('list')
    .description('what there is to measure')
    .argument('[select...]', ALL)
    .option('--coverage', 'how many cases answer which question about each crate; 1 where a question has none')
    .option('--markdown', 'the coverage as a page in Markdown')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples([
        'list',
        "list 'model/*'",
        'list category:memory --json',
        'list --coverage',
        "list 'core/*' --coverage",
      ]),
    )
    .action(command(list));
  forgebench
    .command('report')
    .description('show a run again, also one that was interrupted or killed')
    .argument('[run]', 'id, folder or file of a run; the newest where there is none')
    .option('--output <file>', 'write it; the format follows the ending: .json, .html, .md, .csv')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['report', 'report run.json', 'report --output report.html']))
    .action(command(report));
  addCompare(forgebench.command('compare'));
  addBaseline(forgebench.command('baseline'));
  addAnalyze(forgebench.command('analyze'));
  forgebench
    .command('doctor')
    .description('what this machine can and cannot measure, and how to fix it')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['doctor', 'doctor --json']))
    .action(command(doctor));
}

const INSTRUCTIONS = new Option(
  '--instructions',
  'count instructions too, under valgrind; JavaScript without its compiler',
).conflicts('memory');
const MIN_EFFECT = ['--min-effect <share>', 'the smallest change that matters; 1%'] as const;
const SETTLE = ['--settle', 'launch unclear cases again, up to 25 times'] as const;

function addCompare(verb: Command): void {
  verb
    .description('two runs or baselines, case by case: slower, faster, same or unclear; 1 where one is slower')
    .argument('<base>', 'baseline, or id, folder or file of a run')
    .argument('<head>', 'the same of the new version')
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'a slower case whose interval lies below it passes; 5%')
    .option('--across-machines', 'compare although machine, Node.js or measuring time differ, and say so')
    .option('--all', 'list cases that are the same too')
    .option('--output <file>', 'write it as well; the format follows the ending: .html, .md, .json, .xml (JUnit)')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(['compare main 20261124-065644-fpz', 'compare main head.json --output comparison.md']),
    )
    .action(command(compare));
}

function addBaseline(verb: Command): void {
  verb.description('runs that have a name; "forgebench run --save-baseline main" makes one');
  verb
    .command('list')
    .description('all baselines')
    .option(...STORE)
    .option('--json', 'print JSON')
    .action(command(baselineList));
  verb
    .command('show')
    .description('the run of a baseline')
    .argument('<name>')
    .option(...STORE)
    .option('--json', 'print JSON')
    .action(command(baselineShow));
  verb
    .command('save')
    .description('give a run a name')
    .argument('<name>')
    .argument('<run>', 'id, folder or file of a run')
    .option(...STORE)
    .action(command(baselineSave));
  verb
    .command('remove')
    .description('remove a baseline, but not its run')
    .argument('<name>')
    .option(...STORE)
    .action(command(baselineRemove));
  verb.addHelpText(
    'after',
    examples(['baseline list', 'baseline save v1.2 20261124-065644-fpz', 'baseline remove v1.2']),
  );
}

function addAnalyze(verb: Command): void {
  verb
    .description('verdicts and change points for samples and series from elsewhere')
    .option('--series <file>', 'when a series changed: a JSON array of numbers, or a column of a CSV file')
    .option('--column <name>', 'which column, by header or number from 1')
    .option('--growing', 'the series is read again after every new point, which takes more evidence')
    .option('--base <file>', 'samples of the old version: {"benchmark": [[samples of launch 1], …]}')
    .option('--head <file>', 'samples of the new version')
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'the change that must not be overlooked, and that alarms in a series; 5%')
    .option('--all', 'list cases that are the same too')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples([
        'analyze --series nightly.csv --column median_ms',
        'analyze --series times.json --json',
        'analyze --base old.json --head new.json',
      ]),
    )
    .action(command(analyze));
}

// Who reads may end first, as `head` does (EPIPE), or the terminal may be closed (EIO); a run goes on and keeps what it
// measures.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });

// Workloads may leave files where they ran.
process.on('exit', () => rmSync(scratchFolder(), { recursive: true, force: true }));

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has printed its own errors; help and version are no errors at all.
  if (process.exitCode === EXIT.usage && !(error as { code?: string }).code?.startsWith('commander.'))
    process.stderr.write(`${describeError(error as Error)}\n`);
  else if (process.exitCode === EXIT.failed) process.stderr.write(`${(error as Error).stack ?? error}\n`);
}
