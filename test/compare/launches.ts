// Seeded launches for tests of verdicts.
import { generator } from '../../scripts/random.js';

/** Draws launches that differ by factors around a level, with a standard deviation as a share of it. */
export function launchesOf(seed: number): (level: number, deviation: number, count: number) => number[] {
  const random = generator(seed);
  // Above 0, of which there is a logarithm.
  const next = () => random() + 2 ** -33;
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  return (level, deviation, count) => Array.from({ length: count }, () => level * Math.exp(deviation * normal()));
}
