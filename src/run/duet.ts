// Two launches at one time, which take turns: what a machine does to one of them, it does to the other.
import { closeSync, writeSync } from 'node:fs';
import { engine } from '../native/index.js';
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import { type LaunchOptions, launch } from './launch.js';

/** Both launches of one case, the one that begins first. */
export type Pair = readonly [LaunchRequest, LaunchRequest];

/** The turn, from no core in particular. */
const TURN = Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 0);
/** As a launch gets them, after its wire. */
const [WAIT, PASS] = [4, 5];
/**
 * How long a turn lasts where iterations are shorter. The more often launches alternate, the more of what the machine does
 * is in both; a change of turns takes some 50 µs, and finds its caches full of what the other had in them.
 */
const TURN_NS = 2e6;
/** Each waits for the other, and a partner that hangs has to be given up before the launch itself counts as hung. */
const TIMES_AS_LONG = 3;

/**
 * Makes both launches. Set-up runs at one time, everything else in turns; where one ends early, the other goes on alone.
 *
 * @param optionsOf how each is started; they share no folder
 * @returns both records, in the order of the pair
 */
export async function launchDuet(
  [first, second]: Pair,
  optionsOf: (request: LaunchRequest) => LaunchOptions,
): Promise<[LaunchRecord, LaunchRecord]> {
  const [toFirst, toSecond] = [engine().openPipe(), engine().openPipe()];
  writeSync(toFirst.write, TURN); // The first begins.
  const records = [
    launch(inTurn(first), { ...optionsOf(first), descriptors: [toFirst.read, toSecond.write] }),
    launch(inTurn(second), { ...optionsOf(second), descriptors: [toSecond.read, toFirst.write] }),
  ] as const;
  // Both processes are started by now. Only they hold the pipes, so that each sees the end of the other.
  for (const end of [toFirst.read, toFirst.write, toSecond.read, toSecond.write]) closeSync(end);
  return Promise.all(records);
}

function inTurn(request: LaunchRequest): LaunchRequest {
  const { timeoutMs, samples, measureNs } = request;
  return {
    ...request,
    samples: Math.max(samples, Math.ceil(measureNs / TURN_NS)),
    turns: { wait: WAIT, pass: PASS, patienceMs: timeoutMs },
    timeoutMs: TIMES_AS_LONG * timeoutMs,
  };
}
