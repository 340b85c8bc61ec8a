// A history as an export of forgebench has it: a case that became slower and one that did not, a commit a day.
import { writeFileSync } from 'node:fs';
import { storedCase, storedRun } from '../store/stored-runs.js';

const DAY_MS = 86_400_000;

/** The case that changes. */
export const SLOWER = 'demo/slower';

/** Writes runs whose case has these p50s, in nanoseconds; the last run started today. */
export function writeHistory(file: string, levels: readonly number[]): void {
  const lines = levels.map((level, index) => {
    const wobble = 1 + 0.002 * ((index * 7) % 5);
    const startedAt = new Date(Date.now() - (levels.length - index) * DAY_MS).toISOString();
    const run = storedRun(runOfCommit(index), { commit: `c0ffee${index}`, startedAt, finishedAt: startedAt });
    const cases = [storedCase(SLOWER, level * wobble), storedCase('demo/same', 50 * wobble)];
    return JSON.stringify({ ...run, cases, record: null });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** So many commits at this level. */
export function level(p50: number, commits: number): number[] {
  return Array.from({ length: commits }, () => p50);
}

/** The run of a commit, from 0. */
export function runOfCommit(index: number): string {
  return `run-${String(index).padStart(3, '0')}`;
}
