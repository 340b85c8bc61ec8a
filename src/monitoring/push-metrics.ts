// Sends metrics where a scrape would come too late: a job that ends before Prometheus looks.
import { PbfWriter } from 'pbf';
import { Pushgateway, type Registry } from 'prom-client';
import { compress } from 'snappyjs';
import { splitCredentials } from './split-credentials.js';

/** Where metrics go, and as whose. */
export interface PushOptions {
  /** Base URL of a Pushgateway, or the whole URL of an endpoint for remote write. */
  url: string;
  job: string;
  /** What every time series is labelled with besides, such as the instance. */
  labels: Readonly<Record<string, string>>;
  /** Sent as a bearer token. */
  token?: string;
}

/** Metrics that did not arrive. */
export class PushError extends Error {
  override name = 'PushError';
}

const LIMIT_MS = 30_000;

/**
 * Puts metrics into a Pushgateway, in place of what it has of the same job and labels.
 *
 * @throws PushError where they did not arrive
 */
export async function pushToGateway(registry: Registry, options: PushOptions): Promise<void> {
  const { url, headers } = target(options);
  // The path has a label in each part; what would end a part is written as base64.
  const groupings = Object.entries(options.labels).map(([name, value]) =>
    value.includes('/') ? [`${name}@base64`, Buffer.from(value).toString('base64url')] : [name, value],
  );
  const gateway = new Pushgateway(url.href, { timeout: LIMIT_MS, headers }, registry);
  try {
    await gateway.push({ jobName: options.job, groupings: Object.fromEntries(groupings) });
  } catch (error) {
    throw refused('push metrics to', url, error as Error);
  }
}

/**
 * Writes metrics as they are now into Prometheus, or whatever else takes remote write 1.0.
 *
 * @throws PushError where they did not arrive
 */
export async function writeRemotely(registry: Registry, options: PushOptions): Promise<void> {
  const { url, headers } = target(options);
  const series = await seriesOf(registry, { job: options.job, ...options.labels });
  const request = {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
      'User-Agent': 'forgebench',
    },
    body: compress(writeRequest(series, Date.now())),
    signal: AbortSignal.timeout(LIMIT_MS),
  };
  const { ok, status, answer } = await ask(url, request).catch((error: Error) => {
    throw refused('write metrics to', url, error);
  });
  if (!ok) throw refused('write metrics to', url, new Error(`status ${status}${answer === '' ? '' : `, ${answer}`}`));
}

/** The whole answer: a connection may break while it comes, too. */
async function ask(url: URL, request: RequestInit): Promise<{ ok: boolean; status: number; answer: string }> {
  const response = await fetch(url, request);
  return { ok: response.ok, status: response.status, answer: (await response.text()).trim() };
}

/** The address without a password, which goes into a header. */
function target({ url, token }: PushOptions): { url: URL; headers: Record<string, string> } {
  const { url: bare, authorization: basic } = splitCredentials(url);
  const authorization = token === undefined ? basic : `Bearer ${token}`;
  return { url: bare, headers: authorization === undefined ? {} : { Authorization: authorization } };
}

function refused(action: string, url: URL, error: Error & { cause?: unknown }): PushError {
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  return new PushError(`Cannot ${action} ${url.href}: ${reason}; see that something listens there and lets you write`);
}

interface Series {
  /** By name, which is the order that remote write asks for. */
  labels: [name: string, value: string][];
  value: number;
}

async function seriesOf(registry: Registry, common: Readonly<Record<string, string>>): Promise<Series[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.flatMap(({ name, values }) =>
    values.map(({ labels, value }) => {
      const all = { ...common, ...labels, __name__: name };
      const sorted = Object.entries(all).sort(([first], [second]) => (first < second ? -1 : 1));
      return { labels: sorted.map(([label, its]): [string, string] => [label, String(its)]), value };
    }),
  );
}

/** The message `prometheus.WriteRequest`: series with their labels and one sample each. */
function writeRequest(series: readonly Series[], timestampMs: number): Uint8Array {
  const message = new PbfWriter();
  for (const each of series)
    message.writeMessage(
      1,
      ({ labels, value }: Series, writer: PbfWriter) => {
        for (const label of labels) writer.writeMessage(1, writeLabel, label);
        writer.writeMessage(2, writeSample, [value, timestampMs]);
      },
      each,
    );
  return message.finish();
}

function writeLabel([name, value]: readonly [string, string], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeStringField(2, value);
}

function writeSample([value, timestampMs]: readonly number[], writer: PbfWriter): void {
  writer.writeDoubleField(1, value ?? NaN);
  writer.writeVarintField(2, timestampMs ?? 0);
}
