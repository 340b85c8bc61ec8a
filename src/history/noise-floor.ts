// How far two runs of the same code lie apart: what a case's own history says of its noise.
import type { Series, SeriesPoint } from '../store/index.js';
import { identityOf } from './identity-of.js';

/** Fewer pairs of runs tell too little of what the next pair will do. */
const FEWEST_PAIRS = 3;

/**
 * The noise floor of a case: the root mean square of the differences between successive runs of the same code on the same
 * machine, as a share, the largest one left out, because one bad day says nothing of the others.
 *
 * @param series one machine's runs of a case, the oldest first, all values above zero
 * @returns null where fewer than three pairs of runs have run the same code
 * @example
 * noiseFloor(series); // 0.021: two runs of the same code typically lie 2.1 % apart
 */
export function noiseFloor({ points }: Series): number | null {
  const latest = new Map<string, SeriesPoint>();
  const squares: number[] = [];
  for (const point of points) {
    const code = identityOf(point);
    const before = latest.get(code);
    if (before) squares.push(Math.log(point.value / before.value) ** 2);
    latest.set(code, point);
  }
  if (squares.length < FEWEST_PAIRS) return null;
  const kept = squares.sort((a, b) => a - b).slice(0, -1);
  return Math.expm1(Math.sqrt(kept.reduce((sum, square) => sum + square, 0) / kept.length));
}
