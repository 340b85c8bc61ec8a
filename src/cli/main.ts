// The command line: one verb, one file under commands/.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAlert } from './alert-verb.js';
import { addBisect } from './bisect-verb.js';
import { addCi } from './ci-verb.js';
import { analyze } from './commands/analyze.js';
import { baselineList, baselineRemove, baselineSave, baselineShow } from './commands/baseline.js';
import { compare } from './commands/compare.js';
import { doctor } from './commands/doctor.js';
import { list } from './commands/list.js';
import { report } from './commands/report.js';
import { verify } from './commands/verify.js';
import { describeError, EXIT, exitCodeOf } from './exit-code.js';
import { addFlame } from './flame-verb.js';
import { scratchFolder } from './measure-plan.js';
import { addAb, addRun } from './measuring-verbs.js';
import { addMonitoring } from './monitoring-verb.js';
import { addProfileFileVerbs } from './profile-file-verbs.js';
import { addProfile } from './profile-verb.js';
import { addPush } from './push-verb.js';
import { addReleases } from './releases-verb.js';
import { addServe } from './serve-verb.js';
import { addSession, addSymbolize } from './session-verb.js';
import { addStoreVerbs } from './store-verbs.js';
import { addTriage } from './triage-verb.js';
import { ALL, command, examples, MIN_EFFECT, MOST, STORE, TOLERANCE } from './verb.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The program with all of its verbs. */
function program(): Command {
  const forgebench = new Command('forgebench')
    .description('Native-accelerated benchmarking and profiling for Node.js and Rust')
    .version(version)
    .showHelpAfterError('(run "forgebench --help" for all verbs)')
    .enablePositionalOptions()
    .exitOverride();
  addMeasuringVerbs(forgebench);
  addReadingVerbs(forgebench);
  addProfileFileVerbs(forgebench);
  addStoreVerbs(forgebench);
  addTriage(forgebench.command('triage'));
  addAlert(forgebench.command('alert'));
  addServe(forgebench.command('serve'));
  addMonitoring(forgebench.command('monitoring'));
  addPush(forgebench.command('push'));
  return forgebench;
}

function addMeasuringVerbs(forgebench: Command): void {
  addRun(forgebench.command('run'));
  addAb(forgebench.command('ab'));
  addBisect(forgebench.command('bisect'));
  addCi(forgebench.command('ci'));
  addReleases(forgebench.command('releases'));
  forgebench
    .command('verify')
    .description('run each workload once, untimed, and check its answer')
    .argument('[select...]', MOST)
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['verify', 'verify crate:moduforge-state']))
    .action(command(verify));
  addProfile(forgebench.command('profile'), MOST);
  addSession(forgebench.command('session'));
  addSymbolize(forgebench.command('symbolize'));
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
    .description('show a run again, also one that was interrupted or killed; or all that changed since some time')
    .argument('[run]', 'id, folder or file of a run; the newest where there is none')
    .option(
      '--since <time>',
      'targets, trends, regressions, improvements and opportunities since 7d, 24h, 2w or a date',
    )
    .option('--output <file>', 'write it; the format follows the ending: .json, .html, .md, .csv')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(['report', 'report run.json', 'report --output report.html', 'report --since 7d --output week.html']),
    )
    .action(command(report));
  addCompare(forgebench.command('compare'));
  addFlame(forgebench.command('flame'));
  addBaseline(forgebench.command('baseline'));
  addAnalyze(forgebench.command('analyze'));
  forgebench
    .command('doctor')
    .description('what this machine can and cannot measure, and how to fix it')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['doctor', 'doctor --json']))
    .action(command(doctor));
}

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
