// The metrics of a store reach a real Prometheus by remote write, and a real Pushgateway.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FilledStore, fillStore } from '../dashboard/filled-store.js';
import { has } from '../promtool.js';
import { forgebench, makeProject, waitFor } from './project.js';

describe('forgebench push', () => {
  const project = makeProject();
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-push-'));
  let filled: FilledStore;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    filled = await fillStore();
  });
  afterAll(async () => {
    for (const child of started) await end(child);
    await filled.remove();
    rmSync(folder, { recursive: true, force: true });
    project.remove();
  });
  const push = (...args: string[]) => forgebench(['push', '--store', filled.file, ...args], project.folder);
  /** Starts a server that says on standard error where it listens. */
  const listen = async (program: string, args: string[]) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(child);
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    return waitFor(() => /(?:"Listening on" address=|listening on "?)(127\.0\.0\.1:\d+)/i.exec(text)?.[1], 30_000);
  };

  it.skipIf(!has('prometheus'))('writes into Prometheus what it then answers queries with', async () => {
    const configuration = join(folder, 'prometheus.yml');
    writeFileSync(configuration, '{}\n');
    const address = await listen('prometheus', [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
      '--web.enable-remote-write-receiver',
    ]);
    const url = `http://${address}/api/v1/write`;
    const { code, stdout } = await push('--remote-write', url, '--job', 'nightly', '--label', 'branch=feature/ü');
    expect([code, stdout]).toEqual([0, `Sent the metrics of the store to ${address}\n`]);
    const query = async (expression: string) => {
      const asked = await fetch(`http://${address}/api/v1/query?${new URLSearchParams({ query: expression })}`);
      const { data } = (await asked.json()) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] };
      };
      return data.result;
    };
    const own = '{job="nightly",branch="feature/ü",instance!=""}';
    expect((await query(`forgebench_runs${own}`)).map(({ value }) => value[1])).toEqual(['40']);
    expect((await query(`forgebench_regressions${own}`)).map(({ value }) => value[1])).toEqual(['1']);
    const [slower] = await query(`forgebench_case_p50_seconds{case="demo/slower[n=1]",job="nightly"}`);
    expect(Number(slower?.value[1])).toBeCloseTo(1.2e-6, 7);
  });

  it.skipIf(!has('prometheus-pushgateway'))('puts into a Pushgateway what a scrape of it then gives', async () => {
    const address = await listen('prometheus-pushgateway', ['--web.listen-address=127.0.0.1:0']);
    const labels = ['--label', 'instance=ci', '--label', 'branch=feature/ü'];
    for (const _ of ['once', 'and again, in its place'])
      expect((await push('--gateway', `http://${address}`, ...labels)).code).toBe(0);
    const text = await (await fetch(`http://${address}/metrics`)).text();
    expect(text.match(/^forgebench_runs\{.*$/gm)).toEqual([
      'forgebench_runs{branch="feature/ü",instance="ci",job="forgebench"} 40',
    ]);
  });

  it('says who it is by a token, or by what stands in the URL, which it never prints', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      request
        .resume()
        .on('end', () => response.writeHead(request.headers.authorization?.startsWith('Basic') ? 403 : 204).end('no'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('FORGEBENCH_PUSH_TOKEN', 'abc');
    const told = ['push', '--store', filled.file, '--remote-write', `http://127.0.0.1:${port}/write`];
    expect((await forgebench(told, project.folder)).code).toBe(0);
    vi.unstubAllEnvs();
    const refused = await push('--remote-write', `http://ada:secret@127.0.0.1:${port}/write`);
    server.close();
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer abc', `Basic ${btoa('ada:secret')}`]);
    expect(seen[0]).toMatchObject({ 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`Cannot write metrics to http://127.0.0.1:${port}/write: status 403, no`);
    expect(refused.stderr + refused.stdout).not.toContain('secret');
  });

  it.each([
    [[], 'say where to, with --gateway URL'],
    [['--gateway', '127.0.0.1:9091'], 'Cannot use --gateway "127.0.0.1:9091": write a URL'],
    [['--gateway', 'http://ada:secret@[/'], 'Cannot use --gateway "…@[/": write a URL'],
    [['--gateway', 'http://127.0.0.1:1'], 'Cannot push metrics to http://127.0.0.1:1/: connect ECONNREFUSED'],
    [['--remote-write', 'http://127.0.0.1:1/w'], 'Cannot write metrics to http://127.0.0.1:1/w: '],
    [['--gateway', 'http://127.0.0.1:1', '--label', 'job=x'], 'the job has a flag of its own'],
    [['--gateway', 'http://127.0.0.1:1', '--label', '1x=y'], 'write NAME=VALUE'],
    [['--gateway', 'http://127.0.0.1:1', '--job', 'a/b'], 'write a name without "/"'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, stderr } = await push(...args);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('secret');
    expect(code).toBe(2);
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
