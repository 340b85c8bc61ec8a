// A part of the work at a time: one case of each benchmark, profiles in turns, shards for several machines; and what
// definitions say as a whole: coverage and findings.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { forgebench, makeProject, plant } from './project.js';

const DEFINITION = `
import { suite } from 'forgebench';
const module = { file: './sums.mjs', export: 'sum' };
suite('sums', { crate: 'sums', priorities: ['Speed', 'Size'], absent: { e2e: 'A sum never takes that long.' } })
  .benchmark('grow', {
    why: 'How does a sum grow with its numbers?', operation: 'one sum', category: 'micro', priority: 'Speed',
    parameters: { n: [1_000, 8_000, 64_000] }, scaling: 'n', module, profile: { n: 8_000 },
    findings: [{
      what: 'Every number is looked at, so that a sum takes longer the more there are.',
      source: 'sums.mjs:4', shows: 'exponent > 0.5',
    }],
  })
  .benchmark('hold', {
    why: 'What does a sum of few numbers hold?', operation: 'one sum', category: 'memory', priority: 'Size',
    cases: [{ n: 10 }, { n: 20 }], module,
  })
  .benchmark('long', {
    why: 'What does a sum of many numbers take?', operation: 'one sum', category: 'integration', priority: 'Speed',
    cases: [{ n: 4_000_000 }], module,
  });
`;

const SUMS = `
export function sum({ n }) {
  const numbers = Float64Array.from({ length: n }, (_, i) => i);
  return {
    run: () => { let sum = 0; for (const each of numbers) sum += each; return sum; },
    verify: (sum) => { if (sum !== (n * (n - 1)) / 2) throw new Error('the sum is ' + sum); },
  };
}
`;

let project: ReturnType<typeof makeProject>;

beforeEach(() => {
  project = makeProject();
  plant(project.folder, { 'benches/sums.bench.ts': DEFINITION, 'benches/sums.mjs': SUMS });
});

afterEach(() => project.remove());

async function runJson(args: readonly string[]): Promise<{ record: RunRecord; stderr: string }> {
  const { stdout, stderr, code } = await forgebench(
    ['run', '--quick', '--budget', '3s', '--json', ...args],
    project.folder,
  );
  expect(code, stderr).toBe(0);
  return { record: JSON.parse(stdout) as RunRecord, stderr };
}

describe('a run of one case for each benchmark', () => {
  it('takes the case that its definition profiles, or the first', async () => {
    const { record } = await runJson(['--one-case']);
    expect(record.summaries.map(({ caseId }) => caseId).toSorted()).toEqual([
      'sums/grow[n=8000]',
      'sums/hold[n=10]',
      'sums/long[n=4000000]',
    ]);
  });
});

describe('profiles within a budget', () => {
  it('begin with what was not profiled for longest, and say what was left out', async () => {
    const seen: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { record, stderr } = await runJson(['--one-case', '--profile', '--with', 'cpu', '--profile-budget', '1ms']);
      expect(stderr).toContain('Profiled 1 of 3 benchmarks');
      seen.push(...record.profiles.map(({ caseId }) => caseId));
    }
    expect(seen.toSorted()).toEqual(['sums/grow[n=8000]', 'sums/hold[n=10]', 'sums/long[n=4000000]']);
  });
});

describe('shards', () => {
  it('have every benchmark once, and none is empty', async () => {
    const parts = [await runJson(['--shard', '1/2']), await runJson(['--shard', '2/2'])];
    const ids = parts.flatMap(({ record }) => record.benchmarks.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(['sums/grow', 'sums/hold', 'sums/long']);
    const empty = await forgebench(['run', '--quick', '--shard', '4/4'], project.folder);
    expect(empty).toMatchObject({ code: 2 });
    expect(empty.stderr).toContain('there are only 3 benchmarks to share');
  });
});

describe('findings', () => {
  it('are told with evidence and place, in the terminal, in Markdown and in JSON', async () => {
    // More launches than a quick run makes, because a busy machine stretches some of them.
    const { record } = await runJson(['sums/grow', '--launches', '9', '--budget', '40s', '--output', 'run.md']);
    expect(record.findings).toMatchObject([{ status: 'seen', evidence: { metric: 'exponent' } }]);
    const { stdout } = await forgebench(['report'], project.folder);
    expect(stdout).toMatch(
      /Findings\n {2}Every number is looked at.*\n {6}sums\/grow, 3 sizes.*exponent.*\n {6}sums\.mjs:4/,
    );
    const markdown = await forgebench(['report', '--output', 'again.md'], project.folder);
    expect(markdown.code).toBe(0);
  });
});

describe('the coverage', () => {
  it('is a matrix of questions and categories, and its exit code says whether there are holes', async () => {
    const full = await forgebench(['list', '--coverage'], project.folder);
    expect(full).toMatchObject({ code: 0, stderr: '' });
    expect(full.stdout).toContain('no hole');
    expect(full.stdout).toContain('* sums, e2e: A sum never takes that long.');
    plant(project.folder, {
      'benches/sums.bench.ts': DEFINITION.replace("['Speed', 'Size']", "['Speed', 'Size', 'Order']"),
    });
    const holes = await forgebench(['list', '--coverage'], project.folder);
    expect(holes.code).toBe(1);
    expect(holes.stderr).toContain('sums: no benchmark answers "Order"; give one this priority');
  });

  it('is not told of a project whose suites name no questions', async () => {
    plant(project.folder, {
      'benches/sums.bench.ts': DEFINITION.replace(/, priorities: .*long.' } \}/, ' }').replaceAll(
        / priority: '\w+',/g,
        '',
      ),
    });
    const { code, stderr } = await forgebench(['list', '--coverage'], project.folder);
    expect(code).toBe(2);
    expect(stderr).toContain('no selected suite has "priorities"');
  });
});
