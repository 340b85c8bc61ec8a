// Which cases are launched again, and how often, while a comparison is settled.
import type { LaunchComparison } from './compare-launches.js';
import { SETTLING_STAGES } from './verdict.js';

/**
 * Further launches of unclear cases, by id: as many as lead to the next of 5, 10, 15 and 25. What is still unclear with
 * 25 stays so.
 *
 * @example
 * launchesToSettle(comparison); // Map { 'model/node-create[attributes=3,via=new]' => 5 }
 */
export function launchesToSettle({ cases, machineState }: LaunchComparison): Map<string, number> {
  if (machineState !== null) return new Map(); // More launches of one side bring the other state not back.
  const unclear = cases.filter(({ verdict }) => verdict === 'unclear');
  return new Map(
    unclear.flatMap(({ id, launches: { head } }) => {
      const stage = SETTLING_STAGES.find((each) => each > head);
      return head === 0 || stage === undefined ? [] : [[id, stage - head] as const];
    }),
  );
}
