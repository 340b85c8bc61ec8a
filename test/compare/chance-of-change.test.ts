// How far a comparison is believed when a commit is searched for.
import { describe, expect, it } from 'vitest';
import { chanceOfChange, launchesToTell } from '../../src/compare/index.js';

const measured = (ratio: number, halfWidth: number, launches = 5) => ({
  ratio,
  low: ratio * Math.exp(-halfWidth),
  high: ratio * Math.exp(halfWidth),
  launches: { base: launches, head: launches },
});
const TWICE = measured(2, 0.02, 15);

describe('the chance that a version has a change', () => {
  it('is high at the ratio of the change and low at 1, and never surer than 49 to 1', () => {
    expect(chanceOfChange(measured(2, 0.02), TWICE)).toBeCloseTo(0.98, 9);
    expect(chanceOfChange(measured(1, 0.02), TWICE)).toBeCloseTo(0.02, 9);
  });

  it('is even where half of the change is there, on the scale of logarithms', () => {
    expect(chanceOfChange(measured(Math.SQRT2, 0.3), TWICE)).toBeCloseTo(0.5, 1);
  });

  it('nears one half where launches scatter more than the change is large', () => {
    const unsure = chanceOfChange(measured(2, 6), TWICE);
    expect(unsure).toBeGreaterThan(0.5);
    expect(unsure).toBeLessThan(0.6);
  });

  it('is the same for a change for the better', () => {
    expect(chanceOfChange(measured(0.5, 0.02), measured(0.5, 0.02, 15))).toBeCloseTo(0.98, 9);
    expect(chanceOfChange(measured(1, 0.02), measured(0.5, 0.02, 15))).toBeCloseTo(0.02, 9);
  });

  it('is nothing at all where the code was the same, so that nothing was launched', () => {
    expect(chanceOfChange(measured(1, 0, 0), TWICE)).toBe(0);
  });

  it('is a number where launches did not scatter at all', () => {
    expect(chanceOfChange(measured(2, 0), measured(2, 0))).toBeCloseTo(0.98, 9);
  });
});

describe('launches that tell', () => {
  it('are 5 where a change stands clear of the scatter, and 50 at most', () => {
    expect(launchesToTell(TWICE)).toBe(5);
    expect(launchesToTell(measured(1.02, 0.5))).toBe(50);
  });

  it('make the deviation a quarter of the change', () => {
    // Half of the deviation that 10 launches have takes four times as many.
    expect(launchesToTell(measured(Math.exp(0.1), 0.0749, 10))).toBe(40);
  });
});
