// @ts-check
// What the program itself costs: a whole run of `self/empty` at default settings, as a user starts it.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** One iteration is one run of the program, from before its start until it has ended. */
export const overhead = () => {
  const folder = makeProject();
  /** @type {number[]} */
  const shares = [];
  // The first run checks the answer and fills the page cache; one launch is enough for that.
  let flags = ['--launches', '1'];
  return {
    async run() {
      const start = process.hrtime.bigint();
      const program = [join(REPOSITORY, 'bin/forgebench.mjs'), 'run', 'self/empty', '--json', ...flags];
      await execute(process.execPath, program, { cwd: folder, maxBuffer: 1 << 26 });
      flags = [];
      const wallNs = Number(process.hrtime.bigint() - start);
      const usefulNs = usefulTime(newestRun(folder));
      shares.push(1 - usefulNs / wallNs);
      return usefulNs;
    },
    /** @param {number} usefulNs */
    verify(usefulNs) {
      if (!(usefulNs > 1e9)) throw new Error(`only ${usefulNs} ns of the run went into warming up and measuring`);
    },
    /** Percent of the wall time, without the first run, which had not the default number of launches. */
    figures: () => ({ overhead: 100 * middle(shares.slice(1)) }),
    teardown: () => rmSync(folder, { recursive: true }),
  };
};

/** A folder with a project of its own, so that the run is not among the user's. */
function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-overhead-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(REPOSITORY, join(folder, 'node_modules/forgebench'));
  const configuration = { definitions: join(REPOSITORY, 'benches') };
  writeFileSync(join(folder, 'forgebench.config.mjs'), `export default ${JSON.stringify(configuration)};\n`);
  return folder;
}

/** @param {string} folder */
function newestRun(folder) {
  const runs = join(folder, '.forgebench/runs');
  return join(runs, readdirSync(runs).sort().at(-1) ?? '');
}

/**
 * Nanoseconds that went into warming up and measuring, by the journal of the run: a memory launch measures for as long
 * as its request says.
 *
 * @param {string} run
 */
function usefulTime(run) {
  const { plan } = JSON.parse(readFileSync(join(run, 'plan.json'), 'utf8'));
  const records = readFileSync(join(run, 'launches.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return records.reduce((sum, { index, outcome: { result } }) => {
    if (result.kind === 'memory') return sum + plan.requests[index].measureNs;
    return sum + result.warmUp.ns + result.cpu.wallNs;
  }, 0);
}

/** @param {number[]} values */
function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
