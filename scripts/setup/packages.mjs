// @ts-check
// Installs npm packages where node_modules is not what package-lock.json says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { duration, howFar, showProgress } from './progress.mjs';
import { hashInputs, isCurrent, recordStamp } from './stamp.mjs';

/** npm's own note of what it has installed. */
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Runs `npm ci` if it has anything to do.
 *
 * Optional packages may fail: v8-profiler-next compiles from source and cannot do so on every Node.js.
 *
 * @returns {Promise<string | undefined>} What went wrong, for a person; nothing where all is well.
 */
export async function installPackages() {
  // Compiled packages belong to one line of Node.js, so another one installs them again.
  const inputs = hashInputs(['package-lock.json', 'package.json'], [process.versions.modules]);
  if (isCurrent('npm', inputs)) return undefined;
  if (!agrees('package-lock.json', INSTALLED)) {
    const problem = await npmCi();
    if (problem !== undefined) return problem;
  }
  recordStamp('npm', { inputs, outputs: [INSTALLED] });
  return undefined;
}

/**
 * Whether everything that a lock file demands is installed in the version that it names.
 *
 * @param {string} lockFile
 * @param {string} installedFile
 * @returns {boolean}
 */
export function agrees(lockFile, installedFile) {
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return demanded(lockFile).every(([path, version]) => installed[path]?.version === version);
}

async function npmCi() {
  const started = Date.now();
  const wanted = demanded('package-lock.json').map(([path]) => join(path, 'package.json'));
  const stop = showProgress(() => {
    const done = wanted.filter((file) => existsSync(file)).length;
    const progress = howFar({ unit: 'package', done, fresh: 0, total: wanted.length }, Date.now() - started);
    return `Installing npm packages: ${progress}`;
  });
  try {
    const { code, output } = await runCommand(['npm', 'ci', '--no-audit', '--no-fund', '--no-update-notifier'], {
      env: quietEnvironment(),
    });
    if (code !== 0) return explain(output);
    process.stderr.write(`Installed npm packages: ${duration(Date.now() - started)}\n`);
    return undefined;
  } finally {
    stop();
  }
}

/** Nothing that an install script could download or report is needed here. */
function quietEnvironment() {
  return {
    ...process.env,
    PUPPETEER_SKIP_DOWNLOAD: '1',
    NO_INSIGHT: '1',
    NO_UPDATE_NOTIFIER: '1',
    DISABLE_OPENCOLLECTIVE: '1',
  };
}

/** @param {string} output */
function explain(output) {
  // npm says first what is wrong, and ends with its manual.
  const errors = output.split('\n').filter((line) => line.startsWith('npm error '));
  const text = (errors.length > 0 ? errors : output.trim().split('\n').slice(-15)).slice(0, 15).join('\n');
  const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.exec(
    output,
  )?.[1];
  if (network === undefined) return `Cannot install the npm packages: "npm ci" failed; it says why\n${text}`;
  return `Cannot install the npm packages: the registry does not answer (${network}); check the network or "npm config get registry", then repeat the command\n${text}`;
}

/**
 * Path and version of each package that must be there; optional ones need not.
 *
 * @param {string} lockFile
 * @returns {[string, string][]}
 */
function demanded(lockFile) {
  const entries = Object.entries(packagesOf(lockFile)).filter(
    ([path, entry]) => path !== '' && !entry.optional && !entry.link,
  );
  return entries.map(([path, entry]) => [path, entry.version ?? '']);
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
