// How a benchmark grows with its scaling parameter.
import type { Benchmark } from '../definition/index.js';
import { engine } from '../native/index.js';
import type { Parameters } from '../samples/index.js';
import { estimateOf } from './figure.js';
import type { Figure, Growth, Summary } from './summary.js';

/**
 * The growth of one benchmark: one for each combination of its other parameters.
 *
 * @param summaries those of the benchmark's cases that were measured
 */
export function measureGrowth(benchmark: Benchmark, summaries: readonly Summary[], significance: number): Growth[] {
  const parameter = benchmark.scaling;
  if (parameter === undefined) return [];
  const groups = groupByFixed(summaries, parameter);
  return [...groups.values()].map((group) => {
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
  // A size of zero has no logarithm; it is shown as a point and left out of the slope.
  const sized = summaries.filter((summary) => Number(summary.parameters[parameter]) > 0);
  const launches = Math.min(...sized.map(({ launchMediansNs }) => launchMediansNs.length));
  if (sized.length < 3) return { missing: `growth needs three sizes, ${sized.length} have a figure` };
  const sizes = Float64Array.from(sized, (summary) => Number(summary.parameters[parameter]));
  const estimates = Float64Array.from(sized.flatMap(({ launchMediansNs }) => launchMediansNs.slice(0, launches)));
  const { missing, value, low, high } = engine().growthExponent(sizes, estimates, launches, 1 - significance);
  return missing === undefined ? { estimate: { value, low, high } } : { missing };
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
