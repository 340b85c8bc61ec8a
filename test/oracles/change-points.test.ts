// The engine's detectors find what ruptures and Apache Otava find, on seeded random series.
import { describe, expect, it } from 'vitest';
import { generator } from '../../scripts/random.js';
import { engine } from '../../src/native/index.js';
import { INSTALL_TIMEOUT_MS, type Oracle, pythonWith } from './python.js';

const ruptures = pythonWith(['ruptures==1.1.10', 'scipy==1.17.1', 'numpy==2.4.6']);
const otava = pythonWith(['apache-otava==0.8.0', 'numpy==2.2.0']);
for (const oracle of [ruptures, otava]) if ('missing' in oracle) process.stderr.write(`${oracle.missing}\n`);

/** Skips itself where the packages cannot be had; with `CI=true` this file has failed before. */
const comparedWith = (oracle: Oracle) => ('missing' in oracle ? it.skip : it);

interface Question {
  series: number[];
  penalty: number;
  shortest: number;
  window: number;
  significance: number;
  magnitude: number;
}

/** Noise with steps at random places; every third series is of whole numbers, with ties. */
const QUESTIONS: readonly Question[] = Array.from({ length: 150 }, (_, index) => {
  const random = generator(index + 1);
  const count = 2 + Math.floor(random() * 300);
  let level = 100;
  const series = Array.from({ length: count }, () => {
    if (random() < 0.03) level += 6 * (random() - 0.5);
    const value = level + random() + random() + random();
    return index % 3 === 0 ? Math.round(value) : value;
  });
  return {
    series,
    penalty: 0.5 + 30 * random(),
    shortest: 1 + Math.floor(random() * 4),
    window: 2 + Math.floor(random() * 60),
    significance: [0.001, 0.01, 0.05, 0.2][index % 4] ?? 0.001,
    magnitude: index % 2 === 0 ? 0 : 0.01,
  };
});

function ask<Answer>(oracle: Oracle, program: string): Answer[] {
  if ('missing' in oracle) throw new Error(oracle.missing);
  return oracle.ask<Answer[]>(program, QUESTIONS);
}

describe('the detectors of change points', () => {
  comparedWith(ruptures)(
    'divide by least squares as ruptures does, or at less cost',
    () => {
      const divisions = ask<{ changes: number[] }>(ruptures, divide());
      expect(divisions).toHaveLength(QUESTIONS.length);
      for (const [index, { changes }] of divisions.entries()) {
        const { series, penalty, shortest } = QUESTIONS[index] as Question;
        const found = engine().pelt(Float64Array.from(series), penalty, shortest);
        const [seen, known] = [cost(series, found, penalty), cost(series, changes, penalty)];
        // ruptures prunes starts that parts of several points still need, and then misses the best division.
        if (shortest === 1 && index % 3 !== 0) expect(found, `series ${index}`).toEqual(changes);
        expect(seen, `series ${index}`).toBeLessThanOrEqual(known * (1 + 1e-12) + 1e-9);
      }
    },
    INSTALL_TIMEOUT_MS,
  );

  comparedWith(otava)(
    'find in windows what Apache Otava finds',
    () => {
      const expected = ask<number[]>(otava, windows());
      const found = QUESTIONS.map(({ series, window, significance, magnitude }) =>
        engine().hunter(Float64Array.from(series), { window, significance, leastMagnitude: magnitude }),
      );
      expect(expected.flat().length).toBeGreaterThan(300);
      const different = (wanted: boolean): number[] =>
        [...QUESTIONS.keys()].filter((index) => {
          const tied = index % 3 === 0;
          return tied === wanted && String(found[index]) !== String(expected[index]);
        });
      expect(different(false)).toEqual([]);
      // Whole numbers are split equally well at several places; rounding decides which.
      expect(different(true).length).toBeLessThanOrEqual(2);
    },
    INSTALL_TIMEOUT_MS,
  );
});

/** The sum of squares about the means of parts, and the penalties. */
function cost(series: readonly number[], changes: readonly number[], penalty: number): number {
  const edges = [0, ...changes, series.length];
  const parts = edges.slice(1).map((end, part) => series.slice(edges[part], end));
  return parts.map(squares).reduce((sum, each) => sum + each, penalty * changes.length);
}

function squares(part: readonly number[]): number {
  const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
  return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function divide(): string {
  return `
import numpy, ruptures
def one(q):
    if len(q["series"]) < 2 * q["shortest"]:
        return {"changes": []}
    series = numpy.array(q["series"]).reshape(-1, 1)
    found = ruptures.KernelCPD("linear", min_size=q["shortest"]).fit(series).predict(pen=q["penalty"])
    return {"changes": [int(end) for end in found[:-1]]}
answer = [one(q) for q in question]`;
}

function windows(): string {
  return `
from otava.analysis import compute_change_points
def one(q):
    found, _ = compute_change_points(q["series"], q["window"], q["significance"], q["magnitude"])
    return [int(point.index) for point in found]
answer = [one(q) for q in question]`;
}
