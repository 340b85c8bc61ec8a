// What is known of each case while its run goes on, launch by launch.
import type { LaunchRecord, LaunchRequest, Side, Timing } from '../../samples/index.js';
import { areTimedAlone, type Figure, figureOfLaunches, typicalNs } from '../../statistics/index.js';
import type { PlanFile } from '../../store/index.js';
import type { LiveCase } from './live-run.js';

/** Cases that launches are added to. */
export interface LiveCases {
  add(record: LaunchRecord): void;
  /** All cases of a plan, in the order of its benchmarks. */
  of(file: PlanFile): LiveCase[];
}

type Counted = Omit<LiveCase, 'planned'> & { timings: Timing[] };

const NOTHING: Figure = { missing: 'no launch finished' };

/** Starts without any launch. */
export function liveCases(): LiveCases {
  const counted = new Map<string, Counted>();
  const dirty = new Set<Counted>();
  return {
    add(record) {
      const key = keyOf(record);
      const known = counted.get(key) ?? empty(record);
      counted.set(key, known);
      if (addTo(known, record)) dirty.add(known);
    },
    of(file) {
      for (const each of dirty) each.p50 = p50Of(each.timings, file.plan.settings.significance);
      dirty.clear();
      return [...plannedIn(file).values()].map(({ caseId, side, planned }) => {
        const { timings: _, ...each } = counted.get(keyOf({ caseId, side })) ?? empty({ caseId, side });
        return { ...each, planned };
      });
    },
  };
}

interface Place {
  caseId: string;
  side?: Side | undefined;
}

function keyOf({ caseId, side }: Place): string {
  return `${side ?? ''} ${caseId}`;
}

function empty({ caseId, side }: Place): Counted {
  return { caseId, side, made: 0, failed: 0, samples: 0, p50: NOTHING, timings: [] };
}

/** Returns whether the times of the case have changed. */
function addTo(counted: Counted, { outcome }: LaunchRecord): boolean {
  counted.made += 1;
  if (outcome.status === 'failed') {
    counted.failed += 1;
    counted.failure = `${outcome.failure.reason}: ${outcome.failure.message}`;
    return false;
  }
  if (outcome.result.kind !== 'time') return false;
  counted.samples += outcome.result.samplesNs.length;
  // The typical time stands for its samples, so that a long run does not fill the memory.
  counted.timings.push({ ...outcome.result, samplesNs: [typicalNs(outcome.result, false)], latency: undefined });
  return true;
}

function p50Of(timings: readonly Timing[], significance: number): Figure {
  const alone = areTimedAlone(timings);
  const typical = timings.map((timing) => typicalNs(timing, alone));
  return figureOfLaunches(typical, significance);
}

/** Launches in the plan by case and side; cases in the order of the benchmarks, as plans have them mixed. */
function plannedIn({ benchmarks, plan }: PlanFile): Map<string, Place & { planned: number }> {
  const order = new Map(benchmarks.flatMap(({ cases }) => cases).map(({ id }, index) => [id, index]));
  const place = ({ caseId }: LaunchRequest) => order.get(caseId) ?? order.size;
  const sorted = plan.requests.toSorted((a, b) => place(a) - place(b) || (a.side ?? '').localeCompare(b.side ?? ''));
  const planned = new Map<string, Place & { planned: number }>();
  for (const { caseId, side } of sorted) {
    const known = planned.get(keyOf({ caseId, side })) ?? { caseId, side, planned: 0 };
    known.planned += 1;
    planned.set(keyOf(known), known);
  }
  return planned;
}
