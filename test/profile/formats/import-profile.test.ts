// Files of every kind, told by their content; whatever is broken gives a sentence, and soon.
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  importFolded,
  importProfile,
  PROFILE_FORMATS,
  type Profile,
  ProfileError,
  type ProfileFormatName,
} from '../../../src/profile/index.js';
import { PROFILE, TOTAL } from '../sample-profile.js';
import { samplesOf } from './arbitrary-profile.js';

const OPTIONS = { title: 'model/x', client: { script: '', style: '' } };
const READABLE = ['profile', 'cpuprofile', 'pprof', 'folded', 'speedscope', 'firefox'] as const;

function written(name: ProfileFormatName, profile: Profile = PROFILE): Buffer {
  return Buffer.from(PROFILE_FORMATS[name].write(profile, OPTIONS));
}

function weightOf({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { weight }) => sum + weight, 0);
}

describe('a file', () => {
  it.each(READABLE)('of %s is known by its content, compressed or not', (name) => {
    for (const bytes of [written(name), name === 'pprof' ? gunzipSync(written(name)) : gzipSync(written(name))]) {
      const { format, profile } = importProfile(bytes, { unit: 'nanoseconds' });
      expect(format).toBe(name);
      expect(weightOf(profile)).toBe(TOTAL);
    }
  });

  it.each(READABLE)('of %s that is cut off anywhere gives a sentence or a profile, never anything else', (name) => {
    const whole = written(name);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => readsOrRefuses(whole.subarray(0, length))),
    );
  });

  it.each(READABLE)('of %s with wrong bytes gives a sentence or a profile, never anything else', (name) => {
    // Wrong bytes in what is compressed would only be found by its checksum.
    const whole = name === 'pprof' ? gunzipSync(written(name)) : written(name);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at] = byte;
          readsOrRefuses(bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that is no profile says so, and which are read', () => {
    const read = (content: string | Buffer) => () => importProfile(Buffer.from(content));
    expect(read('')).toThrow('Cannot read the profile: it is empty; profile.json, .cpuprofile');
    expect(read('hello world')).toThrow('it has no known format');
    expect(read('{"a":1}')).toThrow('it has no known format');
    expect(read('[]')).toThrow('it has no known format');
    expect(read('{"nodes": [')).toThrow('it may be cut off');
    expect(read('{"snapshot":{},"nodes":[]}')).toThrow('it is a heap snapshot');
    expect(read('{"traceEvents":[]}')).toThrow('it is a trace of events');
    expect(read(Buffer.from([1, 2, 3, 4]))).toThrow(ProfileError);
    expect(read(Buffer.from([0x1f, 0x8b, 8, 0]))).toThrow('Cannot read the compressed profile');
  });

  it('of another version is refused with both versions', () => {
    const of = (value: object) => () => importProfile(Buffer.from(JSON.stringify(value)));
    expect(of({ ...PROFILE, version: 2 })).toThrow('it has version 2, and this forgebench reads version 1');
    expect(of(PROFILE)).toThrow('version: Invalid input');
    expect(of({ meta: { preprocessedProfileVersion: 50 } })).toThrow(
      'it has version 50, and versions 66 to 70 are read',
    );
  });

  it('that unfolds into more than memory holds is refused', () => {
    const bomb = gzipSync(Buffer.alloc(520e6));
    expect(() => importProfile(bomb)).toThrow('Cannot read the compressed profile');
  });

  it('whose stacks would take gigabytes is refused', () => {
    const length = 100_000;
    const nodes = Array.from({ length }, (_, index) => ({
      id: index + 1,
      callFrame: { functionName: `f${index}`, url: '', lineNumber: -1, columnNumber: -1 },
      children: index + 1 < length ? [index + 2] : [],
    }));
    const samples = nodes.map(({ id }) => id);
    const file = { nodes, startTime: 0, endTime: length, samples, timeDeltas: samples.map(() => 1) };
    expect(() => importProfile(Buffer.from(JSON.stringify(file)))).toThrow('more than 10 million frames in all');
  });
});

/** @throws whatever is neither a profile nor a sentence */
function readsOrRefuses(bytes: Buffer): void {
  try {
    importProfile(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ProfileError);
    expect((error as Error).message).toMatch(/^Cannot read .*; .+/s);
  }
}

describe('folded stacks of others', () => {
  it('are samples where nobody says, and keep the first entry as a frame', () => {
    const { unit, threads, frames } = importFolded('# comment\nmain;parse 30\nmain;write 10\r\n\nmain;parse 2\n');
    expect(unit).toBe('samples');
    expect(threads[0]?.stacks.map(({ frames: stack, weight, samples }) => [stack.length, weight, samples])).toEqual([
      [2, 32, 32],
      [2, 10, 10],
    ]);
    expect(frames.map(({ name }) => name)).toEqual(['main', 'parse', 'write']);
  });

  it('come out as they went in', () => {
    const text = '#secret;parse 3\nmain;parse 30\nmain;write 10\n';
    expect(PROFILE_FORMATS.folded.write(importFolded(text))).toBe(text);
  });

  it('say which line is none', () => {
    expect(() => importFolded('main 1\nmain;parse\n')).toThrow(
      'Cannot read folded stacks: line 2 is no stack with a number at its end: "main;parse"; record it again',
    );
  });
});

describe('a speedscope file of others', () => {
  const file = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: [{ name: 'main' }, { name: 'parse', file: '/app/a.js', line: 3 }] },
    profiles: [
      {
        type: 'evented',
        name: 'main thread',
        unit: 'milliseconds',
        startValue: 0,
        endValue: 10,
        events: [
          { type: 'O', frame: 0, at: 1 },
          { type: 'O', frame: 1, at: 3 },
          { type: 'C', frame: 1, at: 7 },
          { type: 'C', frame: 0, at: 10 },
        ],
      },
    ],
  };

  const read = (value: unknown) => importProfile(Buffer.from(JSON.stringify(value))).profile;

  it('with events gives each stack the time for which it was open', () => {
    const { unit, threads, frames } = read(file);
    expect(unit).toBe('nanoseconds');
    expect(threads[0]).toMatchObject({ name: 'main thread', javascript: true });
    expect(
      threads[0]?.stacks.map(({ frames: stack, weight }) => [stack.map((at) => frames[at]?.name), weight]),
    ).toEqual([
      [['main'], 5e6],
      [['main', 'parse'], 4e6],
    ]);
    expect(frames[1]).toEqual({ name: 'parse', origin: 'user', file: '/app/a.js', line: 3 });
  });

  it('whose events do not nest is refused', () => {
    const [profile] = file.profiles;
    const events = [...(profile?.events ?? [])].reverse();
    expect(() => read({ ...file, profiles: [{ ...profile, events }] })).toThrow(
      'is closed at 10 where it is not the innermost',
    );
  });
});

it('samples are counted by the formats that keep them', () => {
  for (const name of ['profile', 'cpuprofile', 'pprof', 'firefox'] as const)
    expect(samplesOf(importProfile(written(name)).profile), name).toBe(125);
});
