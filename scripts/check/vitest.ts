// Runs the TypeScript tests and reads vitest's report.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from '../build/step.js';
import { runCommand } from '../setup/command.mjs';
import { SETUP_FOLDER } from '../setup/stamp.mjs';
import { judgeSkipped, type Outcome } from './outcome.js';

/** What of vitest's JSON report matters here. */
export interface VitestReport {
  testResults: {
    message?: string;
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** Runs all tests below `test/`. */
export async function runVitest(strict: boolean, tell: Tell): Promise<Outcome> {
  const report = join(SETUP_FOLDER, 'vitest.json');
  rmSync(report, { force: true });
  const command = [
    'node_modules/.bin/vitest',
    'run',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ] as const;
  let finished = 0;
  const { code, output } = await runCommand([...command], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    onStdout: (line) => {
      if (/^\s*[✓×↓]/u.test(line)) finished += 1;
      tell(() => `${finished} tests finished`);
    },
  });
  if (!existsSync(report))
    return { problems: [`vitest ended with exit code ${code} and without a report:\n${output}`] };
  const outcome = readVitest(JSON.parse(readFileSync(report, 'utf8')) as VitestReport, strict);
  if (code !== 0) outcome.problems.push(output.trim() || `vitest ended with exit code ${code}`);
  return outcome;
}

/** Counts tests; a file that could not be loaded is a failed test. */
export function readVitest(report: VitestReport, strict: boolean): Outcome {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const names = (...statuses: string[]): string[] =>
    tests.filter(({ status }) => statuses.includes(status)).map(({ fullName }) => fullName);
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const skipped = names('skipped', 'pending', 'todo', 'disabled');
  return {
    problems: [
      ...broken.map((file) => `${file.name}: ${file.message ?? 'cannot be loaded'}`),
      ...judgeSkipped(skipped, strict),
    ],
    tests: { passed: names('passed').length, failed: names('failed').length + broken.length, skipped: skipped.length },
  };
}
