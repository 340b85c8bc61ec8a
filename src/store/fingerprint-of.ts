// The hash of what is known of a machine.
import { createHash } from 'node:crypto';
import type { Machine } from './stored-run.js';

/** Sixteen hex digits, as those that an environment has. */
export function fingerprintOf(machine: Machine): string {
  return createHash('sha256').update(JSON.stringify(machine)).digest('hex').slice(0, 16);
}
