// What the code under test emits, on `/metrics`.
import { Gauge, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { measureEmitted } from '../../src/dashboard/measure-emitted.js';
import { METRICS, type Metric } from '../../src/monitoring/index.js';
import { has, promtool } from '../promtool.js';

const HOSTILE = 'a"} 1\nforgebench_runs 7\n\\';
const metric = (more: object) => ({
  ...{ addon: 'a.node', name: 'saved', labels: {}, kind: 'counter', perOperation: 2, value: 200 },
  ...{ mean: null, quantiles: null, ...more },
});

/** The text of `/metrics` for reports as they are stored. */
async function textOf(...reports: unknown[]): Promise<string> {
  const registry = new Registry();
  const contents = reports.map((each) => Buffer.from(typeof each === 'string' ? each : JSON.stringify(each)));
  const stored = contents.map((content, index) => ({
    ...{ caseId: `core/case-${index}`, engine: 'metrics', kind: 'metrics', hash: String(index), bytes: content.length },
  }));
  const gauge = (name: keyof typeof METRICS) => {
    const { help, labels }: Metric = METRICS[name];
    return new Gauge({ name, help, labelNames: labels, registers: [registry] });
  };
  await measureEmitted({ readProfile: async (hash) => contents[Number(hash)] }, stored, gauge);
  return registry.metrics();
}

describe('what the code under test emits', () => {
  it('stands on /metrics by case, name, labels and kind', async () => {
    const text = await textOf({
      operations: 100,
      leftOut: 3,
      metrics: [
        metric({ labels: { format: 'json' } }),
        metric({ name: 'queue', kind: 'gauge', perOperation: null, value: 4 }),
        metric({ name: 'seconds', kind: 'histogram', perOperation: 1, mean: 0.25 }),
      ],
    });
    const series = (name: string, labels: string, kind: string) =>
      `{case="core/case-0",metric="${name}",labels="${labels}",kind="${kind}"}`;
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        `forgebench_last_run_emitted_per_operation${series('saved', 'format=\\"json\\"', 'counter')} 2`,
        `forgebench_last_run_emitted_per_operation${series('seconds', '', 'histogram')} 1`,
        `forgebench_last_run_emitted_value${series('queue', '', 'gauge')} 4`,
        `forgebench_last_run_emitted_value${series('seconds', '', 'histogram')} 0.25`,
        'forgebench_last_run_emitted_left_out 3',
      ]),
    );
  });

  it('has 500 time series at most, whatever is stored, and says how many are left out', async () => {
    const many = Array.from({ length: 400 }, (_, index) => metric({ labels: { user: String(index) } }));
    const text = await textOf(...[1, 2].map(() => ({ operations: 1, leftOut: 10, metrics: many })));
    expect(text.match(/^forgebench_last_run_emitted_per_operation\{/gm)).toHaveLength(500);
    expect(text).toContain('\nforgebench_last_run_emitted_left_out 320\n');
  });

  it('adds no line and no name of its own, and is cut where it is long', async () => {
    const metrics = [metric({ name: HOSTILE, labels: { [HOSTILE]: HOSTILE } }), metric({ name: 'x'.repeat(1e5) })];
    const text = await textOf({ operations: 1, leftOut: 0, metrics });
    expect(text).not.toMatch(/^forgebench_runs/m);
    expect(text.length).toBeLessThan(3_000);
    if (has('promtool')) expect(promtool(['check', 'metrics'], { input: text })).toMatchObject({ status: 0 });
  });

  it('is nothing where a file was spoilt, and other cases stay', async () => {
    const good = { operations: 1, leftOut: 0, metrics: [metric({})] };
    const text = await textOf('{"metrics": [', { metrics: 5 }, good);
    expect(text.match(/^forgebench_last_run_emitted_per_operation\{/gm)).toHaveLength(1);
  });
});
