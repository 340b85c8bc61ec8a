// How often to draw again, and from which seed.
import { wholeNumber } from './arguments.js';

/** How often to resample. Results depend on nothing but the values and these. */
export interface Resampling {
  /** From 1 to 100 million; 10,000 where nothing is said. */
  resamples?: number;
  /** A whole number in [0, 2^53]; 1 where nothing is said. */
  seed?: number;
  /** Threads that share the work, from 1 to 1,024; the result is the same for any number. 1 where nothing is said. */
  threads?: number;
}

// Each takes 8 bytes: more than 0.8 GB of them would end the process where there is no more memory.
const RESAMPLES = { least: 1, most: 1e8, noun: 'resamples' };
const SEED = { least: 0, most: 2 ** 53, noun: 'as seed' };
// Each is a thread of the operating system, which gives a process some thousands.
const THREADS = { least: 1, most: 1024, noun: 'threads' };

/**
 * The options with what was not said.
 *
 * @throws RangeError where one is out of range
 */
export function resampling(
  action: string,
  { resamples = 10_000, seed = 1, threads = 1 }: Resampling,
): Required<Resampling> {
  return {
    resamples: wholeNumber(action, resamples, RESAMPLES),
    seed: wholeNumber(action, seed, SEED),
    threads: wholeNumber(action, threads, THREADS),
  };
}
