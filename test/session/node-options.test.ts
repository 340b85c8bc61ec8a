// NODE_OPTIONS as node itself reads them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { followOptions } from '../../src/session/node-options.js';

const base = mkdtempSync(join(tmpdir(), 'forgebench-options-'));
afterAll(() => rmSync(base, { recursive: true }));

it.each(['plain', 'with blanks', 'a "quoted" \\ back', 'größe 日本'])('reaches node from the folder %j', (name) => {
  const folder = join(base, name);
  mkdirSync(folder);
  const options = followOptions(
    { folder, engines: ['cpu'], intervalUs: 1000, allocationBytes: 131072, names: false },
    '--no-warnings',
  );
  // The hook of this test is TypeScript's; what counts is that node finds the file that names it.
  const { stderr } = spawnSync(process.execPath, ['-e', '0'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: options },
  });
  expect(options.startsWith('--no-warnings --require ')).toBe(true);
  expect(stderr).toContain('hook.cjs');
  expect(readdirSync(folder)).toEqual(['follow.cjs']);
});
