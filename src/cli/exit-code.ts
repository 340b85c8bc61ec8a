// Exit codes: 0 all well; 1 the gate failed; 2 wrong usage; 3 a benchmark failed; 4 nothing measured; 130 interrupted.
import { CommanderError } from 'commander';
import { AlertError } from '../alert/index.js';
import { CiError } from '../ci/index.js';
import { instructionRegressions, type RunComparison, regressions } from '../compare/index.js';
import { DashboardError } from '../dashboard/index.js';
import { DefinitionError, SelectionError } from '../definition/index.js';
import { PushError } from '../monitoring/index.js';
import { AddonError } from '../native/index.js';
import { ProfileError } from '../profile/index.js';
import { type RunRecord, StoreError } from '../store/index.js';
import { VersionError } from '../versions/index.js';
import { missedTargets } from './missed-targets.js';
import { UsageError } from './usage-error.js';

export const EXIT = { well: 0, gate: 1, usage: 2, failed: 3, nothing: 4, interrupted: 130 } as const;

/** The exit code of a run: where several hold, 3 goes before 4 and 4 before 1. */
export function exitCodeOfRun(record: RunRecord, options: { gate: boolean }): number {
  if (record.status === 'interrupted') return EXIT.interrupted;
  if (
    record.failures.some(({ expected }) => !expected) ||
    record.profiles.some(({ engines }) => engines.some(({ failure }) => failure))
  )
    return EXIT.failed;
  if (!record.summaries.some(({ launches }) => launches.time + launches.memory > 0)) return EXIT.nothing;
  const missed = missedTargets(record).length > 0;
  const leaks = record.profiles.some(({ engines }) => engines.some(({ leaks }) => (leaks?.length ?? 0) > 0));
  return options.gate && (missed || leaks) ? EXIT.gate : EXIT.well;
}

/** The exit code of two versions that were measured in turn; a target that the head misses fails the gate as well. */
export function exitCodeOfVersions(
  { base, head }: { base: RunRecord; head: RunRecord },
  comparison: RunComparison,
  tolerance: number,
): number {
  const codes = [exitCodeOfRun(base, { gate: false }), exitCodeOfRun(head, { gate: true })];
  if (codes.includes(EXIT.interrupted)) return EXIT.interrupted;
  if (codes.includes(EXIT.failed)) return EXIT.failed;
  return exitCodeOfComparison(comparison, tolerance) || (codes.includes(EXIT.gate) ? EXIT.gate : EXIT.well);
}

/**
 * The exit code of a comparison with what was measured before: 4 where no case is on both sides, 1 where one is slower beyond
 * the tolerance. The head's own failures and targets are the affair of its run.
 */
export function exitCodeOfComparison(comparison: RunComparison, tolerance: number): number {
  if (comparison.cases.length === 0) return EXIT.nothing;
  const slower = [...regressions(comparison, tolerance), ...instructionRegressions(comparison, tolerance)];
  return slower.length > 0 ? EXIT.gate : EXIT.well;
}

/** The exit code of two stored runs: 3 where a benchmark failed in the head, 1 for a target that it misses as well. */
export function exitCodeOfStored(head: RunRecord, comparison: RunComparison, tolerance: number): number {
  if (head.failures.some(({ expected }) => !expected)) return EXIT.failed;
  return exitCodeOfComparison(comparison, tolerance) || (missedTargets(head).length > 0 ? EXIT.gate : EXIT.well);
}

/** The exit code of an error that ended the program. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.well : EXIT.usage;
  const usage = [
    UsageError,
    AddonError,
    AlertError,
    CiError,
    DefinitionError,
    SelectionError,
    StoreError,
    VersionError,
    ProfileError,
    DashboardError,
    PushError,
  ];
  return usage.some((kind) => error instanceof kind) || isSystemError(error) ? EXIT.usage : EXIT.failed;
}

/** What a person reads of an error that ended the program. */
export function describeError(error: Error): string {
  return isSystemError(error) ? `Cannot go on: ${error.message}; check the path, its mode and its disk` : error.message;
}

/** A file or folder that this machine refuses: nothing is wrong with a benchmark, and no stack helps. */
function isSystemError(error: unknown): boolean {
  const { syscall, code } = error as NodeJS.ErrnoException;
  return typeof syscall === 'string' && typeof code === 'string';
}
