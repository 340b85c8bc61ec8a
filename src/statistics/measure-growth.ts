// How a benchmark grows with its scaling parameter.
import type { Benchmark } from '../definition/index.js';
import { engine } from '../native/index.js';
import type { Parameters } from '../samples/index.js';
import { estimateOf } from './figure.js';
import type { Figure, Growth, Summary } from './summary.js';

/** Fewer points than this make a line of any slope. */
const SIZES = 3;

/**
 * The growth of one benchmark: one for each combination of its other parameters that was measured at three sizes or
 * more; fewer were never meant to show growth, or only some of them were selected.
 *
 * @param summaries those of the benchmark's cases that were selected, finished or failed
 */
export function measureGrowth(benchmark: Benchmark, summaries: readonly Summary[], significance: number): Growth[] {
  const parameter = benchmark.scaling;
  if (parameter === undefined) return [];
  const groups = [...groupByFixed(summaries, parameter).values()];
  const followed = groups.filter((group) => group.filter((each) => hasSize(each, parameter)).length >= SIZES);
  return followed.map((group) => {
    const sorted = group.toSorted((a, b) => Number(a.parameters[parameter]) - Number(b.parameters[parameter]));
    const measured = sorted.filter(({ p50 }) => estimateOf(p50) !== undefined);
    return {
      benchmarkId: benchmark.id,
      parameter,
      fixed: fixedParameters((group[0] as Summary).parameters, parameter),
      points: measured.map((summary) => ({
        size: Number(summary.parameters[parameter]),
        caseId: summary.caseId,
        p50: estimateOf(summary.p50) as NonNullable<ReturnType<typeof estimateOf>>,
      })),
      exponent: exponent(measured, parameter, significance),
    };
  });
}

function exponent(summaries: readonly Summary[], parameter: string, significance: number): Figure {
  const sized = summaries.filter((summary) => hasSize(summary, parameter));
  const launches = Math.min(...sized.map(({ launchMediansNs }) => launchMediansNs.length));
  if (sized.length < SIZES) return { missing: `growth needs three sizes, ${sized.length} have a figure` };
  const sizes = Float64Array.from(sized, (summary) => Number(summary.parameters[parameter]));
  const estimates = Float64Array.from(sized.flatMap(({ launchMediansNs }) => launchMediansNs.slice(0, launches)));
  const { missing, value, low, high } = engine().growthExponent(sizes, estimates, launches, 1 - significance);
  return missing === undefined ? { estimate: { value, low, high } } : { missing };
}

/** A size of zero has no logarithm; it is shown as a point and left out of the slope. */
function hasSize({ parameters }: Summary, parameter: string): boolean {
  return Number(parameters[parameter]) > 0;
}

function groupByFixed(summaries: readonly Summary[], parameter: string): Map<string, Summary[]> {
  const groups = new Map<string, Summary[]>();
  for (const summary of summaries) {
    const key = JSON.stringify(fixedParameters(summary.parameters, parameter));
    groups.set(key, [...(groups.get(key) ?? []), summary]);
  }
  return groups;
}

function fixedParameters(parameters: Parameters, scaling: string): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== scaling));
}
