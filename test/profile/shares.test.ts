// Figures that are read off a profile.
import { describe, expect, it } from 'vitest';
import { cutStackShare, javascriptCallerShare, LOST_CALLERS, selfShares } from '../../src/profile/index.js';
import { PROFILE } from './sample-profile.js';

describe('self shares', () => {
  it('book each sample to the innermost function, the largest origin first', () => {
    expect(Object.entries(selfShares(PROFILE))).toEqual([
      ['libc', 0.56],
      ['gc', 0.2],
      ['rust', 0.16],
      ['unknown', 0.08],
    ]);
  });

  it('are empty without samples', () => {
    expect(selfShares({ ...PROFILE, threads: [] })).toEqual({});
  });
});

describe('the share with a JavaScript caller', () => {
  it('counts stacks that could not be unwound against it and leaves other threads out', () => {
    expect(javascriptCallerShare(PROFILE)).toBe(0.9);
  });

  it('counts JavaScript of node as JavaScript', () => {
    const frames = [{ name: 'read', origin: 'node' as const, file: 'node:fs' }];
    const threads = [{ name: 'node', id: 1, javascript: true, stacks: [{ frames: [0], weight: 1, samples: 1 }] }];
    expect(javascriptCallerShare({ ...PROFILE, frames, threads })).toBe(1);
  });

  it('is not known where no JavaScript thread was seen', () => {
    expect(javascriptCallerShare({ ...PROFILE, threads: [] })).toBeUndefined();
  });
});

describe('the share of cut stacks', () => {
  it('counts stacks on JavaScript threads that end before any JavaScript, and no others', () => {
    const frames = [
      { name: LOST_CALLERS, origin: 'unknown' as const },
      { name: 'run', origin: 'user' as const },
      { name: 'work', origin: 'rust' as const },
    ];
    const stacks = [
      { frames: [0, 2], weight: 1, samples: 1 },
      { frames: [0, 1, 2], weight: 2, samples: 2 },
      { frames: [2], weight: 5, samples: 5 },
    ];
    const threads = [true, false].map((javascript, id) => ({ name: 'node', id, javascript, stacks }));
    expect(cutStackShare({ ...PROFILE, frames, threads })).toBe(1 / 8);
  });

  it('is none without samples', () => {
    expect(cutStackShare({ ...PROFILE, threads: [] })).toBe(0);
  });
});
