// Whatever a profile is written into, no weight may get lost on the way.
import { describe, expect, it } from 'vitest';
import { type Profile, toFlameHtml, toFolded, toSpeedscope } from '../../../src/profile/index.js';
import { PROFILE, TOTAL } from '../sample-profile.js';

const CLIENT = { script: 'draw()', style: 'body {}' };
type Node = [number, number, Node[], Record<string, number>?];

function pageData(html: string): {
  functions: { name: string }[];
  threads: { weight: number; samples: number; roots: Node[] }[];
} {
  const [, json] = /<script type="application\/json" id="flame-data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json as string);
}

/** A profile with stacks, weights and threads of many shapes; the same for the same seed. */
function randomProfile(seed: number): Profile {
  let state = seed;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const frames = Array.from({ length: 1 + below(12) }, (_, index) => ({
    name: `f${index % 5}`,
    origin: 'user' as const,
    ...(below(2) === 0 && { tier: 'optimised' }),
  }));
  const stack = () => {
    const samples = 1 + below(9);
    return { frames: Array.from({ length: below(8) }, () => below(frames.length)), samples, weight: samples * 1000 };
  };
  const threads = Array.from({ length: 1 + below(3) }, (_, id) => ({
    name: `t${id}`,
    id,
    javascript: id === 0,
    stacks: Array.from({ length: below(20) }, stack),
  }));
  return { ...PROFILE, frames, threads };
}

function weightOf({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { weight }) => sum + weight, 0);
}

function foldedWeight(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

describe('every exporter', () => {
  it('keeps the total of any profile', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const profile = randomProfile(seed);
      const total = weightOf(profile);
      expect(foldedWeight(toFolded(profile)), `folded, seed ${seed}`).toBe(total);
      const speedscope = toSpeedscope(profile, 'x').profiles;
      expect(
        speedscope.flatMap(({ weights }) => weights).reduce((sum, weight) => sum + weight, 0),
        `speedscope, seed ${seed}`,
      ).toBe(total);
      expect(speedscope.reduce((sum, { endValue }) => sum + endValue, 0)).toBe(total);
      const { threads } = pageData(toFlameHtml(profile, { title: 'x', client: CLIENT }));
      expect(
        threads.reduce((sum, { weight }) => sum + weight, 0),
        `page, seed ${seed}`,
      ).toBe(total);
    }
  });
});

describe('folded stacks', () => {
  it('merge tiers, keep threads apart, and are sorted', () => {
    expect(toFolded(PROFILE).split('\n')).toEqual([
      'node (no JavaScript);v8::internal::Sweeper::Run 25000000',
      'node;node::Start;run;my_addon::build 20000000',
      'node;node::Start;run;my_addon::build;my_addon::helper;malloc 70000000',
      'node;odd:name </script> end 10000000',
      '',
    ]);
    expect(foldedWeight(toFolded(PROFILE))).toBe(TOTAL);
  });

  it('are empty for a profile without samples', () => {
    expect(toFolded({ ...PROFILE, threads: [] })).toBe('');
  });
});

describe('the speedscope file', () => {
  it('has one profile for each thread and frames with place and tier', () => {
    const file = toSpeedscope(PROFILE, 'model/x');
    expect(file.$schema).toBe('https://www.speedscope.app/file-format-schema.json');
    expect(file.profiles.map(({ name, unit }) => [name, unit])).toEqual([
      ['node 10', 'nanoseconds'],
      ['node 11', 'nanoseconds'],
    ]);
    expect(file.shared.frames[1]).toEqual({
      name: 'run [interpreted]',
      file: '/app/run.mjs',
      line: 3,
      origin: 'user',
    });
    for (const { samples, weights } of file.profiles) expect(samples).toHaveLength(weights.length);
  });
});

describe('the page of a flame graph', () => {
  it('makes one function of its tiers and tells how much each had', () => {
    const { functions, threads } = pageData(toFlameHtml(PROFILE, { title: 'x', client: CLIENT }));
    expect(functions.filter(({ name }) => name === 'run')).toHaveLength(1);
    const start = threads[0]?.roots[0];
    expect(start?.[1]).toBe(90_000_000);
    const [, weight, , tiers] = start?.[2][0] ?? [];
    expect([weight, tiers]).toEqual([90_000_000, { interpreted: 40_000_000, optimised: 50_000_000 }]);
  });

  it('is one file that no name can break out of and that loads nothing', () => {
    const html = toFlameHtml(PROFILE, { title: '<b>"model"</b>', subtitle: ['a < b'], note: 'c > d', client: CLIENT });
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).toContain('&lt;b&gt;&quot;model&quot;&lt;/b&gt;');
    expect(html).toContain('a &lt; b');
    expect(html).toContain('c &gt; d');
    expect(html).not.toMatch(/(?:src|href)=/);
  });

  it('says how many samples the profiler dropped', () => {
    expect(toFlameHtml({ ...PROFILE, lost: 17 }, { title: 'x', client: CLIENT })).toContain('drop 17 samples');
  });

  it('refuses a client that would end its own element', () => {
    expect(() => toFlameHtml(PROFILE, { title: 'x', client: { ...CLIENT, script: '"</SCRIPT>"' } })).toThrow(
      'build the clients again',
    );
  });
});
