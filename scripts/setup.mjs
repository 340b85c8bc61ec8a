#!/usr/bin/env node
// @ts-check
// The entry of `npm start` and `npm test`: brings a fresh clone to where TypeScript can take over.
// It needs no package and only syntax that Node.js 18 reads, so that an old version is refused with a sentence.
import { realpathSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages } from './setup/packages.mjs';
import { filesOf, hashInputs, isCurrent, recordStamp } from './setup/stamp.mjs';
import { checkTools, findCargoHome, refuseNode } from './setup/tools.mjs';

/** What `npm start` runs when everything is built. */
const MAIN_JOB = ['run', '--quick', '--one-case', '--budget', '150s', '--profile', '--profile-budget', '90s', '--open'];

/** The scripts in TypeScript, as Node.js runs them. */
const SCRIPTS = '.setup/scripts';

const VERBS = [
  'setup',
  'start',
  'check',
  'baselines',
  'scorecard',
  'peers',
  'miri',
  'injected',
  'own-aa',
  'rehearsal',
  'load',
];
/** Those of them that measure with what was built. */
const TRIALS = ['injected', 'own-aa', 'rehearsal', 'load'];

const HELP = `Usage: node scripts/setup.mjs VERB

  setup   install, compile and build whatever is not up to date
  start   the same, then the main job: forgebench ${MAIN_JOB.join(' ')}
  check   the same, then all checks and tests

  baselines RUN.json   fill the baselines in docs/moduforge from a run
  injected             slow real crates down and count what is found; --help for its options
  miri                 run tests of unsafe code under Miri, where it is installed
  own-aa               compare forgebench with itself and count false verdicts; --help for its options
  rehearsal            forgebench ci on two pull requests to a copy of a real crate, and what they are told
  peers [ROW…]         compare with other programs; --help says more
  load                 visit the dashboard as many people at once; --help for its options
  scorecard            how well verdicts and change points detect what is there, on public data (--help)
`;

/**
 * Does what the command line says.
 *
 * @param {readonly string[]} args Without program and script.
 * @returns {Promise<number>} The exit code; 2 where this machine lacks something indispensable.
 */
export async function main([verb = 'setup', ...args]) {
  if (!VERBS.includes(verb)) return complain([`Cannot do "${verb}": there is no such verb\n\n${HELP}`]);
  const refusal = refuseNode(process.version);
  if (refusal !== undefined) return complain([refusal]);
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  findCargoHome();
  const { errors, notes } = await checkTools();
  if (errors.length > 0) return complain(errors);
  if (verb === 'setup' || verb === 'start') for (const note of notes) process.stderr.write(`Note: ${note}\n`);
  const problem = await installPackages();
  if (problem !== undefined) return complain([problem]);
  await compileScripts();
  if (verb === 'check') return (await script('check')).check();
  if (verb === 'peers') return (await script('peers')).main(args);
  if (verb === 'miri') return (await script('miri')).main(args);
  if (verb === 'baselines') return (await script('write-baselines')).main(args);
  if (verb === 'scorecard') return (await script('scorecard')).main(args);
  const built = await (await script('build')).build();
  if (built === 0 && TRIALS.includes(verb)) return (await script(verb)).main(args);
  return built === 0 && verb === 'start' ? mainJob() : built;
}

/** Runs in this process, so that nothing stands between a signal and the program that handles it. */
async function mainJob() {
  const program = fileURLToPath(new URL('../bin/forgebench.mjs', import.meta.url));
  process.argv.splice(1, process.argv.length, program, ...MAIN_JOB);
  await import(pathToFileURL(program).href);
  return Number(process.exitCode ?? 0);
}

/** Types are the business of the check, so stripping them is all that happens here. */
async function compileScripts() {
  const sources = filesOf('scripts').filter((file) => file.endsWith('.ts'));
  const inputs = hashInputs(['scripts', 'test/ci', 'package-lock.json']);
  if (isCurrent('scripts', inputs)) return;
  rmSync(SCRIPTS, { recursive: true, force: true });
  const { build } = await import('esbuild');
  await build({
    entryPoints: sources,
    outbase: 'scripts',
    outdir: SCRIPTS,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
  recordStamp('scripts', { inputs, outputs: filesOf(SCRIPTS) });
}

/** @param {string} name */
function script(name) {
  return import(new URL(`../${SCRIPTS}/${name}.js`, import.meta.url).href);
}

/** @param {readonly string[]} sentences */
function complain(sentences) {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  return 2;
}

/**
 * @param {unknown} error
 * @returns {number}
 */
function report(error) {
  // Compiled scripts bring their own copy of the class, so its name decides.
  const { name, message, stack, code } = /** @type {NodeJS.ErrnoException} */ (error);
  // An option that no verb has is no defect.
  if (code?.startsWith('ERR_PARSE_ARGS')) return complain([`${message}; --help says which options there are`]);
  process.stderr.write(`${name === 'Interrupted' ? message : stack}\n`);
  return name === 'Interrupted' ? 130 : 1;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2)).catch(report);
}
