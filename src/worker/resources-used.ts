// What the meters in Rust say, in the form of the wire.
import type { engine } from '../native/index.js';
import type { Resources, Timing } from '../samples/index.js';
import type { LoopSeen } from './watch-loop.js';

type Used = ReturnType<InstanceType<ReturnType<typeof engine>['ResourceMeter']>['finish']>;

/** CPU time and resources of a stretch, of which the event loop saw `loop`. */
export function resourcesUsed(
  { userNs, systemNs, wallNs, io, ...rest }: Used,
  loop: LoopSeen,
): { cpu: Timing['cpu']; resources: Resources } {
  return { cpu: { userNs, systemNs, wallNs }, resources: { ...rest, io: io ?? null, ...loop } };
}
