// Instructions are counted by valgrind, which not every machine has.
import { probeValgrind } from '../run/index.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError before anything is measured, where valgrind is missing or cannot run a program */
export function requireValgrind(): void {
  const { status, found, fix } = probeValgrind();
  if (status === 'ok') return;
  throw new UsageError(`Cannot count instructions: valgrind is ${found}; ${fix}, or run without --instructions`);
}
