// Which functions asked for memory: the innermost that belong to the code under test, not to what it is built upon.
import type { Frame, Profile } from '../../profile/index.js';

/** As many as a sentence can name. */
const NAMED = 3;
/** Rust that asks for memory on behalf of others. Inlined functions have no path, so they are nobody's. */
const LIBRARIES = /^<?&?(alloc|core|std|hashbrown|triomphe|archery|__rust\w*|__rdl\w*)(::|$)/;
/** An inlined closure is told with its crate alone; the function around it says more. */
const NAMELESS = /^\w+::\{closure#\d+\}$/;
const ELSEWHERE = '(forgebench and Node.js)';

/** The functions that asked for most, most first; bytes are those of a profile in bytes, or calls of one in allocations. */
export function topSites({ frames, threads }: Profile, most = NAMED): { name: string; bytes: number }[] {
  const sites = new Map<string, number>();
  for (const { frames: stack, weight } of threads.flatMap(({ stacks }) => stacks)) {
    const name = stack.map((index) => frames[index] as Frame).findLast(isSite)?.name ?? ELSEWHERE;
    sites.set(name, (sites.get(name) ?? 0) + weight);
  }
  return [...sites]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, most);
}

function isSite({ name, origin }: Frame): boolean {
  if (origin === 'rust') return /^[^<]*::|^</.test(name) && !LIBRARIES.test(name) && !NAMELESS.test(name);
  return origin === 'user' || origin === 'node_modules';
}
