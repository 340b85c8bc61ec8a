// Units of time as files name them.
import type { Unit } from '../profile.js';

/** By the name in a file: the unit of the model, and how many of it one is. */
export const TIME_UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  nanoseconds: ['nanoseconds', 1],
  microseconds: ['nanoseconds', 1e3],
  milliseconds: ['nanoseconds', 1e6],
  seconds: ['nanoseconds', 1e9],
};
