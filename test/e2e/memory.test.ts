// Memory runs by the real program: leaks of Rust, of the C heap, of set-up and of JavaScript are called what they are,
// and what keeps its promises keeps them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/statistics/index.js';
import type { ProfileArtefacts, RunRecord } from '../../src/store/index.js';
import { buildHostileAddon, type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject('hostile');

const SCRIPT = `
export const leak = () => {
  const kept = [];
  return { run: () => kept.push(new Array(16).fill(1.5)), verify() {} };
};
export const tidy = () => ({ run: () => new Array(16).fill(1.5), verify() {} });
`;
const SCRIPT_DEFINITIONS = `
import { suite } from 'forgebench';
for (const name of ['leak', 'tidy'])
  suite(\`script-\${name}\`).benchmark('grow', {
    why: 'Is a leak of JavaScript found?', operation: 'one array', category: 'micro',
    module: { file: '../script.mjs', export: name },
    targets: ['live-growth < 10 %', 'leak < 64 kB'],
  });
`;

beforeAll(() => {
  buildHostileAddon(join(project.folder, 'hostile.node'));
  plant(project.folder, { 'script.mjs': SCRIPT, 'benches/script.bench.ts': SCRIPT_DEFINITIONS });
}, 600_000);
afterAll(() => project.remove());

describe('a memory run', () => {
  let finished: Finished;
  let run: RunRecord;

  beforeAll(async () => {
    const names = ['good', 'leak', 'leak-in-c', 'leak-when-set-up', 'cache-once'].map((name) => `hostile/${name}`);
    const flags = ['--memory', '--memory-operations', '50k', '--output', 'run.json', '--gate'];
    finished = await forgebench(['run', ...names, 'script-leak/grow', ...flags], project.folder);
    run = JSON.parse(readFileSync(join(project.folder, 'run.json'), 'utf8')) as RunRecord;
  }, 300_000);

  const summaryOf = (id: string) => run.summaries.find(({ caseId }) => caseId === id);
  const verdict = (id: string, metric: string) =>
    summaryOf(id)?.targets.find(({ target }) => target.metric === metric)?.status;

  it('makes memory launches alone and fails the gate for what was missed', () => {
    expect(finished.code, finished.stderr).toBe(1);
    expect(run.settings).toMatchObject({ preset: 'memory', launches: 0, memoryOperations: 50_000 });
    for (const { launches } of run.summaries) expect(launches).toMatchObject({ time: 0, memory: 2, failed: 0 });
  });

  it.each([
    ['hostile/good', 'met', 'met'],
    ['hostile/leak', 'missed', 'missed'],
    ['hostile/leak-in-c', 'missed', 'missed'],
    ['hostile/leak-when-set-up', 'met', 'missed'],
    ['hostile/cache-once', 'met', 'met'],
    ['script-leak/grow', 'missed', 'met'],
  ])('judges %s: growth %s, teardown %s', (id, growth, leak) => {
    expect(verdict(id, 'live-growth'), JSON.stringify(summaryOf(id)?.memory)).toBe(growth);
    expect(verdict(id, 'leak'), JSON.stringify(summaryOf(id)?.memory)).toBe(leak);
  });

  it('knows how much leaks', () => {
    expect(estimated(summaryOf('hostile/leak-when-set-up')?.memory.leftBytes)).toBe(1_008);
    expect(estimated(summaryOf('hostile/leak')?.memory.growthBytes)).toBeCloseTo(1_000, 0);
    expect(estimated(summaryOf('hostile/cache-once')?.memory.leftFirstBytes)).toBeGreaterThan(1_000);
  });

  it('says that a million operations are extrapolated where fewer were done', () => {
    expect(summaryOf('hostile/good')?.memory.operations).toBe(50_000);
    expect(finished.stdout).toContain('✓ live-growth < 10 % (extrapolated from 50,000 operations)');
    expect(finished.stdout).toContain('hostile/leak  live-growth < 10 %: is');
  });

  it('shows live bytes at twenty points at least', () => {
    for (const { memory } of run.summaries) expect(memory.series.operations.length).toBeGreaterThanOrEqual(20);
  });

  it('is laid out for 80 columns', () => {
    const table = finished.stdout.split('\n').filter((line) => !line.startsWith('  ') || line.includes('live-growth'));
    expect(table.filter((line) => line.includes('…'))).toEqual([]);
  });
});

describe('the leak gate over Rust', () => {
  it('tells by the counting allocator what grows and what teardown leaves, and calls nothing else a leak', async () => {
    const names = ['leak', 'leak-when-set-up', 'good', 'cache-once'].map((name) => `hostile/${name}`);
    const words = ['profile', ...names, '--with', 'leaks,account', '--quick', '--gate', '--json'];
    const { code, stdout, stderr } = await forgebench(words, project.folder);
    expect(code, stderr).toBe(1);
    const profiles = JSON.parse(stdout) as ProfileArtefacts[];
    const of = (id: string) => profiles.find(({ caseId }) => caseId === id)?.engines;
    expect(of('hostile/leak')?.[0]?.leaks).toEqual([
      expect.stringMatching(/^Rust's heap gains (9\d\d|1,0\d\d) B with each operation, by its counting allocator\.$/),
      expect.stringMatching(/^Rust keeps .* after each teardown/),
    ]);
    expect(of('hostile/leak-when-set-up')?.[0]?.leaks).toEqual([
      'Rust keeps 1000 B after each teardown, by its counting allocator.',
    ]);
    for (const name of ['good', 'cache-once']) expect(of(`hostile/${name}`)?.[0]?.leaks, name).toEqual([]);
    const rust = of('hostile/leak')?.[1]?.table?.rows.find(([part]) => part === 'Rust');
    expect(rust?.[1]).toMatch(/[KM]iB$/);
  }, 180_000);
});

describe('a memory run of a million operations', () => {
  it('finds that JavaScript which keeps nothing does not grow, whatever V8 does for itself', async () => {
    const { code, stdout } = await forgebench(['run', 'script-tidy/grow', '--memory', '--json'], project.folder);
    expect(code).toBe(0);
    const [summary] = (JSON.parse(stdout) as RunRecord).summaries;
    expect(summary?.memory.operations).toBeGreaterThanOrEqual(1e6);
    expect(summary?.targets, JSON.stringify(summary?.memory)).toMatchObject([{ status: 'met' }, { status: 'met' }]);
  }, 120_000);
});

function estimated(figure: Figure | undefined): number {
  return figure && 'estimate' in figure ? figure.estimate.value : Number.NaN;
}
