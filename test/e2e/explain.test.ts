// Why a case became slower: two versions in turn with a function slowed down, and two runs that have kept their profiles.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/explain/index.js';
import { type Finished, forgebench, makeProject, plant, useOwnCache } from './project.js';

const project = makeProject();
const removeCache = useOwnCache();
afterAll(() => {
  removeCache();
  project.remove();
});

const BENCH = `import { suite } from 'forgebench';
suite('js').benchmark('text', {
  why: 'Which function became slower?', operation: 'one text', category: 'micro',
  module: { file: './text.mjs', export: 'text' },
});
`;
/** Two functions that take about as long; the second one as many times as that. */
const TEXT = (times: number) => `
export function readWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) % 1000003; return sum; }
export function countWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 37 + i) % 1000003; return sum; }
export const text = () => ({ run: () => readWords(40000) + countWords(${40_000 * times}), verify() {} });
`;
const CONFIGURATION = 'export default { measure: "60ms", warmUp: "30ms", samples: 10 };\n';

function plantVersion(folder: string, times: number): void {
  plant(folder, {
    'forgebench.config.ts': CONFIGURATION,
    'benches/text.bench.ts': BENCH,
    'benches/text.mjs': TEXT(times),
  });
}

const at = (path: string) => resolve(project.folder, path);

beforeAll(() => {
  plantVersion(project.folder, 1);
  plantVersion(at('newer'), 2);
});

describe('two versions in turn', () => {
  let finished: Finished;
  let explanations: Explanation[];

  beforeAll(async () => {
    const versions = ['--base', 'path:.', '--head', 'path:newer', '--budget', '30s', '--seed', '1'];
    finished = await forgebench(['ab', ...versions, '--json', '--output', 'ab.html'], project.folder);
    ({ explanations } = JSON.parse(finished.stdout));
  }, 240_000);

  it('are explained with the slowed function on top, and what that took is said', () => {
    expect(finished.code, finished.stderr).toBe(1);
    expect(finished.stderr).toMatch(/Explaining 1 case with 12 profiled launches each, in about .*--no-explain/);
    expect(explanations).toHaveLength(1);
    const [{ caseId, frames, launches, resampled, failure }] = explanations as [Explanation];
    expect({ caseId, launches, resampled, failure }).toEqual({
      caseId: 'js/text',
      launches: { base: 6, head: 6 },
      resampled: 'launches',
      failure: undefined,
    });
    const [top] = frames;
    expect(top?.name).toBe('countWords');
    expect(top?.growth.low).toBeGreaterThan(0);
    expect(top?.callers[0]).toBe('run');
  });

  it('leave a differential flame graph that the page of the comparison links', () => {
    const [{ page }] = explanations as [Explanation];
    expect(readFileSync(at(page as string), 'utf8')).toContain('countWords');
    const html = readFileSync(at('ab.html'), 'utf8');
    const [, link = ''] = /href="([^"]*flame\.html)"/.exec(html) ?? [];
    expect(existsSync(join(project.folder, decodeURIComponent(link)))).toBe(true);
    expect(html).toContain('Why slower');
  });

  it('are shown again with their explanation, also as Markdown', async () => {
    const run = dirname(dirname(dirname((explanations as [Explanation])[0].page as string)));
    const again = await forgebench(['report', run.split('/').at(-1) as string, '--output', 'again.md'], project.folder);
    expect(again.stdout).toMatch(/Why slower\njs\/text .*\n {2}\+.*: countWords/);
    expect(readFileSync(at('again.md'), 'utf8')).toMatch(/\*\*Why slower:\*\* `js\/text`/);
  });
});

describe('two runs that have kept profiles', () => {
  const run = (folder: string, ...words: string[]) =>
    forgebench(['run', '--launches', '5', '--seed', '1', '--profile', '--with', 'flame', ...words], folder);

  beforeAll(async () => {
    const first = await run(project.folder, '--save-baseline', 'old');
    expect(first.code, first.stderr).toBe(0);
    plantVersion(project.folder, 2);
    const second = await run(project.folder, '--save-baseline', 'new');
    expect(second.code, second.stderr).toBe(0);
  }, 120_000);

  it('are explained by their comparison, which says how little one launch of each knows', async () => {
    const { code, stdout, stderr } = await forgebench(['compare', 'old', 'new', '--json'], project.folder);
    expect(code, stderr).toBe(1);
    const [explained] = (JSON.parse(stdout) as { explanations: [Explanation] }).explanations;
    expect(explained.resampled).toBe('samples');
    expect(explained.frames[0]?.name).toBe('countWords');
  });

  it('have a differential flame graph with each function for one operation', async () => {
    const flame = await forgebench(['flame', 'old', 'new', 'js/*', '--json', '--output', 'pages'], project.folder);
    expect(flame.code, flame.stderr).toBe(0);
    const [{ page, unit, functions }] = JSON.parse(flame.stdout);
    expect([existsSync(page), unit]).toEqual([true, 'nanoseconds']);
    const counted = functions.find(({ name }: { name: string }) => name === 'countWords');
    expect(counted.self[1] / counted.self[0]).toBeGreaterThan(1.3);
    const text = await forgebench(['flame', 'old', 'new'], project.folder);
    expect(text.stdout).toMatch(/^js\/text\n +\+.*countWords/);
  });

  it('are refused where nothing was profiled on both sides, or where a file is no profile', async () => {
    const none = await forgebench(['flame', 'old', 'newest'], project.folder);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Cannot compare "newest"')]);
    plant(project.folder, { 'no.json': '{"a":1}' });
    const broken = await forgebench(['flame', 'old', 'no.json'], project.folder);
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining('Cannot read the profile')]);
  });
});
