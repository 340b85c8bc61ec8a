// Comments through the API, against a server that speaks it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGithubApi, putComment } from '../../src/ci/index.js';
import { type GithubServer, startGithub } from './github-server.js';

let server: GithubServer;
beforeEach(async () => {
  server = await startGithub();
});
afterEach(() => server.close());

const put = (body: string, { order = 100, token = 'secret' as string | undefined, name = 'benchmarks' } = {}) =>
  putComment(
    openGithubApi({ url: server.url, token }, 1),
    { repository: { owner: 'me', name: 'project' }, order },
    { pullRequest: 7, name, body },
  );
const chatter = (id: number, body: string) => ({
  id,
  issue: 7,
  body,
  user: { type: 'User', login: 'someone' },
  author_association: 'NONE',
});

describe('a comment', () => {
  it('is written once and updated in place afterwards', async () => {
    expect(await put('first')).toMatchObject({
      kind: 'created',
      url: expect.stringContaining('/pull/7#issuecomment-1'),
    });
    expect(await put('second', { order: 200 })).toMatchObject({ kind: 'updated' });
    expect(server.comments.map(({ body }) => body)).toEqual(['<!-- forgebench:benchmarks order=200 -->\nsecond']);
  });

  it('is found behind hundreds of others', async () => {
    for (let id = 1; id <= 250; id++) server.comments.push(chatter(id, `remark ${id}`));
    await put('first');
    await put('second');
    expect(server.comments).toHaveLength(251);
    expect(server.comments.at(-1)?.body).toContain('second');
  });

  it('of a newer run is not overwritten by an older one that ends later', async () => {
    await put('new', { order: 300 });
    expect(await put('old', { order: 200 })).toEqual({ kind: 'outdated' });
    expect(server.comments[0]?.body).toContain('new');
  });

  it('of another name is another comment', async () => {
    await put('one');
    await put('two', { name: 'benchmarks-arm' });
    expect(server.comments).toHaveLength(2);
  });

  it('is not looked for in what a stranger wrote, even with our first line', async () => {
    server.comments.push(chatter(1, '<!-- forgebench:benchmarks order=999999 -->\nmine'));
    expect(await put('ours')).toMatchObject({ kind: 'created' });
    expect(server.comments[0]?.body).toContain('mine');
  });
});

describe('a server that does not do what it is asked', () => {
  it('is asked again where it failed in passing', async () => {
    server.faults.push({ status: 502, message: 'Bad Gateway' }, { status: 500, message: 'Oops' });
    expect(await put('text')).toMatchObject({ kind: 'created' });
    expect(server.requests.filter((each) => each.startsWith('GET'))).toHaveLength(3);
  });

  it('is waited for where it asks for patience', async () => {
    const message = 'You have exceeded a secondary rate limit.';
    server.faults.push({ status: 403, message, headers: { 'retry-after': '1' } });
    expect(await put('text')).toMatchObject({ kind: 'created' });
  });

  it.each([
    [403, 'Resource not accessible by integration', 'permissions: pull-requests: write'],
    [404, 'Not Found', 'permissions: pull-requests: write'],
    [422, 'Validation Failed', 'did not accept'],
  ])('with %d is reported with what to do, and nothing is thrown', async (status, message, remedy) => {
    server.faults.push({ status, message });
    const outcome = await put('text');
    expect(outcome).toEqual({ kind: 'refused', reason: expect.stringContaining(remedy) });
    expect(JSON.stringify(outcome)).toContain(message);
  });

  it('knows no token of ours', async () => {
    expect(await put('text', { token: 'wrong' })).toMatchObject({
      reason: expect.stringContaining('set GITHUB_TOKEN'),
    });
  });

  it('is gone', async () => {
    await server.close();
    expect(await put('text')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('could not be reached'),
    });
  });
});
