// What counts as a difference, as flags say it.
import { type CompareOptions, DEFAULT_COMPARE_OPTIONS } from '../compare/index.js';
import { formatPercent, parseQuantity } from '../units/index.js';
import { UsageError } from './usage-error.js';

/** Flags of every verb that compares. */
export interface ComparisonFlags {
  minEffect?: string;
  tolerance?: string;
}

/** @throws UsageError where a flag is no share, or both contradict each other */
export function readComparisonOptions(flags: ComparisonFlags): Pick<CompareOptions, 'minEffect' | 'tolerance'> {
  const tolerance = share('--tolerance', flags.tolerance) ?? DEFAULT_COMPARE_OPTIONS.tolerance;
  const minEffect = share('--min-effect', flags.minEffect);
  // What lies between both would be too small to matter and too large to be overlooked: unclear after any number of launches.
  if (minEffect !== undefined && minEffect > tolerance)
    throw new UsageError(
      `Cannot use --min-effect ${flags.minEffect}: no change above the tolerance of ${formatPercent(tolerance)} is overlooked; raise --tolerance to it as well`,
    );
  return { minEffect: minEffect ?? DEFAULT_COMPARE_OPTIONS.minEffect, tolerance };
}

function share(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number.isFinite(Number(text)) ? Number(text) : percent(text);
  if (value !== undefined && value >= 0 && value < 1) return value;
  throw new UsageError(`Cannot use ${flag} ${text}: it has to be a share from 0 to 1, such as 2% or 0.02`);
}

function percent(text: string): number | undefined {
  try {
    const { value, dimension } = parseQuantity(text);
    return dimension === 'ratio' ? value : undefined;
  } catch {
    return undefined; // The flag's own error says how to write it.
  }
}
