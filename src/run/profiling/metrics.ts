// What crates in addons emit through the Rust facade `metrics`, by name and labels, for each operation.
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EmittedMetric,
  type EngineResult,
  type MetricReadings,
  type MetricsReport,
  metricReadings,
  metricsReport,
  type ResultTable,
} from '../../profile/index.js';
import type { Span, WorkloadReference } from '../../samples/index.js';
import { counted, formatCount, formatNs, MISSING } from '../../units/index.js';
import { readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';

const FILE = 'metrics.json';
/** Rows of the table; the file has all. */
const ROWS = 50;
/** A name or label is any text; longer ones are cut in the table. */
const LONGEST_TEXT = 60;
const TO_OFFER = 'depend on forgebench-recorder-border and call its offer_metrics! beside workload_addon!';
const BLIND =
  'It hears the facade `metrics` 0.22 alone, and what is emitted before an operation ends; values and quantiles are of a run with one set-up and one check.';

/** Writes `metrics.json`. */
export const metrics: Engine = {
  name: 'metrics',
  about: 'what crates in addons emit through the Rust facade metrics: counters, gauges, histograms for each operation',
  refuses: {
    command: 'Cannot hear the metrics of a command: it is another process; let it serve them itself',
  },
  probe: () => probeCapture('metrics', { found: 'built into forgebench', fix: 'npm run setup' }),
  profile: reportMetrics,
};

async function reportMetrics(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, ['metrics'], { ...options, cwd }));
  const file = join(job.folder, profiled.files.metrics?.readings as string);
  const readings = metricReadings.parse(readBoundedJson(file));
  rmSync(file);
  const nobody = nobodyRecords(readings, job.benchmark.workload);
  if (nobody !== undefined) return { engine: 'metrics', files: {}, finding: nobody };
  // The last run is the one that lies between the last two readings.
  const after = profiled.clean?.at(-1);
  const report = metricsReport(readings, { watched: operationsOf(profiled), after: after ? operationsOf(after) : 0 });
  if (report.metrics.length === 0) return { engine: 'metrics', files: {}, finding: SILENT };
  writeFileSync(join(job.folder, FILE), `${JSON.stringify(report, null, 2)}\n`);
  return {
    engine: 'metrics',
    files: { metrics: FILE },
    operations: report.operations,
    finding: findingOf(report),
    table: tableOf(report),
    blind: BLIND,
    ...sentences('warning', [leftOut(report), tooFew(report)]),
  };
}

const SILENT =
  'Nothing was emitted: the code under test emits no metric here, or through another version of the facade than `metrics` 0.22.';

/** Why nobody records; undefined where an addon does that the case is about. */
function nobodyRecords({ addons }: MetricReadings, workload: WorkloadReference): string | undefined {
  const recorded = addons.map(({ file }) => realpathSync(file));
  if (workload.kind === 'native')
    return recorded.includes(realpathSync(workload.addon))
      ? undefined
      : `The addon "${workload.addon}" does not offer its metrics. To see some, ${TO_OFFER}.`;
  return recorded.length > 0
    ? undefined
    : `The workload opens no addon that offers its metrics. To see some, ${TO_OFFER}.`;
}

function operationsOf({ iterations, operationsPerIteration }: Span): number {
  return iterations * operationsPerIteration;
}

function findingOf({ metrics, operations }: MetricsReport): string {
  const moved = metrics.filter(({ perOperation }) => perOperation !== null && perOperation > 0).length;
  return `${counted(metrics.length, 'series', 'series')} emitted, ${formatCount(moved)} of them by operations, of which there were ${formatCount(operations)}.`;
}

function tableOf({ metrics }: MetricsReport): ResultTable {
  return {
    columns: ['metric', 'labels', 'kind', 'per operation', 'value'],
    rows: metrics.slice(0, ROWS).map((each) => [
      printable(each.name),
      Object.entries(each.labels)
        .map(([key, value]) => `${printable(key)}=${JSON.stringify(printable(value))}`)
        .join(' '),
      each.kind,
      each.perOperation === null ? MISSING : formatCount(each.perOperation),
      valueText(each),
    ]),
  };
}

function valueText({ name, value, mean, quantiles }: EmittedMetric): string {
  if (quantiles === null || mean === null) return value === null ? MISSING : formatCount(value);
  // The convention of Prometheus, which the facade's documentation follows: names end with their unit.
  const format = /(^|[._])seconds$/.test(name) ? (each: number) => formatNs(each * 1e9) : threeDigits;
  return Object.entries({ mean, ...quantiles })
    .map(([name, each]) => `${name} ${format(each)}`)
    .join(', ');
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Names come from the code under test: no control character reaches a terminal, and no line is longer than a screen. */
function printable(text: string): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}

function leftOut({ metrics, leftOut }: MetricsReport): string | undefined {
  const parts = [
    ...(leftOut > 0 ? [`${formatCount(leftOut)} more series left out: a recorder has room for 500.`] : []),
    ...(metrics.length > ROWS ? [`The table shows ${ROWS} of ${metrics.length} series.`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function tooFew({ metrics }: MetricsReport): string | undefined {
  return metrics.every(({ kind, perOperation }) => kind === 'gauge' || perOperation !== null)
    ? undefined
    : 'Too few operations ran to tell theirs from those of the set-up: profile for longer.';
}
