// Waiting for another writer of a file of SQLite without stopping the program.
import { setTimeout } from 'node:timers/promises';

/** How long to wait for another writer in all, milliseconds. */
const PATIENCE_MS = 10_000;
/** The longest pause between two attempts, milliseconds; a random part of it, so that two do not keep in step. */
const PAUSE_MS = 50;

/**
 * Does something again while another connection is writing. SQLite itself would wait within one call, in which no other
 * connection of this program could finish.
 *
 * @param work begins with writing, and has no effect where it is refused
 */
export async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  for (const started = Date.now(); ; await setTimeout(PAUSE_MS * Math.random())) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() - started > PATIENCE_MS) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? '');
}
