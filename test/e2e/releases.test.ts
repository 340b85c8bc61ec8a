// Newer releases of the crates under test: an index on this machine, cargo's own answer, and one issue on a server that speaks
// GitHub's API.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../ci/github-server.js';
import { stepEnvironment } from '../ci/step-environment.js';
import { type Finished, ROOT, start } from './project.js';

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'forgebench-releases-'));
/** Versions of moduforge-model, as the index lists them. */
let versions: string[] = [];
const index = createServer(({ url }, response) => {
  if (url !== '/mo/du/moduforge-model') return void response.writeHead(404).end();
  response.end(versions.map((vers) => JSON.stringify({ name: 'moduforge-model', vers, yanked: false })).join('\n'));
});
let github: GithubServer;
beforeAll(async () => {
  github = await startGithub();
  await new Promise<void>((resolve) => index.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await github.close();
  index.close();
  rmSync(folder, { recursive: true });
});

/** Starts the verb as a nightly workflow would. */
function releases(run: number, ...args: string[]): Promise<Finished> {
  const step = stepEnvironment({ folder, event: {}, name: 'schedule', branch: 'main', run, url: github.url });
  const env = { ...step, XDG_CACHE_HOME: join(folder, 'cache') };
  const address = `http://127.0.0.1:${(index.address() as AddressInfo).port}/`;
  const files = ['--files', join(folder, 'files'), '--index', address];
  return start(['releases', ...files, '--issue', ...args], ROOT, env).finished;
}

describe('releases of the crates under test', () => {
  it(
    'that are none make no issue',
    async () => {
      versions = ['0.6.5', '0.7.0'];
      const finished = await releases(1);
      expect(finished.code, finished.stderr).toBe(0);
      expect(finished.stdout).toContain('nothing newer than what is measured');
      expect(github.issues).toEqual([]);
    },
    MINUTES,
  );

  it(
    'with which nothing can be built are told in an issue, with what cargo says',
    async () => {
      versions = ['0.7.0', '0.99.0'];
      const finished = await releases(2, 'model/id-generate');
      expect(finished.code, finished.stderr).toBe(0);
      expect(github.issues).toMatchObject([{ title: 'New releases: moduforge-model 0.99.0', state: 'open' }]);
      const body = github.issues[0]?.body;
      expect(body).toContain('| `moduforge-model` | 0.7.0 | 0.99.0 |');
      expect(body).toMatch(/model \(moduforge-model\): .*failed to select a version for the requirement/);
      expect(body).toContain('https://github.example/me/project/actions/runs/2');
      expect(JSON.parse(readFileSync(join(folder, 'files/releases.json'), 'utf8'))).toMatchObject({
        releases: [{ crate: 'moduforge-model', newest: '0.99.0' }],
        drift: [{ what: 'model (moduforge-model)' }],
        comparison: null,
      });
    },
    10 * MINUTES,
  );

  it(
    'fail where a gate is asked for, and update the issue that there is',
    async () => {
      versions = ['0.7.0', '0.99.1'];
      const finished = await releases(3, 'model/id-generate', '--gate');
      expect(finished.code, finished.stderr).toBe(1);
      expect(github.issues).toMatchObject([{ title: 'New releases: moduforge-model 0.99.1' }]);
    },
    10 * MINUTES,
  );

  it(
    'that were taken back close the issue',
    async () => {
      versions = ['0.7.0'];
      const finished = await releases(4);
      expect(finished.code, finished.stderr).toBe(0);
      expect(github.issues).toMatchObject([{ state: 'closed' }]);
    },
    MINUTES,
  );

  it(
    'cannot be looked for where the index is no index',
    async () => {
      versions = [];
      const finished = await releases(5, '--index', 'http://127.0.0.1:9/');
      expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('check --index and the network') });
    },
    MINUTES,
  );
});
