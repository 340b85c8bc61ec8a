// Metrics as Prometheus reads them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard, type OpenedDashboard } from '../../src/dashboard/index.js';
import { METRICS } from '../../src/monitoring/index.js';
import { has, promtool } from '../promtool.js';
import { type FilledStore, fillStore } from './filled-store.js';

const PAGE = { script: 'void 0', style: 'main {}' };

describe('/metrics', () => {
  let filled: FilledStore;
  let opened: OpenedDashboard;
  beforeAll(async () => {
    filled = await fillStore();
    opened = await dashboard({
      store: filled.store,
      assets: { look: '', ...PAGE, flame: PAGE, differential: PAGE },
      exposure: { host: '127.0.0.1', port: 0 },
      onError: (error) => {
        throw error;
      },
    });
  });
  afterAll(async () => {
    await opened.close();
    await filled.remove();
  });
  const scrape = async () => (await fetch(`${opened.url}metrics`)).text();

  it('says what is stored, how the newest run went, and how long its cases took', async () => {
    const text = await scrape();
    expect(text).toContain('\nforgebench_runs 40\n');
    expect(text).toContain('\nforgebench_last_run_launches{status="measured"} 15\n');
    expect(text).toContain('\nforgebench_last_run_targets{status="missed"} 1\n');
    expect(text).toMatch(/\nforgebench_case_p50_seconds\{case="demo\/slower\[n=1\]"\} 0\.0000012\d+\n/);
    expect(text).toContain('\nforgebench_last_run_cases_left_out 0\n');
  });

  it('says how many regressions there are once the trends were read, and not before', async () => {
    await expect.poll(scrape, { timeout: 20_000 }).toContain('\nforgebench_regressions 1\n');
  });

  it('has every metric that rules and panels may name, and no other', async () => {
    const names = async () => [...(await scrape()).matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name).sort();
    await expect.poll(names, { timeout: 20_000 }).toEqual(Object.keys(METRICS).sort());
  });

  it.skipIf(!has('promtool'))('is what promtool accepts, whatever cases are called', async () => {
    const { status, stderr } = promtool(['check', 'metrics'], { input: await scrape() });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
