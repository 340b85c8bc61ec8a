// How much of a mixed profile shows which JavaScript called.
import { isJavaScript } from './javascript-frame.js';
import type { Profile } from './profile.js';

/**
 * Share of the samples on JavaScript threads, in [0, 1], with a JavaScript frame in the stack.
 * Samples whose stack could not be unwound count against it.
 *
 * @returns undefined where there is no sample on such a thread
 */
export function javascriptCallerShare({ frames, threads }: Profile): number | undefined {
  const javascript = frames.map(isJavaScript);
  let all = 0;
  let withCaller = 0;
  for (const stack of threads.filter((thread) => thread.javascript).flatMap((thread) => thread.stacks)) {
    all += stack.samples;
    if (stack.frames.some((frame) => javascript[frame])) withCaller += stack.samples;
  }
  return all === 0 ? undefined : withCaller / all;
}
