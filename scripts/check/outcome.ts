// What a step of the check found, and how the last line counts it.

/** How one step ended. */
export interface Outcome {
  /** Sentences for a person; none where all is well. */
  problems: string[];
  /** Tests that passed, failed or were left out, where the step ran any. */
  tests?: TestCounts;
  /** Why the whole step was left out; it counts as one left-out test. */
  skipped?: string;
}

/** Numbers of tests. */
export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Left-out tests whose title says that this machine's hardware is the reason are no one's fault. */
const EXCUSED = '[hardware]';

/** What a person reads last. */
export interface Verdict extends TestCounts {
  /** 0 where everything passed and at least one test ran. */
  exitCode: number;
}

/** Sums up. A step that found problems without naming failed tests counts as one failed test. */
export function sumUp(outcomes: readonly Outcome[]): Verdict {
  const sum = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const passed = sum((outcome) => outcome.tests?.passed ?? 0);
  const failed = sum(({ tests, problems }) => Math.max(tests?.failed ?? 0, problems.length > 0 ? 1 : 0));
  const skipped = sum(({ tests, skipped: reason }) => (tests?.skipped ?? 0) + (reason === undefined ? 0 : 1));
  return { passed, failed, skipped, exitCode: failed === 0 && passed > 0 ? 0 : 1 };
}

/**
 * Turns left-out tests into failures where everything that Debian or a registry provides has been installed.
 *
 * @param titles Full names of tests that were left out.
 * @param strict Whether this is such a machine: `CI=true`.
 */
export function judgeSkipped(titles: readonly string[], strict: boolean): string[] {
  if (!strict) return [];
  return titles
    .filter((title) => !title.includes(EXCUSED))
    .map((title) => `left out although CI=true: ${title}; install what it needs, or put ${EXCUSED} into its title`);
}
