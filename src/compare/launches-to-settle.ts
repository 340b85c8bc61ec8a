// Which cases are launched again, and how often, while a comparison is settled.
import type { LaunchComparison } from './compare-launches.js';
import { settlingStages } from './verdict.js';

/**
 * Further launches of unclear cases, by id: as many as lead to the next of 5, 10, 15 and 25, and of duets 50. What is
 * still unclear with the last stays so.
 *
 * @param inTurns whether the launches are duets
 *
 * @example
 * launchesToSettle(comparison); // Map { 'model/node-create[attributes=3,via=new]' => 5 }
 */
export function launchesToSettle({ cases, machineState }: LaunchComparison, inTurns = false): Map<string, number> {
  if (machineState !== null) return new Map(); // More launches of one side bring the other state not back.
  const unclear = cases.filter(({ verdict, moreLaunches }) => verdict === 'unclear' && moreLaunches > 0);
  return new Map(
    unclear.flatMap(({ id, launches: { head } }) => {
      const stage = settlingStages(inTurns).find((each) => each > head);
      return head === 0 || stage === undefined ? [] : [[id, stage - head] as const];
    }),
  );
}
