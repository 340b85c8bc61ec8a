// Where work would pay, from what runs have stored already.
import { bookedWeights } from '../explain/index.js';
import { type Origin, type Profile, totalWeight } from '../profile/index.js';
import type { Growth } from '../statistics/index.js';
import type { StoredRun } from '../store/index.js';

/** The function that took most of a case's time, with what the runtime and the system did for it. */
export interface HotFunction {
  caseId: string;
  name: string;
  origin: Origin;
  file?: string;
  line?: number;
  /** Of all samples of the profile, in [0, 1]. */
  share: number;
}

/** What a case asks of the allocator. */
export interface Churn {
  caseId: string;
  /** Of each operation; null where only bytes were counted. */
  allocations: number | null;
  bytes: number;
  /** Bytes that would be allocated in a second of doing nothing else. */
  bytesPerSecond: number;
}

/** Code that somebody could change; the rest belongs to the runtime and the system. */
const CHANGEABLE: readonly Origin[] = ['user', 'node_modules', 'rust', 'native'];

/**
 * The hottest function of a profile of time; undefined where it has none that somebody could change. Time is booked as in
 * explanations, because what a function calls of V8 or of the system is where it can be changed.
 */
export function hottestFunction(caseId: string, profile: Profile): HotFunction | undefined {
  const total = totalWeight(profile);
  if (profile.unit !== 'nanoseconds' || total === 0) return undefined;
  const hottest = bookedWeights(profile).find(({ fn, weight }) => CHANGEABLE.includes(fn.origin) && weight > 0);
  return hottest && { caseId, ...hottest.fn, share: hottest.weight / total };
}

/** The cases of a run that allocate, those first that would keep the allocator busiest. */
export function churnOf({ cases }: Pick<StoredRun, 'cases'>): Churn[] {
  const churn = cases.flatMap(({ id, figures }): Churn[] => {
    const [bytes, time] = [figures['allocated-bytes']?.value ?? 0, figures.p50?.value ?? 0];
    if (bytes <= 0 || time <= 0) return [];
    return [
      { caseId: id, allocations: figures.allocations?.value ?? null, bytes, bytesPerSecond: (bytes / time) * 1e9 },
    ];
  });
  return churn.sort((a, b) => b.bytesPerSecond - a.bytesPerSecond);
}

/** Growth that is surely faster than its parameter, the fastest first. */
export function steepGrowth(growth: readonly Growth[]): Growth[] {
  const exponent = ({ exponent: figure }: Growth) => ('estimate' in figure ? figure.estimate : { value: 0, low: 0 });
  return growth.filter((each) => exponent(each).low > 1).sort((a, b) => exponent(b).value - exponent(a).value);
}
