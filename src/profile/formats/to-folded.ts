// Folded stacks: the format that every flame graph program reads and that text tools can compare.
import type { Profile, ThreadProfile } from '../profile.js';

/**
 * One line for each distinct stack: thread and function names from the root on, joined by `;`, then
 * a blank and the weight. Lines are sorted, so that equal profiles give equal text.
 *
 * Tier, file and line are left out: a function is the same after it was optimised or moved. So are origin, unit and the
 * number of samples, for which the format has no place. A thread without a name gives no entry.
 *
 * @returns text ending in a newline; empty for a profile without samples
 */
export function toFolded({ frames, threads }: Profile): string {
  const names = frames.map(({ name }) => plain(name));
  const weights = new Map<string, number>();
  for (const thread of threads) {
    for (const stack of thread.stacks) {
      const path = stack.frames.map((frame) => names[frame] as string);
      const line = thread.name === '' && path.length > 0 ? path.join(';') : [threadName(thread), ...path].join(';');
      weights.set(line, (weights.get(line) ?? 0) + stack.weight);
    }
  }
  const lines = [...weights].map(([stack, weight]) => `${stack} ${Math.round(weight)}\n`);
  return lines.sort().join('');
}

/** V8's helpers share the name of the thread that runs JavaScript. */
function threadName({ name, javascript }: ThreadProfile): string {
  return plain(javascript ? name || 'JavaScript' : `${name || 'thread'} (no JavaScript)`);
}

/** `;` ends a frame, a newline ends a stack, and the last blank stands before the weight. */
function plain(name: string): string {
  return name.replaceAll(';', ':').replaceAll(/\s+/g, ' ').trim() || '(anonymous)';
}
