// What we write, opened by the programs that it is for: their own schemas, Go's pprof, speedscope in Chromium.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  functionWeights,
  importProfile,
  type Profile,
  toCpuProfile,
  toHeapProfile,
  toPprof,
  toProfileJson,
  toSpeedscope,
  totalWeight,
} from '../../../src/profile/index.js';
import { forgebench } from '../../e2e/project.js';
import { PROFILE, TOTAL } from '../sample-profile.js';
import { arbitraryProfile, figuresOf } from './arbitrary-profile.js';
import { protocolSchema } from './protocol-schema.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-viewers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The program, or why a test is left out; where CI asks, every tool must be there. */
function found(version: string, ...programs: string[]): string | undefined {
  const there = programs.find((each) => spawnSync(each, [version], { timeout: 20_000 }).status === 0);
  if (there === undefined && process.env.CI === 'true')
    throw new Error(`Cannot find ${programs[0]}; .ci/run installs it`);
  return there;
}

const GO = found('version', 'go', '/usr/local/go/bin/go');
const CHROMIUM = found('--version', 'chromium', 'chromium-browser', 'google-chrome');

describe("the DevTools protocol's own schema", () => {
  it('accepts every CPU profile, and nothing that lacks a part', () => {
    const schema = protocolSchema('Profiler.Profile');
    fc.assert(fc.property(arbitraryProfile('nanoseconds'), (profile) => void schema.parse(toCpuProfile(profile))));
    const { nodes, ...rest } = toCpuProfile(PROFILE);
    expect(schema.safeParse(rest).success).toBe(false);
    expect(schema.safeParse({ ...rest, nodes: [{ ...nodes[0], callFrame: {} }] }).success).toBe(false);
    expect(schema.safeParse({ ...rest, nodes, timeDeltas: [0.5] }).success).toBe(false);
  });

  it('accepts every heap profile, and nothing that lacks a part', () => {
    const schema = protocolSchema('HeapProfiler.SamplingHeapProfile');
    fc.assert(fc.property(arbitraryProfile('bytes'), (profile) => void schema.parse(toHeapProfile(profile))));
    const { head, samples } = toHeapProfile({ ...PROFILE, unit: 'bytes' });
    expect(schema.safeParse({ head: { ...head, selfSize: '7' }, samples }).success).toBe(false);
  });
});

describe("speedscope's own schema", () => {
  it('accepts every file, and nothing that lacks a part', () => {
    const file = createRequire(import.meta.url).resolve('speedscope/dist/release/file-format-schema.json');
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8')));
    fc.assert(fc.property(arbitraryProfile('samples'), (profile) => void schema.parse(toSpeedscope(profile, 'x'))));
    const { shared: _, ...rest } = toSpeedscope(PROFILE, 'x');
    expect(schema.safeParse(rest).success).toBe(false);
  });
});

describe("Go's pprof", () => {
  const file = join(folder, 'profile.pb.gz');
  const pprof = (...words: string[]) => {
    writeFileSync(file, toPprof(PROFILE));
    return execFileSync(GO as string, ['tool', 'pprof', ...words, file], {
      encoding: 'utf8',
      env: { ...process.env, PPROF_TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 50_000,
    });
  };

  it.skipIf(GO === undefined)('shows the same total, and of each function the same self and total weight', () => {
    const text = pprof('-top', '-unit=ns', '-nodefraction=0');
    expect(text).toContain(`of ${TOTAL}ns total`);
    const rows = [
      ...text.matchAll(/^\s*(\d+)(?:ns)?\s+[\d.]+%\s+[\d.]+%\s+(\d+)(?:ns)?\s+[\d.]+%\s+(.*?)( \(inline\))?$/gm),
    ];
    const seen = rows.map(([, self, total, name]) => [name, Number(self), Number(total)]);
    const expected = functionWeights(PROFILE)
      .filter(({ total }) => total > 0)
      .map(({ name, self, total }) => [name.replaceAll(/\s+/g, ' '), self, total]);
    const sorted = (list: unknown[][]) => list.map((row) => row.join('\t')).sort();
    // pprof breaks no line for a name with a newline in it.
    expect(sorted(seen.filter(([name]) => !String(name).startsWith('odd')))).toEqual(
      sorted(expected.filter(([name]) => !String(name).startsWith('odd'))),
    );
    expect(text).toContain('my_addon::helper (inline)');
  });

  it.skipIf(GO === undefined)('counts the same samples, and knows threads and origins by their labels', () => {
    expect(pprof('-top', '-sample_index=samples')).toContain('of 125 total');
    const tags = pprof('-tags', '-unit=ns');
    expect(tags).toMatch(/70000000(\.0)?ns.*: libc/);
    expect(tags).toMatch(/25000000(\.0)?ns.*: 11/);
    expect(pprof('-comments')).toContain('engine: perf');
  });

  it.skipIf(GO === undefined)('writes a file that is read back the same', () => {
    const again = join(folder, 'again.pb.gz');
    pprof('-proto', `-output=${again}`);
    const { profile } = importProfile(readFileSync(again));
    expect(figuresOf(profile)).toEqual(figuresOf(PROFILE));
  });
});

describe('speedscope in Chromium', () => {
  it.skipIf(CHROMIUM === undefined)(
    'shows a profile from a folder of files, with the weights of every function',
    async () => {
      const source = join(folder, 'profile.json');
      writeFileSync(source, toProfileJson(PROFILE));
      const { code, stdout, stderr } = await forgebench(
        ['view', source, '--output', join(folder, 'a b#%'), '--json'],
        folder,
      );
      expect(code, stderr).toBe(0);
      const { page } = JSON.parse(stdout) as { page: string };
      const { text, picture } = show(`${pathToFileURL(page).href}#view=sandwich`);
      // The first thread is the active one: 100 ms in all, of which malloc has 70 itself.
      expect(text).toContain('node 10');
      expect(text).toMatch(/70\.00ms \(70%\) 70\.00ms \(70%\) malloc/);
      expect(text).toMatch(/90\.00ms \(90%\) 20\.00ms \(20%\) my_addon::build/);
      expect(text).toMatch(/40\.00ms \(40%\) 0\.00ns \(&lt;0\.01%\) run \[interpreted\]/);
      expect(picture.length).toBeGreaterThan(10_000);
    },
  );

  /** The page's text without markup, and how it looks, in a browser without a network. */
  function show(url: string): { text: string; picture: Buffer } {
    const picture = join(folder, 'speedscope.png');
    const flags = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader'];
    const words = [
      ...[...flags, '--enable-unsafe-swiftshader', '--host-resolver-rules=MAP * ~NOTFOUND', '--window-size=1400,900'],
      ...[`--user-data-dir=${join(folder, 'browser')}`, '--virtual-time-budget=20000', '--dump-dom'],
      ...[`--screenshot=${picture}`, url],
    ];
    const dom = execFileSync(CHROMIUM as string, words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 50_000,
    });
    const text = dom.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    return { text, picture: existsSync(picture) ? readFileSync(picture) : Buffer.alloc(0) };
  }
});

it('totals of the sample are what its weights add up to', () => {
  expect(totalWeight(PROFILE satisfies Profile)).toBe(TOTAL);
});
