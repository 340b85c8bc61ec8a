// Times of one case on both sides that were taken in the same way.
import type { Side } from '../samples/index.js';
import { estimateOf, type Summary } from '../statistics/index.js';

/**
 * One time for each launch of both sides. Where operations are about as long as a clock allows, one run times them alone and
 * another does not. A batch has in it what single operations are spared, collections of garbage and other programs, so that the
 * two differ by more than any tolerance, by 200 % on a busy machine: batches are what both sides have.
 *
 * @param inTurns whether the sides took turns; their ratios are those of batches
 */
export function commonTimes(pair: Record<Side, Summary>, inTurns: boolean): Record<Side, number[]> {
  const { base, head } = pair;
  if (!inTurns && isTimedAlone(base) === isTimedAlone(head))
    return { base: base.launchMediansNs, head: head.launchMediansNs };
  return {
    base: base.batchMediansNs ?? base.launchMediansNs,
    head: head.batchMediansNs ?? head.launchMediansNs,
  };
}

/** Older runs have kept no batches beside single operations. */
function isTimedAlone({ batchMediansNs, p95 }: Summary): boolean {
  return batchMediansNs !== undefined || estimateOf(p95) !== undefined;
}
