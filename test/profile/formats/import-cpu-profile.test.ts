// V8's profile becomes ours without losing time.
import { describe, expect, it } from 'vitest';
import { importCpuProfile, toFolded } from '../../../src/profile/index.js';

const call = (functionName: string, url = '', lineNumber = -1, columnNumber = -1) => ({
  functionName,
  url,
  lineNumber,
  columnNumber,
  scriptId: '0',
});
const RECORDED = {
  nodes: [
    { id: 1, callFrame: call('(root)'), children: [2, 3, 4, 7] },
    { id: 2, callFrame: call('(idle)') },
    { id: 3, callFrame: call('(garbage collector)') },
    { id: 4, callFrame: call('', 'file:///my%20app/main.mjs', 0, 0), children: [5, 6] },
    { id: 5, callFrame: call('parse', 'file:///my%20app/node_modules/lib/parse.js', 9, 3) },
    { id: 6, callFrame: call('push') },
    { id: 7, callFrame: call('loop', 'file:///forgebench/dist/worker/loop.js', 1, 1) },
  ],
  startTime: 1000,
  endTime: 2000,
  samples: [4, 5, 2, 5, 3, 6, 7],
  timeDeltas: [100, 100, 100, 300, 100, 100, 100],
};

describe('importing a .cpuprofile', () => {
  const profile = importCpuProfile(JSON.stringify(RECORDED), { ownFolders: ['/forgebench/dist'] });

  it('weighs each sample by the time until the next one and leaves idle time out', () => {
    expect(toFolded(profile).split('\n')).toEqual([
      'node;(garbage collector) 100000',
      'node;(module) 100000',
      'node;(module);parse 200000',
      'node;(module);push 100000',
      'node;loop 100000',
      '',
    ]);
    const samples = profile.threads[0]?.stacks.reduce((sum, stack) => sum + stack.samples, 0);
    expect(samples).toBe(6);
  });

  it('tells origins apart and counts lines from 1', () => {
    const frame = (name: string) => profile.frames.find((each) => each.name === name);
    expect(frame('(module)')).toEqual({
      name: '(module)',
      origin: 'user',
      file: '/my app/main.mjs',
      line: 1,
      column: 1,
    });
    expect(frame('parse')).toMatchObject({ origin: 'node_modules', line: 10 });
    expect(frame('push')).toEqual({ name: 'push', origin: 'v8' });
    expect(frame('loop')?.origin).toBe('forgebench');
    expect(frame('(garbage collector)')?.origin).toBe('gc');
  });

  it('keeps weights at or above zero where V8 wrote samples out of order', () => {
    const shuffled = { ...RECORDED, samples: [4, 5, 6], timeDeltas: [300, -200, 400] };
    const [thread] = importCpuProfile(JSON.stringify(shuffled)).threads;
    expect(thread?.stacks.every(({ weight }) => weight >= 0)).toBe(true);
    expect(thread?.stacks.reduce((sum, { weight }) => sum + weight, 0)).toBe((2000 - 1100) * 1000);
  });

  it('refuses callers that go round in a circle instead of following them for ever', () => {
    const nodes = RECORDED.nodes.map((node) => (node.id === 5 ? { ...node, children: [4] } : node));
    expect(() => importCpuProfile(JSON.stringify({ ...RECORDED, nodes }))).toThrow('go round in a circle');
  });

  it('says what is wrong with a text that is no profile', () => {
    expect(() => importCpuProfile('{"nodes": [')).toThrow('Cannot read CPU profile');
    expect(() => importCpuProfile(JSON.stringify({ ...RECORDED, timeDeltas: [] }))).toThrow('one time for each sample');
    expect(() => importCpuProfile(JSON.stringify({ ...RECORDED, samples: [99], timeDeltas: [1] }))).toThrow(
      'unknown node 99',
    );
  });
});
