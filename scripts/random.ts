// Numbers by chance that are the same each time.

/** Numbers in [0, 1) by Tommy Ettinger's generator mulberry32. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal noise of deviation 1 around 0, by the method of Box and Muller (1958). */
export function normals(seed: number): () => number {
  const random = generator(seed);
  return () => normal(random);
}

/** One number of such noise from numbers in [0, 1). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
