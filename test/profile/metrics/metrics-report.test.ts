// What an operation emits, from three readings of recorders.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricReadings, metricReadings, metricsReport } from '../../../src/profile/index.js';

type Reading = MetricReadings['addons'][number]['before'];
type Series = Reading['series'][number];

const series = (more: Partial<Series>): Series => ({ name: 'saved', labels: [], kind: 'counter', value: 0, ...more });
const reading = (...all: Partial<Series>[]): Reading => ({ series: all.map(series), leftOut: 0 });
const readings = (before: Reading, after: Reading, later: Reading): MetricReadings => ({
  addons: [{ file: 'a.node', before, after, later }],
});

describe('a report of metrics', () => {
  it('tells what an operation counts, whatever set-up and check count', () => {
    const count = fc.integer({ min: 0, max: 1e6 });
    const operations = fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }));
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 1e3 }), operations, (start, setUp, each, [more, after]) => {
        const watched = after + more;
        const ended = start + setUp + each * watched;
        const later = ended + setUp + each * after;
        const its = [start, ended, later].map((value) => reading({ value })) as [Reading, Reading, Reading];
        const [metric] = metricsReport(readings(...its), { watched, after }).metrics;
        expect(metric).toMatchObject({ perOperation: each, value: setUp + each * watched });
      }),
    );
  });

  it('knows a metric by kind, name and labels, and begins with 0 what is new', () => {
    const labelled = (value: string, count: number) => ({ labels: [{ key: 'format', value }], value: count });
    const its = readings(
      reading(labelled('json', 7)),
      reading(labelled('json', 7), labelled('xml', 20), { kind: 'gauge', value: 3 }),
      reading(labelled('json', 7), labelled('xml', 30), { kind: 'gauge', value: 1 }),
    );
    expect(metricsReport(its, { watched: 20, after: 10 })).toEqual({
      operations: 20,
      leftOut: 0,
      metrics: [
        expect.objectContaining({ labels: { format: 'json' }, perOperation: 0, value: 0 }),
        expect.objectContaining({ labels: { format: 'xml' }, perOperation: 1, value: 20 }),
        expect.objectContaining({ kind: 'gauge', perOperation: null, value: 3 }),
      ],
    });
  });

  it('gives mean and quantiles of the run that was watched', () => {
    const of = (value: number, sum: number, quantiles?: number[]) =>
      reading({ kind: 'histogram', value, sum, quantiles });
    const its = readings(of(100, 1_000), of(110, 1_030, [2, 5, 6]), of(115, 1_500, [90, 95, 99]));
    expect(metricsReport(its, { watched: 10, after: 5 }).metrics).toMatchObject([
      { value: 10, mean: 3, perOperation: 1, quantiles: { p50: 2, p99: 5, max: 6 } },
    ]);
  });

  it('gives nothing for each operation where the second run was as long as the first', () => {
    const its = readings(reading({}), reading({ value: 5 }), reading({ value: 10 }));
    expect(metricsReport(its, { watched: 3, after: 3 }).metrics[0]).toMatchObject({ perOperation: null, value: 5 });
  });
});

describe('readings of metrics', () => {
  it('of another form are refused, whatever they are', () => {
    fc.assert(fc.property(fc.anything(), (text) => !metricReadings.safeParse({ addons: [text] }).success));
    expect(metricReadings.safeParse(readings(reading({}), reading({}), reading({}))).success).toBe(true);
  });
});
