// Explanations of planted changes: the right function, its callers, and silence where nothing changed.
import { describe, expect, it } from 'vitest';
import { explainCase } from '../../src/explain/index.js';
import type { Profile } from '../../src/profile/index.js';
import { profileOf } from './profiles.js';

/** A generator of numbers in [0, 1) that gives the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Near to a standard normal number. */
function normal(next: () => number): number {
  return Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6);
}

const FUNCTIONS = 40;

/**
 * Launches of a program of 40 functions, each with its own luck in every launch and with samples that scatter as samples do.
 *
 * @param slowed function 7 takes so much more, as a share of the whole
 */
function launches(count: number, slowed: number, next: () => number): Profile[] {
  return Array.from({ length: count }, () => {
    const stacks = Array.from({ length: FUNCTIONS }, (_, fn) => {
      const expected = (800 / FUNCTIONS) * (1 + 0.05 * normal(next)) + (fn === 7 ? 800 * slowed : 0);
      const samples = Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(next)));
      return `run;app::f${fn};core::mem::swap ${samples}`;
    });
    return profileOf(stacks);
  });
}

describe('an explanation', () => {
  it('names the slowed function with its callers, and what it grew through', () => {
    const base = profileOf(['run;app::outer;app::inner 50', 'run;app::outer;app::inner;%malloc 10', 'run 40']);
    const head = profileOf(['run;app::outer;app::inner 52', 'run;app::outer;app::inner;%malloc 30', 'run 40']);
    const { explanation } = explainCase('x/y', { base: [base, base, base], head: [head, head, head] });
    expect(explanation.operation.base).toBeCloseTo(100_000, 6);
    expect(explanation.operation.head).toBeCloseTo(122_000, 6);
    expect(explanation.resampled).toBe('launches');
    expect(explanation.frames).toHaveLength(1);
    const [top] = explanation.frames;
    expect(top).toMatchObject({ name: 'app::inner', isNew: false, callers: ['app::outer', 'run'] });
    expect(top?.growth.value).toBeCloseTo(22_000, 6);
    expect(top?.through.map(({ name }) => name)).toEqual(['%malloc', 'app::inner']);
  });

  it('books what libraries of the system do to who called them, and collecting to the collector', () => {
    const base = profileOf(['run;app::work 50']);
    const stacks = ['run;app::work 50', 'run;app::work;alloc::vec::push;%realloc 20', 'run;gc:Scavenge;%memcpy 15'];
    const head = profileOf(stacks);
    const { frames } = explainCase('x/y', { base: [base, base, base], head: [head, head, head] }).explanation;
    expect(frames.map(({ name, growth }) => [name, Math.round(growth.value)])).toEqual([
      ['app::work', 20_000],
      ['(garbage collector)', 15_000],
    ]);
    expect(frames[1]?.isNew).toBe(true);
  });

  it('has the function that a 10 % slowdown was planted in on top in at least 95 of 100 trials', () => {
    const next = random(1);
    const tops = Array.from({ length: 100 }, () => {
      const profiles = { base: launches(6, 0, next), head: launches(6, 0.1, next) };
      return explainCase('x/y', profiles).explanation.frames[0]?.name;
    });
    expect(tops.filter((name) => name === 'app::f7').length).toBeGreaterThanOrEqual(95);
  });

  it('names few of 40 functions that did not change, in no more trials than its intervals promise', () => {
    const next = random(2);
    const trials = 100;
    let named = 0;
    for (let trial = 0; trial < trials; trial += 1)
      named += explainCase('x/y', { base: launches(6, 0, next), head: launches(6, 0, next) }).explanation.frames.length;
    // One end of an interval of 95 % leaves out 2.5 %.
    expect(named / (trials * FUNCTIONS)).toBeLessThan(0.035);
  });

  it('takes intervals from samples where each side has one launch, and says so', () => {
    const [base, head] = [
      profileOf(['run;app::a 400', 'run;app::b 400']),
      profileOf(['run;app::a 500', 'run;app::b 403']),
    ];
    const { explanation } = explainCase('x/y', { base: [base], head: [head] });
    expect(explanation.resampled).toBe('samples');
    expect(explanation.frames.map(({ name }) => name)).toEqual(['app::a']);
    // 100 samples more, and 1.96 deviations of the difference of two Poisson numbers.
    expect(explanation.frames[0]?.growth.low).toBeCloseTo(1000 * (100 - 1.959964 * Math.sqrt(900)), 3);
  });

  it('is refused where operations were not counted', () => {
    const { operations: _, ...uncounted } = profileOf(['run 10']);
    expect(() => explainCase('x/y', { base: [uncounted], head: [uncounted] })).toThrow('have not counted operations');
  });
});
