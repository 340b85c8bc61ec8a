// `forgebench ab`: two versions of the code under test, measured in turn in one run.
import { DEFAULT_COMPARE_OPTIONS } from '../../compare/index.js';
import type { CasePair } from '../../plan/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { exitCodeOfVersions } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { measureVersions, pairUp, prepareVersions, type VersionsFlags } from '../measure-versions.js';
import { sayMissedTargets } from '../missed-targets.js';
import type { OpenedVersion } from '../open-version.js';
import { comparisonOutput, type ShowFlags } from '../show-comparison.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench ab`. */
export interface AbFlags extends VersionsFlags, ComparisonFlags, ShowFlags {
  base: string;
  head: string;
}

/** Compares two versions; returns the exit code. */
export async function ab(selects: string[], flags: AbFlags): Promise<number> {
  const show = comparisonOutput(flags);
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags), settling: flags.settle ?? false };
  const preparation = await prepareVersions(selects, flags);
  const base = await preparation.open(flags.base);
  const head = flags.head === flags.base ? base : await preparation.open(flags.head);
  const pairs = pairUp(base, head);
  refuseNothing(pairs, selects, [base, head]);
  const signal = abortOnInterrupt();

  const { records, comparison } = await measureVersions(preparation, { base, head, pairs }, { options, signal });
  show(comparison, options.tolerance);
  sayMissedTargets(records.head);
  return exitCodeOfVersions(records, comparison, options.tolerance);
}

/** @throws UsageError that says of each version what it has */
function refuseNothing(
  pairs: readonly CasePair[],
  selects: readonly string[],
  versions: readonly OpenedVersion[],
): void {
  if (pairs.length > 0) return;
  const what = selects.length > 0 ? selects.map((each) => `"${each}"`).join(', ') : 'any case';
  const reasons = versions.flatMap(({ spec, selections, leftOut }) => [
    `  ${spec} has ${selections.flatMap(({ cases }) => cases).length} such cases`,
    ...leftOut.map(({ what, reason }) => `    without ${what}: ${reason}`),
  ]);
  throw new UsageError(
    `Cannot compare ${what}: no case is in both versions; select others, or name versions that have them\n${reasons.join('\n')}`,
  );
}
