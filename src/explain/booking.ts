// To whom the time of a sample is booked: what libraries of the system took, they took for a function that has an author.
import { crateOf, type FunctionTable, type ProfiledFunction } from './function-table.js';

/** Origins whose functions work for whoever called them. */
const SERVANTS: ReadonlySet<string> = new Set(['libc', 'kernel', 'v8', 'node', 'native', 'unknown']);
const STANDARD_CRATES: ReadonlySet<string> = new Set(['std', 'core', 'alloc', '__rustc', 'compiler_builtins']);
/** The standard library's sources, for generics whose name begins with a parameter. */
const STANDARD_SOURCE = /^(std|core|alloc|compiler_builtins)\/src\/|^\/rustc\/|^library\//;

/** What is said of one sample. */
export interface Booking {
  owner: number;
  /** The function that was running. */
  leaf: number;
  /** Owners above, the nearest first, each once. */
  callers: number[];
}

/** Books stacks; the collector of garbage is one owner more, whichever of its functions was seen. */
export interface Bookkeeper {
  functions: readonly ProfiledFunction[];
  /** @param stack functions, root first; not empty */
  book(stack: readonly number[]): Booking;
}

/**
 * Time is booked to JavaScript with an author and to Rust outside its standard library. The others (C library, kernel, V8,
 * Node.js, `core`, `alloc`, `std`) serve whoever called them; where nobody did, they own it themselves.
 */
export function bookkeeper(table: FunctionTable): Bookkeeper {
  const collector = table.functions.length;
  const functions = [...table.functions, { name: '(garbage collector)', origin: 'gc' as const }];
  const isOwner = table.functions.map((fn) => fn.origin !== 'gc' && !isServant(fn));
  const isCollecting = table.functions.map(({ origin }) => origin === 'gc');
  return {
    functions,
    book(stack) {
      const position = stack.findLastIndex((fn) => isOwner[fn]);
      const leaf = stack.at(-1) as number;
      const direct = position < 0 ? leaf : (stack[position] as number);
      const owner = stack.slice(position + 1).some((fn) => isCollecting[fn]) ? collector : direct;
      const above = stack.slice(0, owner === collector ? position + 1 : Math.max(0, position));
      const callers = [...new Set(above.filter((fn) => isOwner[fn]).reverse())].filter((fn) => fn !== owner);
      return { owner, leaf: isCollecting[leaf] ? collector : leaf, callers };
    },
  };
}

function isServant({ name, origin, file }: ProfiledFunction): boolean {
  if (origin !== 'rust') return SERVANTS.has(origin);
  return STANDARD_CRATES.has(crateOf(name)) || STANDARD_SOURCE.test(file ?? '');
}
