// Seeded launches for tests of verdicts.

/** Numbers in (0, 1): mulberry32, which fits a test and needs no package. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Draws launches that differ by factors around a level, with a standard deviation as a share of it. */
export function launchesOf(seed: number): (level: number, deviation: number, count: number) => number[] {
  const next = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  return (level, deviation, count) => Array.from({ length: count }, () => level * Math.exp(deviation * normal()));
}
