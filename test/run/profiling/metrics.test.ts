// The engine metrics over the crates of ModuForge, and over names that nobody should print.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Benchmark } from '../../../src/definition/index.js';
import { addonFile } from '../../../src/native/index.js';
import type { EngineResult, MetricsReport } from '../../../src/profile/index.js';
import { type ProfileOptions, profileCase } from '../../../src/run/index.js';
import { type Parameters, WIRE_VERSION } from '../../../src/samples/index.js';
import { benchmarkOf } from '../../statistics/case.js';
import { DIST, profileOptions } from './profile-options.js';

// Each test starts workers, which take a while where other programs have the cores.
vi.setConfig({ testTimeout: 60_000 });

const scratch = mkdtempSync(join(tmpdir(), 'forgebench-metrics-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const options: ProfileOptions = { ...profileOptions(join(scratch, 'cwd')), formats: [] };

async function profile(workload: Benchmark['workload'], parameters: Parameters, by = options) {
  const folder = mkdtempSync(join(scratch, 'case-'));
  const benchmark = benchmarkOf([{ id: 'core/its', parameters, category: 'micro' }], { workload });
  const job = { benchmark, case: benchmark.profiled, index: 0, folder, durationNs: 300e6 };
  const [result] = await profileCase(job, [{ name: 'metrics', ofGroup: false }], by);
  const report = () => JSON.parse(readFileSync(join(folder, result?.files.metrics as string), 'utf8')) as MetricsReport;
  return { result: result as EngineResult, report };
}

const moduforge = (id: string) => ({ kind: 'native' as const, addon: addonFile('moduforge', '.'), id });
const TASKS = { tasks: 100, concurrency: 1 };

describe('the engine metrics over moduforge-core', () => {
  let result: EngineResult;
  let report: MetricsReport;
  beforeAll(async () => {
    // On a busy machine the run that is watched may do fewer operations than the one after it, and nothing is told of each.
    for (let attempt = 0; attempt < 5; attempt++) {
      const seen = await profile(moduforge('core/task-schedule'), TASKS);
      result = seen.result;
      report = seen.report();
      if (report.metrics.some(({ perOperation }) => perOperation !== null)) break;
    }
  }, 200_000);

  /** Told once of each task; a task answers before it is counted, so that the last one may lack. */
  const expectEach = (metric: MetricsReport['metrics'][number] | undefined) =>
    expect(Math.abs((metric?.perOperation ?? Number.NaN) - 1) * report.operations).toBeLessThan(1.5);

  it('tells of each task that it was submitted and completed once, exactly', () => {
    const of = (name: string) => report.metrics.find((metric) => metric.name === name);
    expect(of('core.tasks.submitted.total')).toMatchObject({ kind: 'counter', perOperation: 1, labels: {} });
    const processed = of('core.tasks.processed.total');
    expect(processed).toMatchObject({ labels: { status: 'completed' } });
    expectEach(processed);
    expect(of('core.queue.size')).toMatchObject({ kind: 'gauge', perOperation: null });
    expect(report.operations).toBeGreaterThanOrEqual(TASKS.tasks);
  });

  it('tells how long tasks take, less than the run had time for', () => {
    const took = report.metrics.find(({ kind }) => kind === 'histogram');
    expect(took).toMatchObject({ name: 'core.task.processing.duration.seconds' });
    expectEach(took);
    const { p50, p99, max } = took?.quantiles ?? { p50: 0, p99: 0, max: 0 };
    expect(p50).toBeGreaterThan(0);
    expect([p50, p99, max].toSorted((a, b) => a - b)).toEqual([p50, p99, max]);
    expect((took?.mean ?? 0) * report.operations).toBeLessThan(0.3 * 2);
  });

  it('shows them as a table, and what it cannot hear', () => {
    expect(result.table?.rows).toContainEqual([
      'core.tasks.processed.total',
      'status="completed"',
      'counter',
      '1',
      expect.any(String),
    ]);
    expect(result).toMatchObject({ files: { metrics: 'metrics.json' }, blind: expect.stringContaining('0.22') });
    expect(result).not.toHaveProperty('warning');
  });

  it('says of a crate that emits nothing that there was nothing, and leaves no file', async () => {
    const { result: silent } = await profile(moduforge('model/node-create'), { attributes: 3, via: 'new' });
    expect(silent).toEqual({ engine: 'metrics', files: {}, finding: expect.stringMatching(/^Nothing was emitted: /) });
  });

  it('says of an addon without a recorder how it gets one', async () => {
    const engine = { kind: 'native' as const, addon: addonFile('engine', '.'), id: 'self/allocate' };
    const { result: mute } = await profile(engine, { small: 64 });
    expect(mute).toMatchObject({
      files: {},
      finding: expect.stringMatching(/does not offer its metrics.*offer_metrics!/),
    });
  });
});

/** Performs a launch as a worker does, and prints whether anything was recorded. */
const PERFORM = `
import { createRequire } from 'node:module';
const [dist, addon, request] = process.argv.slice(1);
const { performLaunch } = await import(dist + 'worker/perform-launch.js');
const { kind } = await performLaunch(JSON.parse(request));
console.log(kind, createRequire(import.meta.url)(addon).emittedMetrics()?.series.length > 0);
`;

describe('a launch', () => {
  const recorded = (kind: string, engines?: string[]) => {
    const workload = moduforge('core/task-schedule');
    const request = {
      ...{ version: WIRE_VERSION, index: 0, caseId: 'core/its', kind, workload, parameters: TASKS, timeoutMs: 30_000 },
      ...{ warmUpNs: 1e6, measureNs: 10e6, samples: 3, countNs: 1e6 },
      ...(engines && { capture: { engines, folder: scratch, ownFolders: [] } }),
    };
    const words = ['--input-type=module', '--eval', PERFORM, DIST, workload.addon, JSON.stringify(request)];
    return spawnSync(process.execPath, words, { encoding: 'utf8' }).stdout.trim();
  };

  it('that is timed, counted, verified or profiled by another engine records no metric', () => {
    expect(recorded('time')).toBe('time false');
    expect(recorded('memory')).toBe('memory false');
    expect(recorded('verify')).toBe('verify false');
    expect(recorded('profile', ['cpu'])).toBe('profile false');
  });

  it('that is profiled for its metrics records them', () => {
    expect(recorded('profile', ['metrics'])).toBe('profile true');
  });
});

/** A worker whose recorder has heard 60 series with a name that clears the screen, and had no room for 12,000. */
const HOSTILE = `
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
const { capture, workload } = JSON.parse(readFileSync(0, 'utf8'));
const name = '\\u001b[2J\\u202e' + 'x'.repeat(5000);
const reading = { series: Array.from({ length: 60 }, (_, i) => ({ name, labels: [{ key: '__proto__', value: 'a"\\n' + i }], kind: 'counter', value: 1 })), leftOut: 12000 };
writeFileSync(capture.folder + '/m', JSON.stringify({ addons: [{ file: workload.addon, before: reading, after: reading, later: reading }] }));
const span = { iterations: 4, operationsPerIteration: 1, startNs: 1, endNs: 2, cpuNs: 1, queuedNs: 0 };
writeSync(3, JSON.stringify({ status: 'ok', result: { kind: 'profile', ...span, files: { metrics: { readings: 'm' } } } }) + '\\n');
`;

describe('the engine metrics over names and labels of any kind', () => {
  it('prints no control character and no endless text, says what is left out, and keeps all in the file', async () => {
    const worker = join(scratch, 'hostile.mjs');
    writeFileSync(worker, HOSTILE);
    const { result, report } = await profile(moduforge('any'), {}, { ...options, worker });
    const [name = '', labels = ''] = result.table?.rows[0] ?? [];
    expect(name).toMatch(/^\ufffd\[2J\ufffdx+…$/);
    expect(name.length).toBeLessThan(70);
    expect(labels).toBe('__proto__="a\\"\ufffd0"');
    expect(result.table?.rows).toHaveLength(50);
    expect(result.warning).toMatch(/^12,000 more series left out.* The table shows 50 of 60 series\.$/);
    expect(report().metrics).toHaveLength(60);
    expect(Object.keys(report().metrics[0]?.labels ?? {})).toEqual(['__proto__']);
  });
});
