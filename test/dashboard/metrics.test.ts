// Metrics as Prometheus reads them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../src/monitoring/index.js';
import { has, promtool } from '../promtool.js';
import { recordOf, TIMING } from '../store/plan-file.js';
import { type LiveDashboard, openLiveDashboard } from './live-dashboard.js';

describe('/metrics', () => {
  let opened: LiveDashboard;
  beforeAll(async () => {
    opened = await openLiveDashboard();
  });
  afterAll(() => opened.close());
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

  it('counts what runs under way do, so that rates of it are their throughput', async () => {
    expect(await scrape()).toContain('\nforgebench_live_runs 0\n');
    const run = opened.runs.start('under-way');
    run.append(recordOf(0, TIMING));
    run.append(recordOf(1, 'panic'));
    const counted = [
      'forgebench_live_runs 1',
      'forgebench_live_launches{status="done"} 2',
      'forgebench_live_launches{status="open"} 2',
      'forgebench_live_launches_total{status="measured"} 1',
      'forgebench_live_launches_total{status="failed"} 1',
      'forgebench_live_samples_total 3',
      'forgebench_live_cpu_seconds_total 0.041',
    ];
    await expect.poll(async () => (await scrape()).split('\n')).toEqual(expect.arrayContaining(counted));
    const resident = /^forgebench_live_resident_memory_bytes (\S+)$/m.exec(await scrape())?.[1];
    expect(Number(resident)).toBeGreaterThan(10e6);
    run.end();
    await expect.poll(scrape).toContain('\nforgebench_live_runs 0\n');
    expect(await scrape()).toContain('\nforgebench_live_samples_total 3\n');
  });

  it('has every metric that rules and panels may name, and no other', async () => {
    const names = async () =>
      [...(await scrape()).matchAll(/^# TYPE (\S+) (?:gauge|counter)$/gm)].map(([, name]) => name).sort();
    await expect.poll(names, { timeout: 20_000 }).toEqual(Object.keys(METRICS).sort());
  });

  it.skipIf(!has('promtool'))('is what promtool accepts, whatever cases are called', async () => {
    const { status, stderr } = promtool(['check', 'metrics'], { input: await scrape() });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
