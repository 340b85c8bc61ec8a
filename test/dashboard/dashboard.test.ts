// The dashboard as programs see it, and as attackers do. It stays whole because both ask one store, which takes long to fill.
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DashboardError, type DashboardOptions, dashboard, type OpenedDashboard } from '../../src/dashboard/index.js';
import { type FilledStore, fillStore, HOSTILE, HOSTILE_CASE, runId } from './filled-store.js';

const TOKEN = 'a token of more than 16 characters';
const PAGE = { script: 'void 0', style: 'main {}' };
const ASSETS = { look: 'body {}', ...PAGE, flame: PAGE, differential: PAGE };

let filled: FilledStore;
beforeAll(async () => {
  filled = await fillStore();
});
afterAll(() => filled.remove());

const opened: OpenedDashboard[] = [];
const troubles: unknown[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  expect(troubles.splice(0)).toEqual([]);
});

async function open(exposure: Partial<DashboardOptions['exposure']> = {}): Promise<string> {
  const each = await dashboard({
    store: filled.store,
    assets: ASSETS,
    exposure: { host: '127.0.0.1', port: 0, ...exposure },
    onError: (error) => troubles.push(error),
  });
  opened.push(each);
  return each.url;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request as it is: `fetch` would mend paths and refuse to name another host. */
function ask(url: string, { path = '/', headers = {}, method = 'GET', body = '' } = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject).end(body);
  });
}

const PATHS = [
  '/',
  '/runs',
  '/machines',
  '/compare',
  `/run?id=${runId(39)}`,
  '/suite?name=demo',
  '/suite?name=evil',
  '/case?id=demo/slower[n=1]',
  `/case?${new URLSearchParams({ id: HOSTILE_CASE })}`,
  `/compare?base=${runId(20)}&head=${runId(37)}`,
].map((path) => path.replaceAll('[', '%5B').replaceAll(']', '%5D'));

