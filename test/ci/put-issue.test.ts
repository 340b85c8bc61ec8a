// One issue through the API, against a server that speaks it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGithubApi, putIssue } from '../../src/ci/index.js';
import { type GithubServer, startGithub } from './github-server.js';

let server: GithubServer;
beforeEach(async () => {
  server = await startGithub();
});
afterEach(() => server.close());

const put = (body: string, { order = 100, title = 'New: a 2.0.0', isOpen = true, token = 'secret' } = {}) =>
  putIssue(
    openGithubApi({ url: server.url, token }, 1),
    { repository: { owner: 'me', name: 'project' }, order },
    { name: 'releases', title, body, isOpen },
  );
const first = () => server.issues[0] as (typeof server.issues)[0];

describe('an issue', () => {
  it('is made once and updated in place afterwards', async () => {
    expect(await put('first')).toEqual({ kind: 'created', url: 'https://github.example/me/project/issues/1' });
    expect(await put('second', { order: 200, title: 'New: a 2.0.1' })).toMatchObject({ kind: 'updated' });
    expect(server.issues).toHaveLength(1);
    expect(first()).toMatchObject({
      title: 'New: a 2.0.1',
      body: '<!-- forgebench:releases order=200 -->\nsecond',
      labels: ['forgebench'],
    });
  });

  it('is closed when there is nothing to tell, and none is made for nothing', async () => {
    expect(await put('nothing', { isOpen: false })).toEqual({ kind: 'none' });
    await put('something');
    expect(await put('all is well', { order: 200, isOpen: false })).toMatchObject({ kind: 'closed' });
    expect(first()).toMatchObject({
      state: 'closed',
      title: 'New: a 2.0.0',
      body: expect.stringContaining('all is well'),
    });
  });

  it('that somebody has closed stays so until there is something else to tell', async () => {
    await put('first');
    first().state = 'closed';
    expect(await put('again', { order: 200 })).toMatchObject({ kind: 'updated' });
    expect(first()).toMatchObject({ state: 'closed', body: expect.stringContaining('again') });
    expect(await put('other', { order: 300, title: 'New: a 3.0.0' })).toMatchObject({ kind: 'created' });
    expect(server.issues.map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('of a newer run is not overwritten by an older one that ends later', async () => {
    await put('new', { order: 300 });
    expect(await put('old', { order: 200 })).toEqual({ kind: 'outdated' });
  });

  it('is found behind hundreds of others, and is no pull request nor what a stranger wrote', async () => {
    const body = '<!-- forgebench:releases order=999999 -->\nmine';
    const other = { title: '', state: 'open', labels: ['forgebench'], author_association: 'NONE' };
    await put('ours');
    server.issues.push({ ...other, number: 2, body, user: { type: 'User', login: 'someone' } });
    server.issues.push({ ...other, number: 3, body, user: { type: 'Bot', login: 'bot' }, pull_request: {} });
    for (let number = 4; number <= 250; number++)
      server.issues.push({ ...other, number, body: '', user: { type: 'User', login: 'someone' } });
    expect(await put('again', { order: 200 })).toMatchObject({ kind: 'updated' });
    expect(first().body).toContain('again');
  });

  it('is made by one request, of which nobody knows what it did where it failed', async () => {
    server.faults.push(undefined, { status: 502, message: 'Bad Gateway' });
    expect(await put('ours')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Bad Gateway') });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('that the token may not write is refused with the permission that is missing', async () => {
    server.faults.push({ status: 403, message: 'Resource not accessible by integration' });
    expect(await put('ours')).toEqual({
      kind: 'refused',
      reason:
        'the token may not write to issues of this repository (Resource not accessible by integration); give the job "permissions: issues: write"',
    });
  });
});
