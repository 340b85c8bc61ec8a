// Profiles of threads put together.
import { describe, expect, it } from 'vitest';
import { mergeProfiles, nameThreads } from '../../src/session/merge-profiles.js';
import { PROFILE, TOTAL } from '../profile/sample-profile.js';

const CPU = { engine: 'inspector-cpu', unit: 'nanoseconds' } as const;

describe('mergeProfiles', () => {
  const part = (name: string, id: number) => ({ name, process: id, id, profile: PROFILE });

  it('keeps the weight and samples of each thread apart and equal frames once', () => {
    const merged = mergeProfiles(CPU, [part('a [1]', 1), part('b [2]', 2)]);
    const weights = merged.threads.map(({ stacks }) => stacks.reduce((sum, { weight }) => sum + weight, 0));
    expect(weights).toEqual([TOTAL, TOTAL]);
    expect(merged.frames).toHaveLength(PROFILE.frames.length);
    expect(merged.threads.map(({ name, process }) => [name, process])).toEqual([
      ['a [1]', 1],
      ['b [2]', 2],
    ]);
    expect(merged.interval).toBe(1_000_000);
  });

  it('translates frames that stand elsewhere', () => {
    const other = { ...PROFILE, frames: PROFILE.frames.toReversed() };
    const merged = mergeProfiles(CPU, [part('a', 1), { name: 'b', process: 2, id: 2, profile: other }]);
    const leaf = merged.threads[1]?.stacks[0]?.frames.at(-1) ?? -1;
    expect(merged.frames[leaf]).toEqual(other.frames[PROFILE.threads[0]?.stacks[0]?.frames.at(-1) ?? -1]);
  });

  it('leaves threads without a sample out', () => {
    const empty = { ...PROFILE, threads: [] };
    expect(mergeProfiles(CPU, [{ name: 'a', process: 1, id: 1, profile: empty }])).toMatchObject({
      threads: [],
      interval: 0,
    });
  });
});

describe('nameThreads', () => {
  const stacks = [{ frames: [0], weight: 5, samples: 1 }];
  const thread = (id: number, process: number, javascript: boolean) => ({
    name: 'node',
    id,
    process,
    javascript,
    stacks,
  });

  it('names threads after their process and makes one of the helpers', () => {
    const threads = [
      thread(7, 7, true),
      thread(8, 7, false),
      thread(9, 7, false),
      thread(10, 7, true),
      thread(4, 4, false),
    ];
    const named = nameThreads({ ...PROFILE, threads }, { label: (pid) => `app [${pid}]`, workers: new Map() });
    expect(named.threads.map(({ name, stacks: all }) => [name, all.length])).toEqual([
      ['app [7]', 1],
      ['app [7] helpers', 2],
      ['app [7] worker thread 10', 1],
      ['app [4]', 1],
    ]);
  });

  it('calls a worker thread as it called itself, and helpers never', () => {
    const threads = [thread(7, 7, true), thread(8, 7, false), thread(10, 7, true)];
    const workers = new Map([
      [8, 'not a worker'],
      [10, 'app [7] worker 1'],
    ]);
    const named = nameThreads({ ...PROFILE, threads }, { label: (pid) => `app [${pid}]`, workers });
    expect(named.threads.map(({ name }) => name)).toEqual(['app [7]', 'app [7] helpers', 'app [7] worker 1']);
  });
});
