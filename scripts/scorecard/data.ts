// The public data that the scorecard reads; docs/scorecard.md names their licences.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One day's run of the Go benchmarks: the launches of each benchmark, in ns per operation. */
export interface GoDay {
  date: string;
  launches: Record<string, number[]>;
}

/** A labelled series of SAP HANA. */
export interface SapSeries {
  name: string;
  kind: string;
  values: number[];
  /** The build of each value. */
  builds: string[];
  /** First point of the regression; null where there is none. */
  regression: number | null;
}

/** A series with the change points that people saw. */
export interface AnnotatedSeries {
  name: string;
  values: number[];
  annotations: Record<string, number[]>;
}

/** Figures of constant code on hosted runners. */
export interface HostedSeries {
  name: string;
  values: number[];
}

/** Where each set stands in the data folder. */
const FILES = {
  go: 'go_benchseries/aa_runs.json.gz',
  sap: 'sap_hana_small_2021',
  tcpd: 'tcpd',
  hosted: 'github_action_benchmark/series.csv.gz',
};

/** @throws Error where the folder lacks one of the sets, with the remedy */
export function checkData(folder: string | undefined): string {
  if (folder === undefined)
    throw new Error('Cannot score: no public data; name their folder with --data DIR or FORGEBENCH_DATA');
  const missing = Object.values(FILES).filter((file) => !existsSync(join(folder, file)));
  if (missing.length === 0) return folder;
  throw new Error(
    `Cannot score: "${folder}" lacks ${missing.join(', ')}; name the folder of the public data with --data`,
  );
}

/** Launches of one toolchain on one machine, day by day. */
export function readGoDays(folder: string): GoDay[] {
  const { runs } = JSON.parse(unzip(join(folder, FILES.go))) as {
    runs: { runstamp: string; ns_per_op: Record<string, number[]> }[];
  };
  return runs
    .map(({ runstamp, ns_per_op }) => ({ date: runstamp.slice(0, 8), launches: ns_per_op }))
    .sort((one, other) => one.date.localeCompare(other.date));
}

/** Series that people classed, with the place of each regression. */
export function readSapSeries(folder: string): SapSeries[] {
  const labels = parse(readFileSync(join(folder, FILES.sap, 'labels.csv'), 'utf8'), {
    delimiter: ';',
    columns: true,
    bom: true,
  }) as Record<string, string>[];
  return labels.map((label) => {
    const name = label.Dataset as string;
    const rows = parse(readFileSync(join(folder, FILES.sap, 'data', name), 'utf8'), {
      columns: true,
      bom: true,
    }) as Record<string, string>[];
    const isRegression = (label.Type as string).toLowerCase() === 'regression';
    return {
      name,
      kind: label.Type as string,
      values: rows.map((row) => Number(row.Measurement)),
      builds: rows.map((row) => row.GHC as string),
      // The label is the last row before it, counted from 1.
      regression: isRegression ? Number(label['Change Point']) : null,
    };
  });
}

/** The series of one dimension; others have no single series to look at. */
export function readAnnotatedSeries(folder: string): AnnotatedSeries[] {
  const annotations = JSON.parse(readFileSync(join(folder, FILES.tcpd, 'annotations.json'), 'utf8')) as Record<
    string,
    Record<string, number[]>
  >;
  const files = readdirSync(join(folder, FILES.tcpd)).filter(
    (file) => file.endsWith('.json') && file !== 'annotations.json',
  );
  return files.sort().flatMap((file) => {
    const { name, n_dim, series } = JSON.parse(readFileSync(join(folder, FILES.tcpd, file), 'utf8')) as {
      name: string;
      n_dim: number;
      series: { raw: (number | null)[] }[];
    };
    const values = (series[0]?.raw ?? []).filter((value) => value !== null);
    return n_dim === 1 ? [{ name, values, annotations: annotations[name] ?? {} }] : [];
  });
}

/** Published results of constant code, less is better or not; of at least 50 points. */
export function readHostedSeries(folder: string): HostedSeries[] {
  const rows = parse(unzip(join(folder, FILES.hosted)), { columns: true }) as Record<string, string>[];
  const series = new Map<string, number[]>();
  for (const { suite, bench, unit, value } of rows) {
    const name = `${suite}: ${bench} (${unit})`;
    series.set(name, [...(series.get(name) ?? []), Number(value)]);
  }
  return [...series]
    .map(([name, values]) => ({ name, values: values.filter((value) => Number.isFinite(value) && value > 0) }))
    .filter(({ values }) => values.length >= 50);
}

function unzip(file: string): string {
  return gunzipSync(readFileSync(file)).toString('utf8');
}
