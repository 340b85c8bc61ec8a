// Versions of ModuForge's crates: a release, and a checkout in which one crate does not compile.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, forgebench, ROOT } from './project.js';

const MINUTES = 60_000;
const CASE = 'model/id-generate';
const REFUSED = 'transform/step[kind=attr,nodes=1000]';

const scratch = mkdtempSync(join(tmpdir(), 'forgebench-versions-'));
const checkout = join(scratch, 'checkout');
const runs = join(ROOT, '.forgebench/runs');
const before = process.env.XDG_CACHE_HOME;
const existing = new Set(runsNow());

beforeAll(() => {
  process.env.XDG_CACHE_HOME = join(scratch, 'cache');
  mkdirSync(checkout);
  for (const crate of ['moduforge-model-0.7.0', 'moduforge-transform-0.7.0'])
    cpSync(released(crate), join(checkout, crate), { recursive: true });
});
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(scratch, { recursive: true });
  for (const run of runsNow()) if (!existing.has(run)) rmSync(join(runs, run), { recursive: true });
});

const ab = (...args: string[]) =>
  forgebench(['ab', '--base', '0.7.0', '--head', `path:${checkout}`, '--budget', '20s', '--json', ...args], ROOT);
const comparisonOf = ({ stdout }: Finished) => JSON.parse(stdout);

describe('a checkout of crates', () => {
  it(
    'is the release where its sources are, and nothing is measured',
    async () => {
      const finished = await ab(CASE);
      expect(finished.code, finished.stderr).toBe(0);
      expect(comparisonOf(finished).benchmarks).toMatchObject([
        { id: CASE, verdict: 'same', launches: { base: 0, head: 0 } },
      ]);
      expect(finished.stderr.match(/Building the workloads/g)).toHaveLength(1);
    },
    20 * MINUTES,
  );

  it(
    'is measured without the crate that does not compile, which is named with the first error',
    async () => {
      const file = join(checkout, 'moduforge-transform-0.7.0/src/lib.rs');
      writeFileSync(file, `${readFileSync(file, 'utf8')}\nfn broken() -> u32 { "no number" }\n`);
      const finished = await ab(CASE, REFUSED);
      expect(finished.stdout, finished.stderr).not.toBe('');
      const { benchmarks, onlyIn, leftOut, head } = comparisonOf(finished);
      expect(benchmarks).toMatchObject([{ id: CASE, launches: { base: 5, head: 5 } }]);
      expect(onlyIn).toEqual({ base: [REFUSED], head: [] });
      expect(leftOut.base).toEqual([]);
      expect(leftOut.head).toMatchObject([
        { what: 'transform (moduforge-transform)', reason: expect.stringContaining('error[E0308]: mismatched types') },
      ]);
      expect(head.subjects).toMatchObject({ 'moduforge-model': '0.7.0 (local)' });
    },
    30 * MINUTES,
  );

  it(
    'is refused with the reason where nothing of it compiles',
    async () => {
      const finished = await ab(REFUSED);
      expect(finished.code).toBe(2);
      expect(finished.stderr).toContain('without transform (moduforge-transform): error[E0308]: mismatched types');
    },
    20 * MINUTES,
  );

  it(
    'says what the registry has where it lacks a version',
    async () => {
      const finished = await forgebench(['ab', '--base', '0.0.99', '--head', '0.0.99', CASE], ROOT);
      expect(finished.code).toBe(2);
      expect(finished.stderr).toMatch(
        /without model \(moduforge-model\): error: failed to select a version for the requirement/,
      );
    },
    2 * MINUTES,
  );
});

function released(crate: string): string {
  const registries = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  const found = readdirSync(registries).find((registry) => readdirSync(join(registries, registry)).includes(crate));
  return join(registries, found as string, crate);
}

function runsNow(): string[] {
  try {
    return readdirSync(runs);
  } catch {
    return [];
  }
}
