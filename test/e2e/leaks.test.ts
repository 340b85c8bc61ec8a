// Views of memory by the real program: leaks are named with what holds them, and what only looks like one is not.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeapDifference, MemoryAccount } from '../../src/heap/index.js';
import type { EngineResult, ProfileArtefacts } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject } from './project.js';

const project = makeProject('leaking');
afterAll(() => project.remove());

async function profile(words: readonly string[]): Promise<{ finished: Finished; of(id: string): EngineResult[] }> {
  const finished = await forgebench(['profile', ...words, '--quick', '--output', 'profiles', '--json'], project.folder);
  const artefacts = JSON.parse(finished.stdout) as ProfileArtefacts[];
  const of = (id: string) => {
    const found = artefacts.find(({ caseId }) => caseId === id);
    if (!found) throw new Error(`No result of ${id}: ${finished.stdout}${finished.stderr}`);
    return found.engines;
  };
  return { finished, of };
}

const LEAKS = {
  gathers: /^Map in cache \(memory\.mjs:11\) gains .*1 Entry.* with each iteration, 1\d\d B: cache: Map → /,
  lists:
    /^Object in head \(memory\.mjs:15\) gains 1 Object with each iteration, \d\d B: head: Object → next: Object\.$/,
  listens: /^Array in events\._events\.change \(memory\.mjs:12\) gains 1 \(anonymous\)/,
  keeps: /^Set in (workload|this)\.kept gains .*1 Entry/,
  numbers: /^Array in sizes \(memory\.mjs:14\) gains storage with each iteration/,
  typed: /^Array in requests \(typed\.ts:7\) gains 1 Object, 1 \(string\)/,
};

describe('the leak gate', () => {
  let run: Awaited<ReturnType<typeof profile>>;
  beforeAll(async () => {
    run = await profile(['memory/*', '--with', 'leaks', '--gate']);
  }, 180_000);

  it.each(Object.entries(LEAKS))('names what holds the leak of memory/%s', (name, sentence) => {
    const [result] = run.of(`memory/${name}`);
    expect(result?.leaks).toHaveLength(1);
    expect(result?.leaks?.[0]).toMatch(sentence);
    expect(result?.finding).toBe(result?.leaks?.[0]);
  });

  it.each(['caches', 'replaces', 'clean', 'asynchronous'])('does not call memory/%s a leak', (name) => {
    expect(run.of(`memory/${name}`)[0]).toMatchObject({ leaks: [], finding: expect.stringContaining('Nothing grows') });
  });

  it('fails', () => {
    expect(run.finished.code, run.finished.stderr).toBe(1);
  });
});

describe('a leak without a gate', () => {
  it('is reported and fails nothing', async () => {
    const { finished, of } = await profile(['memory/lists', '--with', 'leaks']);
    expect(of('memory/lists')[0]?.leaks).toHaveLength(1);
    expect(finished.code, finished.stderr).toBe(0);
  }, 60_000);
});

describe('views of one launch', () => {
  let results: EngineResult[];
  const read = <T>(engine: string, kind: string): T => {
    const file = results.find((result) => result.engine === engine)?.files[kind] as string;
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  };
  beforeAll(async () => {
    results = (await profile(['memory/gathers', '--with', 'account,heapdiff'])).of('memory/gathers');
  }, 60_000);

  it('have the constructor that grew, its source and both snapshots', () => {
    const { classes } = read<HeapDifference>('heapdiff', 'heapdiff');
    const entry = classes.find(({ name }) => name === 'Entry');
    expect(entry).toMatchObject({
      source: 'memory.mjs',
      place: 'memory.mjs:5',
      heldBy: 'Map in cache (memory.mjs:11)',
    });
    expect((entry?.count.after ?? 0) / (entry?.count.before ?? 1)).toBeCloseTo(3, 1);
    const { files, table } = results[1] as EngineResult;
    expect(table?.rows.some(([name]) => name === 'Entry')).toBe(true);
    for (const kind of ['before', 'after']) expect(existsSync(files[kind] as string)).toBe(true);
  });

  it('have an account whose parts add up, and of which little is unexplained', () => {
    const { account } = read<{ account: MemoryAccount }>('account', 'account');
    const { resident, ...parts } = account;
    expect(Object.values(parts).reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0)).toBe(resident);
    expect(account.v8Heap).toBeGreaterThan(5e6);
    expect(account.mappedFiles).toBeGreaterThan(10e6);
    expect(account.stacks).toBeGreaterThan(50e3);
    expect(Math.abs(account.unexplained)).toBeLessThan(resident * 0.1);
  });
});
