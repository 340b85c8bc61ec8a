// The workflows of this repository, those that users copy, and the action.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/project.js';
import { findActionlint } from './actionlint.js';

const actionlint = findActionlint();
const folder = mkdtempSync(join(tmpdir(), 'forgebench-workflows-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WORKFLOWS = [
  ...readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`),
  ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.yml') ? [`docs/${name}`] : [])),
];

function lint(cwd: string, ...files: string[]) {
  const { status, stdout } = spawnSync(actionlint as string, ['-no-color', ...files], { cwd, encoding: 'utf8' });
  return { status, stdout };
}

/** A repository that uses the action with these inputs. */
function using(inputs: string): string {
  mkdirSync(join(folder, '.git'), { recursive: true });
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  cpSync(join(ROOT, 'action.yml'), join(folder, 'action.yml'));
  writeFileSync(
    join(folder, '.github/workflows/use.yml'),
    `on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./\n        with:\n          ${inputs}\n`,
  );
  return folder;
}

describe('a workflow', () => {
  it.skipIf(actionlint === undefined).each(WORKFLOWS)('is one that actionlint has nothing to say of: %s', (file) => {
    expect(lint(ROOT, file)).toEqual({ status: 0, stdout: '' });
  });

  it.skipIf(actionlint === undefined)('may use the action with its inputs, and no others', () => {
    expect(lint(using('budget: 5m'))).toEqual({ status: 0, stdout: '' });
    expect(lint(using('merge: true'))).toEqual({ status: 0, stdout: '' });
    expect(lint(using('bugdet: 5m')).stdout).toContain('bugdet');
  });
});

describe('the script of the action', () => {
  const [, script = ''] = /\n {6}run: \|\n((?: {8}.*\n)+)/.exec(readFileSync(join(ROOT, 'action.yml'), 'utf8')) ?? [];
  const run = (inputs: Record<string, string>) => {
    writeFileSync(join(folder, 'npx'), '#!/bin/sh\nfor word; do echo "$word"; done\n', { mode: 0o755 });
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      SELECT: '',
      BUDGET: '10m',
      BUILD: '',
      TOLERANCE: '5%',
      NAME: 'n',
      SHARD: '',
      MERGE: 'false',
    };
    const { stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { ...env, ...inputs },
      encoding: 'utf8',
    });
    return stdout.trim().split('\n');
  };

  it('passes inputs on as words, of which the shell takes none for its own', () => {
    expect(run({ SELECT: 'js/* $(id)', BUILD: 'npm ci && npm run "build"' })).toEqual([
      ...['--no-install', 'forgebench', 'ci', 'js/*', '$(id)', '--budget', '10m', '--tolerance', '5%', '--name', 'n'],
      ...['--build', 'npm ci && npm run "build"'],
    ]);
  });

  it('measures a part, or tells what all parts say', () => {
    expect(run({ SHARD: '2/4' }).slice(-2)).toEqual(['--shard', '2/4']);
    expect(run({ MERGE: 'true' }).slice(-2)).toEqual(['--merge', '.forgebench/parts']);
  });

  it('leaves out what was not given', () => {
    expect(run({})).toEqual('--no-install forgebench ci --budget 10m --tolerance 5% --name n'.split(' '));
  });
});