describe('pages', () => {
  it('are there, with a policy that runs nothing but the own program', async () => {
    const url = await open();
    for (const path of PATHS) {
      const { status, headers } = await ask(url, { path });
      expect(status, path).toBe(200);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('name the case that became slower, where, and by how much', async () => {
    const url = await open();
    const { text } = await ask(url, { path: '/case?id=demo%2Fslower%5Bn%3D1%5D' });
    expect(text).toContain('regression');
    expect(text).toContain('+20 %');
    expect(text).toContain('c0ffee25');
    const steady = await ask(url, { path: '/case?id=demo%2Fsame' });
    expect(steady.text).not.toContain('regression');
  });

  it('say of a case how its samples lie, how its time grows, and what memory it took, where the last run has it', async () => {
    const url = await open();
    const { text } = await ask(url, { path: '/case?id=demo%2Fslower%5Bn%3D1%5D' });
    expect(text).toContain('In the last run, <a href="/run?id=run-039">run-039</a>');
    expect(text).toContain('200 samples in 5 launches');
    expect(text).toContain('none: operations are too short to time alone; a batch hides their percentiles');
    expect(text).toContain('Time grows as n to the power of 1.00, with an interval of 1.00 … 1.00.');
    expect(text).toContain('n = 1 (this case)');
    expect(text).toContain('href="/case?id=demo%2Fslower%5Bn%3D100%5D"');
    expect(text).toContain('Allocations of an operation, last 2 runs: 3 last, 3 at most, 2 values');
    const without = await ask(url, { path: '/case?id=demo%2Fsame' });
    expect(without.text).not.toContain('id="distribution"');
    expect(without.text).toContain('id="memory"');
  });

  it('say in the overview what the trends show, once they were read', async () => {
    const url = await open();
    await ask(url);
    await expect
      .poll(async () => (await ask(url)).text, { timeout: 20_000 })
      .toContain('<strong>1</strong><span>regressions');
  });

  it('say what was decided about a change, and count it no longer, at once', async () => {
    const url = await open();
    const regressions = (count: number) => `<strong>${count}</strong><span>regressions`;
    await expect.poll(async () => (await ask(url)).text, { timeout: 20_000 }).toContain(regressions(1));
    const key = { caseId: 'demo/slower[n=1]', metric: 'p50', fingerprint: '01234567', run: runId(25) };
    const decision = { state: 'accepted', author: 'Ada', at: '2026-02-20T00:00:00.000Z', magnitude: 0.2 } as const;
    await filled.store.saveTriage({ ...key, ...decision, note: HOSTILE });
    const pages = await Promise.all(['/', PATHS[7] ?? ''].map(async (path) => (await ask(url, { path })).text));
    await filled.store.forgetTriage(key);
    expect(pages[0]).toContain(regressions(0));
    for (const page of pages) expect(page).toContain('accepted by Ada on 2026-02-20: &quot;&gt;&lt;script&gt;');
  });

  it('compare runs by their launches, and say in what they differ', async () => {
    const url = await open();
    const slower = await ask(url, { path: `/compare?base=${runId(20)}&head=${runId(36)}` });
    expect(slower.text).toMatch(/<strong>1<\/strong><span>slower/);
    expect(slower.text).not.toContain('The runs differ');
    const elsewhere = await ask(url, { path: `/compare?base=${runId(5)}&head=${runId(39)}` });
    expect(elsewhere.text).toContain('The runs differ in machine: a CPU, 2 cores, node 20.19.0 (01234567) against');
    expect(elsewhere.text).toContain('The runs differ in what is under test: crate 1.0.0 against crate 1.1.0.');
  });

  it('list runs page by page, whatever the number of the page is', async () => {
    const url = await open();
    for (const number of ['1', '0', '-7', '1e9', 'NaN', '%00', '2.5'])
      expect((await ask(url, { path: `/runs?page=${number}` })).text).toContain('40 runs, page 1 of 1');
  });

  it('are not found where nothing is stored', async () => {
    const url = await open();
    for (const path of [
      '/case?id=nothing',
      '/run?id=nothing',
      '/run',
      '/suite?name=',
      '/compare?base=a&head=b',
      '/nothing',
    ])
      expect((await ask(url, { path })).status, path).toBe(404);
  });
});

describe('flame graphs', () => {
  const hashOf = async (index: number) => (await filled.store.read(runId(index)))?.profiles[0]?.hash ?? '';

  it('are made from the stored profile, and run the one program that is known', async () => {
    const url = await open();
    const link = `/flame?${new URLSearchParams({ run: runId(36), hash: await hashOf(36) })}`;
    expect((await ask(url, { path: `/run?id=${runId(36)}` })).text).toContain(link.replaceAll('&', '&amp;'));
    const { status, headers, text } = await ask(url, { path: link });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^']+' 'sha256-[^']+';/);
    expect(text).toContain('"grown"');
    expect(text).not.toContain('<script>window');
  });

  it('of two runs show where a case became slower', async () => {
    const url = await open();
    const [base, head] = [runId(20), runId(36)];
    expect((await ask(url, { path: `/compare?base=${base}&head=${head}` })).text).toContain(
      '/flame/difference?base=run-020',
    );
    const path = `/flame/difference?${new URLSearchParams({ base, head, case: 'demo/slower[n=1]' })}`;
    const { status, text } = await ask(url, { path });
    expect(status).toBe(200);
    expect(text).toContain('Weights are processor time of one operation');
    expect(text).not.toContain('<script>window');
  });

  it('are those of the run alone: no other content is read by its hash', async () => {
    const url = await open();
    const foreign = [await hashOf(20), '', '../store.db', '0'.repeat(64)];
    for (const hash of foreign) {
      const path = `/flame?${new URLSearchParams({ run: runId(36), hash })}`;
      expect((await ask(url, { path })).status, hash).toBe(404);
    }
  });
});

describe('an attacker', () => {
  it('is refused under another name of this address, as DNS rebinding needs', async () => {
    const url = await open();
    const { port } = new URL(url);
    const foreign = [
      `evil.example:${port}`,
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      '10.0.0.1',
      'localhost@evil.example',
    ];
    for (const host of foreign) {
      const { status, text } = await ask(url, { headers: { Host: host } });
      expect(status, host).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('demo');
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST'])
      expect((await ask(url, { headers: { Host: host } })).status, host).toBe(200);
  });

  it('gets no file by a path', async () => {
    const url = await open();
    const paths = [
      '/assets/../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/../../etc/passwd',
      '/assets/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/assets/dashboard.js%00.css',
      '/%',
    ];
    for (const path of paths) {
      const { status, text } = await ask(url, { path });
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/root:|"version"/);
    }
  });

  it('cannot make names, commits and targets into markup', async () => {
    const url = await open();
    for (const path of PATHS) {
      const { text } = await ask(url, { path });
      expect(text, path).not.toContain('<script>window');
      expect(text, path).not.toContain('<img');
      // The elements that the page itself has: the program, and data that is no program.
      const scripts = [...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
      const own = [
        '<script src="/assets/dashboard.js" defer>',
        '<script type="application/json" id="trend-data">',
        '<script type="application/json" id="case-data">',
      ];
      expect(
        scripts.filter((tag) => !own.includes(tag)),
        path,
      ).toEqual([]);
    }
  });

  it('cannot make what the address says into markup', async () => {
    const url = await open();
    const attack = encodeURIComponent('"><svg onload=alert(1)>');
    for (const path of [
      `/compare?base=${attack}&head=`,
      `/case?id=demo%2Fsame&metric=${attack}&machine=${attack}&last=${attack}`,
      `/runs?page=${attack}`,
    ])
      expect((await ask(url, { path })).text).not.toContain('<svg');
  });
});

describe('beyond this machine', () => {
  it('nothing is served without a token, nor with one that could be guessed', async () => {
    await expect(open({ host: '0.0.0.0' })).rejects.toThrow(DashboardError);
    await expect(open({ host: '0.0.0.0', token: 'short' })).rejects.toThrow('at least 16');
  });

  it('a program shows the token in a header', async () => {
    const url = await open({ token: TOKEN });
    expect((await ask(url)).status).toBe(401);
    expect((await ask(url)).text).not.toContain('demo');
    expect((await ask(url, { headers: { Authorization: `Bearer ${TOKEN}x` } })).status).toBe(401);
    expect((await ask(url, { headers: { Authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  });

  it('a browser gives the token once, and keeps a cookie that no script reads and no other site sends', async () => {
    const url = await open({ token: TOKEN });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = (token: string, next = '/runs') => new URLSearchParams({ token, next }).toString();
    const wrong = await ask(url, { path: '/login', method: 'POST', headers: form, body: body('wrong') });
    expect(wrong.status).toBe(401);
    expect(wrong.headers['set-cookie']).toBeUndefined();
    const right = await ask(url, { path: '/login', method: 'POST', headers: form, body: body(TOKEN) });
    expect([right.status, right.headers.location]).toEqual([303, '/runs']);
    const cookie = String(right.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    expect(cookie).not.toContain(TOKEN);
    expect((await ask(url, { headers: { Cookie: cookie.split(';', 1)[0] ?? '' } })).status).toBe(200);
  });

  it('the form leads to no other site', async () => {
    const url = await open({ token: TOKEN });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/a\r\nSet-Cookie: b',
    ]) {
      const body = new URLSearchParams({ token: TOKEN, next }).toString();
      expect((await ask(url, { path: '/login', method: 'POST', headers, body })).headers.location, next).toBe('/');
    }
  });

  it('the port of another program is refused in words', async () => {
    const port = Number(new URL(await open()).port);
    await expect(open({ port })).rejects.toThrow(`Cannot serve on 127.0.0.1:${port}: another program has this port`);
  });
});
