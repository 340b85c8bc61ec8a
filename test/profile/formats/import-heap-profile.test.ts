// V8's profile of allocations becomes ours without losing bytes.
import { describe, expect, it } from 'vitest';
import { importHeapProfile, toFolded } from '../../../src/profile/index.js';

const call = (functionName: string, url = '', lineNumber = -1) => ({
  functionName,
  url,
  lineNumber,
  columnNumber: 2,
  scriptId: '0',
});
const node = (id: number, functionName: string, selfSize: number, children: object[] = []) => ({
  callFrame: call(functionName, functionName.startsWith('(') ? '' : 'file:///app/main.mjs', id),
  selfSize,
  id,
  children,
});
const RECORDED = {
  head: node(1, '(root)', 0, [node(2, 'parse', 1000, [node(3, 'split', 3000)]), node(4, '(V8 API)', 50)]),
  samples: [
    { size: 1000, nodeId: 2, ordinal: 1 },
    { size: 1000, nodeId: 3, ordinal: 2 },
    { size: 2000, nodeId: 3, ordinal: 3 },
    { size: 50, nodeId: 4, ordinal: 4 },
  ],
};

describe('importing a .heapprofile', () => {
  const profile = importHeapProfile(JSON.stringify(RECORDED));

  it('weighs each stack by the bytes that its function asked for itself', () => {
    expect(toFolded(profile)).toBe('node;(V8 API) 50\nnode;parse 1000\nnode;parse;split 3000\n');
    expect(profile).toMatchObject({ unit: 'bytes', interval: 0 });
  });

  it('counts the samples of each stack', () => {
    expect(profile.threads[0]?.stacks.map(({ samples }) => samples)).toEqual([2, 1, 1]);
  });

  it('reads files of v8-profiler-next, which has no ids and no samples: one for each node with bytes', () => {
    const bare = ({ callFrame, selfSize, children }: ReturnType<typeof node>): object => ({
      callFrame,
      selfSize,
      children: children.map((child) => bare(child as ReturnType<typeof node>)),
    });
    const seen = importHeapProfile(JSON.stringify({ head: bare(RECORDED.head) }));
    expect(toFolded(seen)).toBe(toFolded(profile));
    expect(seen.threads[0]?.stacks.map(({ samples }) => samples)).toEqual([1, 1, 1]);
  });

  it('keeps file and line, from 1', () => {
    expect(profile.frames.find(({ name }) => name === 'split')).toMatchObject({
      origin: 'user',
      file: '/app/main.mjs',
      line: 4,
    });
  });

  it.each(['', '{"head": {}}', JSON.stringify(RECORDED).slice(0, 200)])('refuses %j', (text) => {
    expect(() => importHeapProfile(text)).toThrow(/^Cannot read heap profile: .*record it again$/s);
  });
});
