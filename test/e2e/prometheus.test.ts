// A real Prometheus with the files of `forgebench monitoring` scrapes the real program, and alarms.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openStore } from '../../src/store/index.js';
import { type FilledStore, fillStore } from '../dashboard/filled-store.js';
import { annotationsOf, panelQueries } from '../monitoring/panel-queries.js';
import { has } from '../promtool.js';
import { storedRun } from '../store/stored-runs.js';
import { forgebench, makeProject, start, waitFor } from './project.js';

const LIMIT_MS = 45_000;

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
}

describe.skipIf(!has('prometheus'))('a real Prometheus', () => {
  const project = makeProject();
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-prometheus-'));
  let filled: FilledStore;
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
  const servers: Served[] = [];
  beforeAll(async () => {
    filled = await fillStore();
    servers.push(await serve(filled.file), await serve(await steadyStore(folder)));
    const written = await forgebench(['monitoring', folder, ...servers.map(({ address }) => address)], project.folder);
    expect(written.code).toBe(0);
    hurry(join(folder, 'prometheus.yml'));
    prometheus = await startPrometheus(folder);
  });
  afterAll(async () => {
    await end(prometheus?.child);
    for (const { child } of servers) await end(child);
    await filled.remove();
    rmSync(folder, { recursive: true, force: true });
    project.remove();
  });

  it('scrapes both servers, and is told how many regressions each store has', async () => {
    await expect
      .poll(() => query('forgebench_regressions'), { timeout: LIMIT_MS })
      .toEqual({ [address(0)]: 1, [address(1)]: 0 });
    expect(await query('up{job="forgebench"}')).toEqual({ [address(0)]: 1, [address(1)]: 1 });
    expect(await query('forgebench_runs')).toEqual({ [address(0)]: 40, [address(1)]: 1 });
  });

  it('alarms about the store in which a regression stands, and leads to its dashboard', async () => {
    await expect.poll(firing('ForgebenchRegression'), { timeout: LIMIT_MS }).toEqual([address(0)]);
    const alert = (await alerts()).find(({ labels }) => labels.alertname === 'ForgebenchRegression');
    expect(alert?.annotations.description).toContain(`See http://${address(0)}/`);
    const page = await fetch(`http://${address(0)}/`);
    expect(await page.text()).toContain(`/case?${new URLSearchParams({ id: 'demo/slower[n=1]' })}`);
  });

  it('alarms about targets of the one store, and about launches that failed in the other', async () => {
    await expect.poll(firing('ForgebenchTargetsMissed'), { timeout: LIMIT_MS }).toEqual([address(0)]);
    await expect.poll(firing('ForgebenchLaunchesFailed'), { timeout: LIMIT_MS }).toEqual([address(1)]);
  });

  it('has an answer to each query of the dashboard of Grafana, for each server', async () => {
    const dashboard = JSON.parse(readFileSync(join(folder, 'grafana/dashboards/forgebench.json'), 'utf8'));
    for (const expression of panelQueries(dashboard)) {
      const asked = expression.replaceAll(/\$(instance|case)/g, '.*');
      expect(Object.keys(await query(asked)).sort(), asked).toEqual([address(0), address(1)].sort());
    }
    const [drawn = ''] = annotationsOf(dashboard);
    expect(Object.keys(await query(drawn.replaceAll('$instance', '.*')))).toEqual([address(0)]);
  });

  function address(index: number): string {
    return servers[index]?.address ?? '';
  }

  async function api<T>(path: string): Promise<T> {
    const response = await fetch(`${prometheus.url}/api/v1/${path}`);
    return ((await response.json()) as { data: T }).data;
  }

  /** Values by the server that they come from. */
  async function query(expression: string): Promise<Record<string, number>> {
    const { result } = await api<{ result: { metric: { instance: string }; value: [number, string] }[] }>(
      `query?${new URLSearchParams({ query: expression })}`,
    );
    return Object.fromEntries(result.map(({ metric, value }) => [metric.instance, Number(value[1])]));
  }

  async function alerts(): Promise<Alert[]> {
    return (await api<{ alerts: Alert[] }>('alerts')).alerts;
  }

  function firing(name: string): () => Promise<(string | undefined)[]> {
    return async () =>
      (await alerts())
        .filter(({ labels, state }) => labels.alertname === name && state === 'firing')
        .map(({ labels }) => labels.instance);
  }

  async function serve(store: string): Promise<Served> {
    const { child } = start(['serve', '--port', '0', '--store', store], project.folder);
    return { child, address: await printed(child, 'stdout', /http:\/\/(\S+)\//) };
  }
});

interface Served {
  child: ChildProcess;
  address: string;
}

/** A store with one run, in which nothing can have changed. */
async function steadyStore(folder: string): Promise<string> {
  const file = join(folder, 'steady.db');
  const store = await openStore({ kind: 'sqlite', file });
  await store.save(storedRun('steady'));
  await store.close();
  return file;
}

/** Lets Prometheus look each half second; everything else stays as it was written. */
function hurry(file: string): void {
  const global = { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '500ms' };
  writeFileSync(file, JSON.stringify({ ...parse(readFileSync(file, 'utf8')), global }));
}

async function startPrometheus(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return { child, url: `http://${await printed(child, 'stderr', /msg="Listening on" address=(\S+)/)}` };
}

/** What a program prints about itself once it has begun. */
function printed(child: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  let text = '';
  child.once('error', (error) => {
    text += error.message;
  });
  child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return waitFor(() => pattern.exec(text)?.[1], 30_000);
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
