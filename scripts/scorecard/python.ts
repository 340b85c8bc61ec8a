// Detectors that are Python packages, in a virtual environment of their own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { hashInputs, isCurrent, recordStamp, SETUP_FOLDER } from '../setup/stamp.mjs';
import type { Found } from './series-rules.js';

const PACKAGES = ['asv==0.6.6', 'apache-otava==0.8.0', 'numpy==2.2.0', 'scipy==1.16.3'];
const ENVIRONMENT = join(SETUP_FOLDER, 'scorecard-python');
const PYTHON = join(ENVIRONMENT, 'bin', 'python');
const PROGRAM = 'scripts/scorecard/detectors.py';

/**
 * Installs the packages unless they are there.
 *
 * @returns why they cannot be had; nothing where they can
 */
export async function installDetectors(): Promise<string | undefined> {
  const inputs = hashInputs([], PACKAGES);
  if (isCurrent('scorecard-python', inputs)) return undefined;
  for (const command of [
    ['python3', '-m', 'venv', ENVIRONMENT],
    [PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
  ] as [string, ...string[]][]) {
    const { code, output } = await runCommand(command);
    if (code !== 0) return `"${command.slice(0, 4).join(' ')}" failed: ${output.trim().split('\n').at(-1)}`;
  }
  recordStamp('scorecard-python', { inputs, outputs: [PYTHON] });
  return undefined;
}

/** What a package finds in each series. */
export function runDetector(name: 'asv' | 'otava', series: readonly (readonly number[])[]): Found[][] {
  if (!existsSync(PYTHON)) throw new Error(`Cannot run the detector of ${name}: ${PYTHON} is missing`);
  const { status, stdout, stderr } = spawnSync(PYTHON, [PROGRAM, name], {
    input: JSON.stringify(series),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) throw new Error(`Cannot run the detector of ${name}: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout);
}
