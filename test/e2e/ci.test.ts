// A rehearsal: pull requests of a user's project on a local repository, and a local server that speaks GitHub's API.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CiRepository, makeCiRepository } from './ci-repository.js';
import type { Finished } from './project.js';

let repository: CiRepository;
beforeAll(async () => {
  repository = await makeCiRepository();
});
afterAll(() => repository.close());

describe('a branch that makes a function slower', () => {
  let finished: Finished;
  let comment: string;
  beforeAll(async () => {
    finished = await repository.ci({ branch: 'slow', run: 1 }, '--budget', '40s');
    comment = repository.server.comments[0]?.body ?? '';
  }, 300_000);

  it('fails, and its comment names the case, the interval and the function', () => {
    expect(finished.code, finished.stderr).toBe(1);
    expect(comment).toContain('**Slower, and not surely by less than 5 %: `js/text`.**');
    expect(comment).toMatch(/\| `js\/text` \| \*\*slower\*\* \| \+\d+ % \| \+[\d.]+ % … \+[\d.]+ % \|/);
    expect(comment).toMatch(/\*\*Why slower:\*\* `js\/text`.*\n\n- \\?\+.*: countWords/);
  });

  it('says about the 20 % that were planted, in an interval that is clear of the tolerance', () => {
    const { benchmarks } = JSON.parse(readFileSync(repository.at('.forgebench/ci/comparison.json'), 'utf8'));
    const [{ ratio, low }] = benchmarks as [{ ratio: number; low: number }];
    expect(ratio).toBeGreaterThan(1.13);
    expect(ratio).toBeLessThan(1.27);
    expect(low).toBeGreaterThan(1.05);
  });

  it('links the differential flame graph, which lies among the files of the run', () => {
    const [, link, page] = /\[Differential flame graph\]\(<(.*)>\): `(.*)`/.exec(comment) ?? [];
    expect(link).toBe('https://github.example/me/project/actions/runs/1#artifacts');
    expect(readFileSync(repository.at(`.forgebench/ci/${page}`), 'utf8')).toContain('countWords');
  });

  it('has the same in the summary, an annotation at the line of the function, JUnit and HTML', () => {
    expect(readFileSync(repository.at('.forgebench/summary.md'), 'utf8')).toContain('js/text');
    expect(finished.stdout).toMatch(/^::error .*title=js\/text is slower::\+.*countWords/m);
    expect(readFileSync(repository.at('.forgebench/ci/junit.xml'), 'utf8')).toContain('failures="1"');
    expect(existsSync(repository.at('.forgebench/ci/comparison.html'))).toBe(true);
  });
});

describe('a branch with documentation alone', () => {
  it('gets a quiet all-clear in the same comment, without a launch', async () => {
    const before = repository.server.comments.length;
    const finished = await repository.ci({ branch: 'docs', run: 2 });
    expect(finished.code, finished.stderr).toBe(0);
    expect(repository.server.comments).toHaveLength(Math.max(1, before));
    const { body = '' } = repository.server.comments[0] ?? {};
    expect(body).toContain('## Benchmarks: all clear');
    expect(body).toContain('nothing that runs has changed: `README.md`');
    expect(body.split('\n').length).toBeLessThan(6);
    expect(finished.stdout).not.toContain('::error');
  });
});

describe('a pull request from a fork', () => {
  it('is checked, and told in the summary where its token may not write', async () => {
    repository.server.faults.push({ status: 403, message: 'Resource not accessible by integration' });
    const finished = await repository.ci({ branch: 'docs', run: 3, fork: true });
    expect(finished.code).toBe(0);
    expect(finished.stdout).toMatch(/::notice .*No comment was written.*from a fork gets a token that may only read/);
    expect(readFileSync(repository.at('.forgebench/summary.md'), 'utf8')).toContain('all clear');
    expect(readFileSync(repository.at('.forgebench/ci/comment.md'), 'utf8')).toContain('all clear');
  });

  it('is checked without a token too', async () => {
    const requests = repository.server.requests.length;
    const finished = await repository.ci({ branch: 'docs', run: 3, fork: true, token: '' });
    expect(finished.code).toBe(0);
    expect(finished.stdout).toContain('there is no GITHUB_TOKEN');
    expect(repository.server.requests).toHaveLength(requests);
  });
});

describe('a base that cannot be compared with', () => {
  beforeEach(() => {
    repository.server.comments.length = 0;
  });

  it('because it has no benchmarks passes with a warning', async () => {
    const finished = await repository.ci({ branch: 'main', run: 4, baseSha: repository.git('rev-parse', 'main~1') });
    expect(finished.code, finished.stderr).toBe(0);
    expect(finished.stdout).toContain('::warning ');
    expect(repository.server.comments[0]?.body).toContain('## Benchmarks: nothing to compare with');
  });

  it('because nobody has the commit is refused with what to write', async () => {
    const finished = await repository.ci({ branch: 'slow', run: 5, baseSha: 'e'.repeat(40) });
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('set "fetch-depth: 0" of actions/checkout');
  });
});

describe('a job that is cancelled', () => {
  it('ends with 130 and leaves the comment as it was', async () => {
    const before = repository.server.requests.length;
    const { child, finished } = repository.startStep({ branch: 'slow', run: 6 }, ['--budget', '60s', '--thorough']);
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Measuring') || chunk.includes('js/text')) child.kill('SIGINT');
    });
    expect(await finished).toMatchObject({ code: 130, stderr: expect.stringContaining('The job was cancelled') });
    expect(repository.server.requests).toHaveLength(before);
  }, 120_000);
});

describe('an event that asks for nothing', () => {
  it('is refused with the events that do', async () => {
    const finished = await repository.ci({ branch: 'main', event: 'issues', run: 10 });
    expect(finished).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"pull_request", "push" or "schedule"'),
    });
  });
});
