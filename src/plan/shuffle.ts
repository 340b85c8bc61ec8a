// A seeded order, so that a plan can be made again exactly.

/**
 * The items in a random order that depends on the seed alone: Fisher–Yates with SplitMix32 (Steele, Lea & Flood,
 * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
 *
 * @param seed an integer in [0, 2^32)
 * @example
 * shuffle(['a', 'b', 'c'], 7) // the same order every time
 */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = splitMix32(seed);
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
