// Whatever a profile is written into and read back from, its totals and those of each function survive.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  importProfile,
  PROFILE_FORMATS,
  type Profile,
  type ProfileFormatName,
  UNITS,
  type Unit,
} from '../../../src/profile/index.js';
import { arbitraryProfile, figuresOf } from './arbitrary-profile.js';

const OPTIONS = { title: 'model/x', client: { script: '', style: '' } };

function throughFormat(profile: Profile, name: ProfileFormatName): Profile {
  const { format, profile: read } = importProfile(Buffer.from(PROFILE_FORMATS[name].write(profile, OPTIONS)), {
    unit: profile.unit,
  });
  expect(format).toBe(name);
  return read;
}

/** Formats that keep origin and number of samples, and the units that they can hold. */
const EXACT: [ProfileFormatName, Unit][] = [
  ['cpuprofile', 'nanoseconds'],
  ['heapprofile', 'bytes'],
  ['pprof', 'nanoseconds'],
  ['pprof', 'bytes'],
  ['pprof', 'instructions'],
  ['pprof', 'allocations'],
  ['pprof', 'samples'],
  ['firefox', 'nanoseconds'],
  ['firefox', 'bytes'],
  ['firefox', 'instructions'],
  ['firefox', 'allocations'],
  ['firefox', 'samples'],
];

/** What the model alone has a place for. */
const OWN = fc.record(
  {
    operations: fc.integer({ min: 1, max: 1e6 }),
    capture: fc.dictionary(fc.constantFrom('node flags', 'kernel frames'), fc.string()),
  },
  { requiredKeys: [] },
);

describe('a profile that went through a format', () => {
  it.each(UNITS)('of profile.json in %s is the same', (unit) => {
    fc.assert(
      fc.property(arbitraryProfile(unit), OWN, fc.integer({ min: 1 }), (given, own, process) => {
        const threads = given.threads.map((thread, index) => ({
          ...thread,
          ...(index > 0 && { process }),
          stacks: thread.stacks.map((stack) => ({ ...stack, ...(index > 0 && { calls: stack.samples }) })),
        }));
        const profile: Profile = { ...given, ...own, threads };
        expect(throughFormat(profile, 'profile')).toEqual(profile);
      }),
    );
  });

  it.each(EXACT)('of %s in %s has the same weights, samples and functions', (format, unit) => {
    fc.assert(
      fc.property(arbitraryProfile(unit), (profile) => {
        const read = throughFormat(profile, format);
        expect(figuresOf(read)).toEqual(figuresOf(profile));
        expect({
          unit: read.unit,
          engine: read.engine,
          interval: read.interval,
          lost: read.lost,
          note: read.note,
        }).toEqual({
          unit,
          engine: profile.engine,
          interval: profile.interval,
          lost: profile.lost,
          note: profile.note,
        });
      }),
    );
  });

  it.each(UNITS)('of speedscope in %s has the same weights and functions', (unit) => {
    fc.assert(
      fc.property(arbitraryProfile(unit), (profile) => {
        fc.pre(profile.threads.length > 0);
        const read = throughFormat(profile, 'speedscope');
        // Its numbers without a unit are read as samples.
        expect(read.unit).toBe(['nanoseconds', 'bytes'].includes(unit) ? unit : 'samples');
        const { samples: _, ...kept } = figuresOf(read);
        // An empty stack stays one there.
        const { samples: __, ...had } = figuresOf(profile);
        expect(kept).toEqual(had);
      }),
    );
  });

  it('of folded stacks has the same weights, and functions by the names that the format allows', () => {
    fc.assert(
      fc.property(arbitraryProfile('nanoseconds'), (profile) => {
        fc.pre(profile.threads.some(({ stacks }) => stacks.length > 0));
        const name = (text: string) => text.replaceAll(';', ':').replaceAll(/\s+/g, ' ').trim() || '(anonymous)';
        const read = figuresOf(throughFormat(profile, 'folded'));
        const had = figuresOf(profile, { origins: false, name });
        expect(read.weight).toBe(had.weight);
        // The thread alone stands for a stack that could not be told.
        had.functions.delete('unknown (unknown)');
        for (const [key, weights] of had.functions) expect(read.functions.get(key), key).toEqual(weights);
      }),
    );
  });

  it('of cpuprofile is off by a microsecond at most where weights are no whole ones', () => {
    const weights = [1499, 2501, 333, 999, 1, 0];
    const frames = weights.map((_, index) => ({ name: `f${index}`, origin: 'rust' as const }));
    const stacks = weights.map((weight, index) => ({ frames: [index], weight, samples: 2 }));
    const threads = [{ name: 'node', id: 7, javascript: true, stacks }];
    const read = throughFormat({ engine: 'perf', unit: 'nanoseconds', interval: 1000, frames, threads }, 'cpuprofile');
    const { weight, samples, functions } = figuresOf(read);
    expect(samples).toBe(12);
    expect(weight).toBe(5000);
    for (const [index, own] of weights.entries())
      expect(Math.abs((functions.get(`rust f${index}`)?.self ?? 0) - own)).toBeLessThanOrEqual(1000);
  });

  it('keeps tiers, places and inlining where the format has a place for them', () => {
    const frames: Profile['frames'] = [
      { name: 'run', origin: 'user', file: '/app/run.mjs', line: 3, column: 9, tier: 'optimised' },
      { name: 'build', origin: 'rust', file: 'src/lib.rs', line: 9 },
      { name: 'helper', origin: 'rust', file: 'src/lib.rs', line: 2, inlined: true },
    ];
    const stacks = [
      { frames: [0, 1, 2], weight: 5000, samples: 5 },
      { frames: [0], weight: 3000, samples: 3 },
    ];
    const threads = [{ name: 'node', id: 7, javascript: true, stacks }];
    const profile: Profile = { engine: 'perf', unit: 'nanoseconds', interval: 1000, frames, threads };
    for (const format of ['profile', 'cpuprofile', 'firefox', 'speedscope'] as const) {
      const read = throughFormat(profile, format);
      expect(read.threads[0], format).toMatchObject({ name: 'node', id: 7, javascript: true });
      expect(read.frames, format).toEqual(expect.arrayContaining(frames));
    }
    const read = throughFormat(profile, 'pprof');
    expect(read.threads[0]).toMatchObject({ name: 'node', id: 7, javascript: true });
    // The tier of a caller is lost there.
    const { tier: _, ...caller } = frames[0] as Profile['frames'][number];
    expect(read.frames).toEqual(expect.arrayContaining([...frames, caller]));
  });

  it('is refused with a sentence where its stacks are too deep for a format', () => {
    const depth = 50_000;
    const frames = Array.from({ length: depth }, (_, index) => ({ name: `f${index}`, origin: 'user' as const }));
    const stacks = [{ frames: frames.map((_, index) => index), weight: 1000, samples: 1 }];
    const threads = [{ name: 'node', id: 7, javascript: true, stacks }];
    const profile: Profile = { engine: 'perf', unit: 'bytes', interval: 1000, frames, threads };
    expect(() => PROFILE_FORMATS.html.write(profile, OPTIONS)).toThrow(
      'the stacks are too deep; choose another format',
    );
    expect(() => PROFILE_FORMATS.heapprofile.write(profile)).toThrow('a stack has more than 2000 frames');
    for (const name of ['pprof', 'firefox', 'speedscope'] as const)
      expect(figuresOf(throughFormat(profile, name)).weight, name).toBe(1000);
  });
});
