// The border report over a real addon, with calls and bytes that are known.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addonFile } from '../../src/native/index.js';
import type { ProfileArtefacts } from '../../src/store/index.js';
import { forgebench, makeProject } from './project.js';

const project = makeProject('profiled');
afterAll(() => project.remove());

interface Crossed {
  name: string;
  callsPerOperation: number;
  callNs: number;
  bytesIn: { copied: number; shared: number };
  hint?: string;
}

describe('profile --with border', () => {
  let result: ProfileArtefacts['engines'][number] | undefined;
  let report: { operations: number; crossingNs: number; functions: Crossed[] };
  beforeAll(async () => {
    // A copy: node opens a file once, and the engine has opened its own.
    cpSync(addonFile('engine', '.'), join(project.folder, 'crossed.node'));
    const words = ['profile', 'border/crossings', '--quick', '--with', 'border', '--output', 'profiles', '--json'];
    const { stdout, stderr, code } = await forgebench(words, project.folder);
    expect(code, stderr).toBe(0);
    result = (JSON.parse(stdout) as ProfileArtefacts[])[0]?.engines[0];
    report = JSON.parse(readFileSync(result?.files.json ?? '', 'utf8'));
  }, 120_000);

  it('counts calls and bytes of an operation exactly, and nothing of set-up and check', () => {
    const seen = report.functions.map(({ name, callsPerOperation, bytesIn }) => [name, callsPerOperation, bytesIn]);
    expect(seen.toSorted()).toEqual([
      ['buildId', 10, { copied: 100, shared: 0 }],
      ['cross', 1000, { copied: 0, shared: 0 }],
    ]);
    expect(report.operations).toBeGreaterThan(10);
  });

  it('advises to batch the calls that do nothing, in the report and on the page', () => {
    const cross = report.functions.find(({ name }) => name === 'cross');
    expect(cross?.hint).toMatch(
      /^called 1,000 times per operation .*: batched into one call they save up to [\d.]+ [nµ]s per operation$/,
    );
    expect(report.crossingNs).toBeGreaterThan(5);
    expect(report.crossingNs).toBeLessThan(5000);
    expect(readFileSync(result?.files.markdown ?? '', 'utf8')).toContain('`cross` is called 1,000 times per operation');
    expect(result?.finding).toContain('1,010 calls into addons per operation');
  });

  it('says of Rust and of commands that no border is crossed, and fails', async () => {
    const words = ['profile', 'program/true', '--quick', '--with', 'border', '--json'];
    const { stdout, code } = await forgebench(words, project.folder);
    expect((JSON.parse(stdout) as ProfileArtefacts[])[0]?.engines[0]?.failure).toContain('border is not applicable');
    expect(code).toBe(3);
  });
});
