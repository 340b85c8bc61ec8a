// How the time below calls into addons divides between the border and the code behind it, as a mixed profile shows it.
import type { Frame, Profile } from '../profile.js';

/** Weight of the samples below the callback of one exported function. */
export interface BorderTime {
  /** In the function's own code and what that calls, nanoseconds. */
  insideNs: number;
  /** In arguments and results being converted, in napi and in V8 on its behalf. */
  borderNs: number;
}

/** What napi-rs calls the function that node calls for `name`. */
const CALLBACK = /([A-Za-z0-9_]+)_c_callback$/;
/** Conversion, on the Rust side and in node. */
const BORDER = /^<?(napi(_|::|$)|v8impl::)|\bas napi::/;
/** Generic code that stands under conversions and bodies alike tells nothing. */
const GENERIC = /^<?(core|alloc|std)::/;

/**
 * Divides the time of JavaScript threads by exported functions, under the names of their Rust functions. A sample counts
 * as inside where the addon's own code is in the stack below the callback and no napi function below that.
 */
export function borderTime({ frames, threads }: Profile): Map<string, BorderTime> {
  const callbacks = frames.map(({ name }) => CALLBACK.exec(name)?.[1]);
  const border = frames.map(({ name }) => BORDER.test(name));
  const own = frames.map((frame) => isOwn(frame));
  const times = new Map<string, BorderTime>();
  for (const { frames: stack, weight } of threads
    .filter(({ javascript }) => javascript)
    .flatMap(({ stacks }) => stacks)) {
    const at = stack.findLastIndex((frame) => callbacks[frame] !== undefined);
    if (at === -1) continue;
    const name = callbacks[stack[at] as number] as string;
    const time = times.get(name) ?? { insideNs: 0, borderNs: 0 };
    times.set(name, time);
    const below = stack.slice(at + 1);
    const lastOwn = below.findLastIndex((frame) => own[frame]);
    const lastBorder = below.findLastIndex((frame) => border[frame]);
    if (lastOwn > lastBorder) time.insideNs += weight;
    else time.borderNs += weight;
  }
  return times;
}

function isOwn({ name, origin }: Frame): boolean {
  return origin === 'rust' && !BORDER.test(name) && !GENERIC.test(name) && !CALLBACK.test(name);
}
