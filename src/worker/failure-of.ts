// What a workload's error becomes in the outcome of a launch.
import type { LaunchFailure } from '../samples/index.js';
import { describeThrown } from './describe-thrown.js';
import { LaunchError } from './launch-error.js';

/**
 * The failure that `error` stands for: that of a `LaunchError`, or whatever else the workload threw.
 *
 * @example
 * failureOf(new TypeError('no tree')) // { reason: 'error', message: 'TypeError: no tree at build (…)' }
 */
export function failureOf(error: unknown): LaunchFailure {
  if (error instanceof LaunchError) return { reason: error.reason, message: error.message };
  return { reason: 'error', message: describeThrown(error) };
}
