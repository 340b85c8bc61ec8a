// Targets against figures: met or missed only where the whole interval says so.
import { type Benchmark, type Case, hasParameters, type Target } from '../definition/index.js';
import { estimateOf } from './figure.js';
import type { Estimate, Figure, Summary, TargetResult, TargetStatus } from './summary.js';

type Figures = Pick<Summary, 'p50' | 'p95' | 'p99' | 'throughput'> & {
  memory: Pick<Summary['memory'], 'growthBytes' | 'liveGrowth' | 'leftBytes' | 'peakBytes' | 'retainedBytes'>;
  busy: Figure;
  own?: Summary['figures'];
};

/** The benchmark's targets for one of its cases. */
export function checkTargets(benchmark: Benchmark, each: Case, figures: Figures): TargetResult[] {
  return benchmark.targets.map((target) => ({
    target,
    applies: hasParameters(each.parameters, target.where),
    status: status(target, figureOf(target, figures)),
  }));
}

/** The figure that a target speaks of. */
export function figureOf({ metric, figure = '' }: Target, figures: Figures): Figure {
  switch (metric) {
    case 'figure':
      return figures.own?.[figure] ?? { missing: `the workload tells no "${figure}"` };
    case 'growth':
      return figures.memory.growthBytes;
    case 'live-growth':
      return figures.memory.liveGrowth;
    case 'leak':
      return figures.memory.leftBytes;
    case 'peak':
      return figures.memory.peakBytes;
    case 'retained':
      return figures.memory.retainedBytes;
    default:
      return figures[metric];
  }
}

function status(target: Target, figure: Figure): TargetStatus {
  const estimate = estimateOf(figure);
  return estimate ? judge(target, estimate) : 'unclear';
}

/** On which side of a limit an interval lies; `unclear` where the limit lies within. */
export function judge(
  { relation, limit }: { relation: '<' | '>'; limit: number },
  { low, high }: Estimate,
): TargetStatus {
  const [met, missed] = relation === '<' ? [high < limit, low >= limit] : [low > limit, high <= limit];
  if (met) return 'met';
  return missed ? 'missed' : 'unclear';
}
