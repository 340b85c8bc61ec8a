// How much of a mixed profile lost its JavaScript caller because a stack was deeper than what was copied of it.
import { isJavaScript } from './javascript-frame.js';
import type { Profile } from './profile.js';

/** The frame that stands for callers which a cut stack lost, as `native/symbols` names it. */
export const LOST_CALLERS = '[callers not recorded]';

/** Share of the samples on JavaScript threads, in [0, 1], that ends before any JavaScript; 0 where there is no sample. */
export function cutStackShare({ frames, threads }: Profile): number {
  const javascript = frames.map(isJavaScript);
  const stacks = threads.filter((thread) => thread.javascript).flatMap((thread) => thread.stacks);
  const isCut = (stack: readonly number[]) =>
    frames[stack[0] ?? -1]?.name === LOST_CALLERS && !stack.some((frame) => javascript[frame]);
  const count = (some: typeof stacks) => some.reduce((sum, { samples }) => sum + samples, 0);
  const all = count(stacks);
  return all === 0 ? 0 : count(stacks.filter(({ frames: stack }) => isCut(stack))) / all;
}
