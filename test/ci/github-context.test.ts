// Where a step runs, from the environment of GitHub Actions.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isDocumentation, readGithubContext } from '../../src/ci/index.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-ci-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [BASE, HEAD] = ['a'.repeat(40), 'b'.repeat(40)];
const eventFile = (event: unknown) => {
  const file = join(folder, 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  return file;
};
const environment = (event: unknown, more: NodeJS.ProcessEnv = {}) => ({
  GITHUB_REPOSITORY: 'me/project',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: eventFile(event),
  GITHUB_RUN_ID: '12',
  GITHUB_RUN_ATTEMPT: '3',
  ...more,
});
const pull = (headRepo: unknown) => ({
  pull_request: {
    number: 7,
    base: { ref: 'main', sha: BASE, repo: { full_name: 'me/project' } },
    head: { ref: 'topic', sha: HEAD, repo: headRepo },
  },
});

describe('the context', () => {
  it('has the pull request, the page of the run and its order', () => {
    const context = readGithubContext(environment(pull({ full_name: 'me/project' })));
    expect(context.pullRequest).toMatchObject({ number: 7, base: { sha: BASE }, head: { sha: HEAD }, isFork: false });
    expect(context).toMatchObject({ runUrl: 'https://github.com/me/project/actions/runs/12', order: 1203 });
  });

  it.each([[{ full_name: 'you/project' }], [null]])('tells a fork, also one that was deleted: %j', (repo) => {
    expect(readGithubContext(environment(pull(repo))).pullRequest?.isFork).toBe(true);
  });

  it('has no pull request where the event has none', () => {
    expect(readGithubContext(environment({ ref: 'refs/heads/main' })).pullRequest).toBeNull();
  });

  it('takes an empty token for none', () => {
    expect(readGithubContext(environment({}, { GITHUB_TOKEN: '' })).api.token).toBeUndefined();
  });

  it.each([
    ['{"pull_request": {"number": 7', 'Cannot read the event "pull_request"'],
    [{ pull_request: { ...pull(null).pull_request, base: { ref: 'main', sha: '--upload-pack=x' } } }, 'base.sha'],
  ])('is refused where the event is cut off, or has no commit where one belongs', (event, message) => {
    expect(() => readGithubContext(environment(event))).toThrow(message);
  });

  it('is refused outside of GitHub Actions, with what to do there', () => {
    expect(() => readGithubContext({})).toThrow('forgebench ab');
  });
});

describe('documentation', () => {
  it.each(['README.md', 'docs/start.rst', 'docs/img/a.svg', 'LICENSE', 'LICENSE.txt', 'a/CODEOWNERS'])(
    'is %s',
    (path) => {
      expect(isDocumentation(path)).toBe(true);
    },
  );
  it.each(['src/a.js', 'docs/example.js', 'CMakeLists.txt', 'icon.svg', 'package.json', 'license.js'])(
    'is not %s',
    (path) => {
      expect(isDocumentation(path)).toBe(false);
    },
  );
});
