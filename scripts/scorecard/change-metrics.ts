// How well found change points agree with those that people marked.
import { mean } from './mean.js';

/** Points by which a found change may miss a marked one. */
const MARGIN = 5;

/**
 * F1 of change points: precision over all annotators' points together, recall averaged over annotators. Index 0 is a
 * change point of everybody.
 *
 * Source: van den Burg & Williams, "An Evaluation of Change Point Detection Algorithms", 2020, 3.1 (TCPDBench).
 *
 * @example
 * f1([[], [10], [50]], [10]); // 0.909…
 */
export function f1(annotations: readonly (readonly number[])[], found: readonly number[]): number {
  const predicted = withStart(found);
  const marked = annotations.map(withStart);
  const all = [...new Set(marked.flat())].sort((one, other) => one - other);
  const precision = matches(all, predicted) / predicted.length;
  const recalls = marked.map((points) => matches(points, predicted) / points.length);
  const recall = mean(recalls);
  return (2 * precision * recall) / (precision + recall);
}

/**
 * Covering: how much of each marked segment one found segment covers (Jaccard index), weighted by length, averaged over
 * annotators.
 *
 * Source: as {@link f1}; Arbelaez et al., IEEE TPAMI 33 (2011).
 *
 * @example
 * covering([[], [10], [40]], [10], 45); // 0.795…
 */
export function covering(annotations: readonly (readonly number[])[], found: readonly number[], count: number): number {
  const predicted = segments(found, count);
  const each = annotations.map((points) =>
    segments(points, count).reduce(
      (sum, part) => sum + (part.end - part.start) * Math.max(...predicted.map((other) => jaccard(part, other))),
      0,
    ),
  );
  return mean(each) / count;
}

function withStart(points: readonly number[]): number[] {
  return [...new Set([0, ...points])].sort((one, other) => one - other);
}

/** How many marked points a found one lies close to, each found one used once. */
function matches(marked: readonly number[], found: readonly number[]): number {
  const left = new Set(found);
  let count = 0;
  for (const point of marked) {
    const near = [...left].filter((each) => Math.abs(each - point) <= MARGIN);
    const nearest = near.sort((one, other) => Math.abs(one - point) - Math.abs(other - point))[0];
    if (nearest === undefined) continue;
    left.delete(nearest);
    count++;
  }
  return count;
}

interface Segment {
  start: number;
  end: number;
}

function segments(points: readonly number[], count: number): Segment[] {
  const starts = withStart(points).filter((start) => start < count);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? count }));
}

function jaccard(one: Segment, other: Segment): number {
  const shared = Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
  return shared / (one.end - one.start + other.end - other.start - shared);
}
