// A launch without a result, with its reason.
import type { LaunchFailure } from '../samples/index.js';

/** Thrown inside a worker; becomes the record's failure. */
export class LaunchError extends Error {
  override name = 'LaunchError';
  readonly reason: LaunchFailure['reason'];

  constructor(reason: LaunchFailure['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
