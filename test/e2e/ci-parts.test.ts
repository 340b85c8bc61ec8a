// What machines have found out, told by another job: the last one of a matrix, or a workflow that follows that of a fork.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCH, type CiRepository, makeCiRepository, moduleOf } from './ci-repository.js';
import { plant } from './project.js';

let repository: CiRepository;
beforeAll(async () => {
  repository = await makeCiRepository();
});
afterAll(() => repository.close());

describe('a pull request that a matrix shares', () => {
  /** Measures a part, and keeps its files as an artifact would be. */
  const measure = async (index: number) => {
    const files = `.forgebench/parts/forgebench-part-${index}`;
    return repository.ci(
      { branch: 'two', run: 20, baseSha: withBoth },
      '--shard',
      `${index}/2`,
      '--files',
      files,
      '--budget',
      '30s',
    );
  };
  const merge = () => repository.ci({ branch: 'two', run: 20, baseSha: withBoth }, '--merge', '.forgebench/parts');
  let withBoth: string;
  beforeAll(() => {
    repository.git('checkout', '--quiet', '-b', 'two', 'main');
    const more = BENCH.replace("'text'", "'words'").replace("'text'", "'words'").replace('text.mjs', 'words.mjs');
    plant(repository.folder, { 'benches/words.bench.ts': more.replace("suite('js')", "suite('other')") });
    plant(repository.folder, { 'benches/words.mjs': moduleOf(40_000).replace('const text', 'const words') });
    withBoth = repository.commit('add a benchmark');
    plant(repository.folder, { 'benches/text.mjs': moduleOf(64_000) });
    repository.commit('count words twice as carefully');
    repository.server.comments.length = 0;
  });

  it('writes parts that say nothing yet, whatever they found', async () => {
    for (const index of [1, 2]) {
      const finished = await measure(index);
      expect(finished, finished.stderr).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Part ${index} of 2`),
      });
      expect(finished.stdout).not.toContain('::error');
    }
    expect(repository.server.comments).toHaveLength(0);
  }, 300_000);

  it('is told once what all parts say, with the pages of all of them', async () => {
    const finished = await merge();
    expect(finished.code, finished.stderr).toBe(1);
    expect(repository.server.comments).toHaveLength(1);
    const { body = '' } = repository.server.comments[0] ?? {};
    expect(body).toMatch(/\| `js\/text` \| \*\*slower\*\*/);
    expect(body).toContain('`other/words`');
    const [, page] = /\[Differential flame graph\]\(<.*>\): `(.*)`/.exec(body) ?? [];
    expect(readFileSync(repository.at(`.forgebench/ci/${page}`), 'utf8')).toContain('countWords');
    expect(finished.stdout).toMatch(/^::error .*title=js\/text is slower/m);
    expect(readFileSync(repository.at('.forgebench/ci/junit.xml'), 'utf8')).toContain('failures="1"');
  });

  it('fails, and says so first in its comment, where the job of a part was cancelled', async () => {
    rmSync(repository.at('.forgebench/parts/forgebench-part-1'), { recursive: true });
    const finished = await merge();
    expect(finished.code).toBe(3);
    expect(repository.server.comments).toHaveLength(1);
    expect(repository.server.comments[0]?.body).toMatch(
      /^.*\n## Benchmarks: .*\n\n\*\*Part 1 of 2 is missing: its job was cancelled/,
    );
  });

  it('is not measured where all jobs were cancelled, and where a part is no JSON', async () => {
    plant(repository.folder, { '.forgebench/parts/forgebench-part-2/part.json': '{"version"' });
    const cut = await merge();
    expect(cut).toMatchObject({ code: 3, stdout: expect.stringContaining('Cannot read the part') });
    rmSync(repository.at('.forgebench/parts'), { recursive: true });
    const none = await merge();
    expect(none).toMatchObject({ code: 3, stdout: expect.stringContaining('No part of the measurement has arrived') });
  });

  it('keeps its parts out of the folder that is emptied first', async () => {
    const finished = await repository.ci({ branch: 'two', run: 21 }, '--merge', '.forgebench/ci/parts');
    expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('name another folder') });
    const around = await repository.ci({ branch: 'two', run: 21 }, '--merge', '.forgebench');
    expect(around).toMatchObject({ code: 2, stderr: expect.stringContaining('name another folder') });
  });
});

describe('a workflow that follows that of a fork', () => {
  const follow = (run: number, branch = 'docs') =>
    repository.ci({ branch, run, event: 'workflow_run' }, '--merge', '.forgebench/followed');
  beforeAll(async () => {
    repository.server.comments.length = 0;
    await repository.ci(
      { branch: 'docs', run: 30, fork: true, token: '' },
      '--files',
      '.forgebench/followed/forgebench',
    );
  });

  it('writes the comment that the token of the fork may not', async () => {
    repository.server.heads.set(7, repository.git('rev-parse', 'docs'));
    plant(repository.folder, { '.forgebench/followed/forgebench/explanations/one.html': '<script>theirs()</script>' });
    const finished = await follow(31);
    expect(finished.code, finished.stderr).toBe(0);
    // Ours are published; theirs stay where they are.
    expect(existsSync(repository.at('.forgebench/ci/explanations'))).toBe(false);
    expect(repository.server.comments).toMatchObject([{ issue: 7, body: expect.stringContaining('all clear') }]);
  });

  it('writes none where the pull request that its files name is not at the commit that was measured', async () => {
    repository.server.heads.set(7, repository.git('rev-parse', 'slow'));
    const finished = await follow(32);
    expect(finished).toMatchObject({ code: 2, stderr: expect.stringMatching(/Cannot tell pull request 7 of commit/) });
    repository.server.heads.clear();
    expect(await follow(33)).toMatchObject({ code: 2, stderr: expect.stringContaining('Cannot read pull request 7') });
    expect(repository.server.comments).toHaveLength(1);
  });

  it('says what is missing where there are no files', async () => {
    rmSync(repository.at('.forgebench/followed'), { recursive: true });
    expect(await follow(34)).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no part of it') });
  });
});
