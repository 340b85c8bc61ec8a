// Counts are exact only over the same iterations: what is done once weighs less among more of them.
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';

/** Iterations whose instructions were counted, by case. */
export type CountedIterations = ReadonlyMap<string, number>;

/** Asks each launch that counts instructions for as many iterations as the first one of its case has counted. */
export interface IterationsRepeater {
  /** Takes note of what a launch counted. */
  made(record: LaunchRecord): void;
  /** The request with the number of iterations, where one is known. */
  amend(request: LaunchRequest): LaunchRequest;
}

/**
 * A repeater for one run.
 *
 * @param earlier iterations of the run that this one will be compared with
 */
export function repeatIterations(earlier: CountedIterations = new Map()): IterationsRepeater {
  const known = new Map(earlier);
  return {
    made({ caseId, outcome }) {
      if (outcome.status !== 'ok' || outcome.result.kind !== 'instructions' || outcome.result.counted === null) return;
      known.set(caseId, outcome.result.counted.iterations);
    },
    amend(request) {
      const iterations = request.kind === 'instructions' ? known.get(request.caseId) : undefined;
      return iterations === undefined ? request : { ...request, iterations };
    },
  };
}
