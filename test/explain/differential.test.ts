// Two profiles as one tree: what counts as the same function, and what is refused.
import { describe, expect, it } from 'vitest';
import { align, differentialData } from '../../src/explain/index.js';
import type { Frame, Profile } from '../../src/profile/index.js';
import { profileOf } from './profiles.js';

function compare(base: Profile, head: Profile) {
  const data = differentialData(align({ base: [base], head: [head] }));
  const of = (name: string) => data.functions.find((fn) => fn.name === name);
  return { data, of };
}

/** The frames of a profile changed, its stacks left alone. */
function withFrames(profile: Profile, change: (frame: Frame) => Frame): Profile {
  return { ...profile, frames: profile.frames.map(change) };
}

const BASE = profileOf(['run;a::work 60', 'run;a::work;%malloc 20', 'run;b::other 20']);

describe('two profiles', () => {
  it('are brought to one operation, however many each has seen', () => {
    const head = profileOf(['run;a::work 120', 'run;a::work;%malloc 40', 'run;b::other 40'], { operations: 2000 });
    const { data, of } = compare(BASE, head);
    expect(data.unit).toBe('nanoseconds');
    expect(of('a::work')).toMatchObject({ self: [60_000, 60_000], total: [80_000, 80_000] });
    expect(data.threads[0]).toMatchObject({ samples: [100, 200], weights: [100_000, 100_000] });
  });

  it('are compared by shares where nobody counted operations', () => {
    const { operations: _, ...uncounted } = BASE;
    const { data, of } = compare(uncounted, BASE);
    expect(data.unit).toBe('share');
    expect(of('a::work')?.total).toEqual([0.8, 0.8]);
  });

  it('keep the total of both sides in the roots', () => {
    const head = profileOf(['run;c::gained 55', 'run;a::work;a::work;a::work 45']);
    const { data } = compare(BASE, head);
    const sum = (side: 1 | 2) => data.threads[0]?.roots.reduce((all, node) => all + node[side], 0);
    expect([sum(1), sum(2)]).toEqual([100_000, 100_000]);
    expect(data.functions.find(({ name }) => name === 'a::work')?.total).toEqual([80_000, 45_000]);
  });

  it('show stacks of one side alone with nothing on the other', () => {
    const { data, of } = compare(BASE, profileOf(['run;a::work 60', 'run;c::gained 60']));
    expect(of('c::gained')?.self).toEqual([0, 60_000]);
    expect(of('b::other')?.self).toEqual([20_000, 0]);
    expect(data.functions.every(({ renamedFrom }) => renamedFrom === undefined)).toBe(true);
  });
});

describe('the same function', () => {
  it('is one whatever its tier, line, inlining, hash, and the version of its crate', () => {
    const head = withFrames(BASE, (frame) => ({
      ...frame,
      name: frame.origin === 'rust' ? `${frame.name}::h0123456789abcdef` : frame.name,
      line: 77,
      ...(frame.origin === 'user' && { tier: 'optimised', file: '/elsewhere/main.mjs' }),
      ...(frame.file?.includes('-1.0.0') && { file: frame.file.replace('1.0.0', '2.0.0-rc.1') }),
    }));
    const { data } = compare(BASE, head);
    expect(data.functions.map(({ name }) => name).sort()).toEqual(['%malloc', 'a::work', 'b::other', 'run']);
    for (const { self } of data.functions) expect(self[0]).toBe(self[1]);
  });

  it('is one where it was inlined, though debug information leaves out its type then', () => {
    const method = (inlined: boolean) =>
      withFrames(BASE, (frame) =>
        frame.name === 'a::work'
          ? { ...frame, name: inlined ? 'a::work' : 'a::Tree<K>::work', ...(inlined && { inlined }) }
          : frame,
      );
    expect(compare(method(false), method(true)).of('a::Tree<K>::work')?.self).toEqual([60_000, 60_000]);
  });

  it('is found under another name by callers, callees, weight and file', () => {
    const head = profileOf(['run;a::job 66', 'run;a::job;%malloc 22', 'run;b::other 20']);
    const { of } = compare(BASE, head);
    expect(of('a::job')).toMatchObject({ renamedFrom: 'a::work', self: [60_000, 66_000] });
    expect(of('a::work')).toBeUndefined();
  });

  it('is not guessed where two fit as well', () => {
    const base = profileOf(['run;a::one 40', 'run;a::two 40']);
    const { data } = compare(base, profileOf(['run;a::three 40', 'run;a::four 40']));
    expect(data.functions.every(({ renamedFrom }) => renamedFrom === undefined)).toBe(true);
  });

  it.each([
    ['weight', profileOf(['run;a::job 200', 'run;a::job;%malloc 66', 'run;b::other 20'])],
    ['callees', profileOf(['run;a::job 60', 'run;a::job;%memcpy 40', 'run;b::other 20'])],
    ['callers', profileOf(['run;b::other;a::job 60', 'run;b::other;a::job;%malloc 20', 'run;b::other 20'])],
  ])('is another one where its %s differ', (_what, head) => {
    expect(compare(BASE, head).of('a::job')?.renamedFrom).toBeUndefined();
  });
});

describe('profiles that were captured in different ways', () => {
  it.each<[string, Partial<Profile>, string]>([
    ['engine', { engine: 'native' }, 'engine (perf against native)'],
    ['interval', { interval: 5e6 }, 'interval, ns (1000000 against 5000000)'],
    ['flags', { capture: { 'kernel frames': 'unseen' } }, 'kernel frames (seen against unseen)'],
    ['no record of it', { capture: {} }, 'kernel frames (seen against not said)'],
  ])('are refused with the reason: %s', (_what, change, reason) => {
    expect(() => align({ base: [BASE], head: [{ ...BASE, ...change }] })).toThrow(reason);
  });

  it('are compared where the timer alone differs', () => {
    expect(align({ base: [BASE], head: [{ ...BASE, interval: 1.001e6 }] }).unit).toBe('nanoseconds');
  });
});
