// Histograms: recording, percentiles, merging, rank tests and texts against Node.js, hdr-histogram-js and hdrhistogram.
import { inflateSync } from 'node:zlib';
import { normals } from '../random.js';
import type { Json, Peer, Row } from './row.js';

const RUNNING_NODE: Peer = {
  name: `Node.js ${process.version}`,
  language: 'javascript',
  packages: [],
  program: 'node_histogram.mjs',
};
const NODE_24 = nodeOf('24.21.0');
const NODE_26 = nodeOf('26.10.0');
const HDR_JS: Peer = {
  name: 'hdr-histogram-js 3.0.1',
  language: 'javascript',
  packages: ['hdr-histogram-js@3.0.1'],
  program: 'hdr_histogram.mjs',
};
const HDR_WASM: Peer = { ...HDR_JS, name: 'hdr-histogram-js 3.0.1, WebAssembly' };
const HDR_RUST: Peer = {
  name: 'hdrhistogram 7.6.0 (Rust)',
  language: 'rust',
  packages: ['hdrhistogram==7.6.0'],
  program: 'hdrhistogram',
};

/** Nanoseconds, up to 3.6 seconds. */
const HIGHEST = 3.6e9;
const COUNT = 1_000_000;

/** Rows H1 to H7, and what a histogram holds. */
export const HISTOGRAM_ROWS: readonly Row[] = [
  recordRow('H1', RUNNING_NODE, 6),
  recordRow('H1', NODE_26, 6),
  recordRow('H2', HDR_WASM, 5, 'record-wasm'),
  recordRow('H2', HDR_JS, 20),
  batchRow('all from 1,024 on', 4, () => times(1).map((value) => value + 1024)),
  batchRow('half of them below 1,024', 2, () => times(1).map((value) => Math.floor(value / 10))),
  batchRow('all of them 5,000', 2, () => Array<number>(COUNT).fill(5000)),
  percentilesRow('cold', NODE_26, 10),
  percentilesRow('warm', NODE_26, 50),
  percentilesRow('warm', HDR_RUST, 10),
  addRow(NODE_26, 15),
  addRow(HDR_RUST, 2),
  rankRow(NODE_24),
  rankRow(NODE_26),
  {
    id: 'H7',
    peer: HDR_JS,
    workload: 'histogram of 1,000,000 values to text, at most 1.02 times as long',
    goal: 4,
    does: { ours: 'encode', theirs: 'encode' },
    input: () => ({ first: times(1), highest: HIGHEST }),
    same: (ours, theirs) =>
      String(ours).length <= 1.02 * String(theirs).length && countsOf(String(ours)) === countsOf(String(theirs)),
  },
  {
    id: 'H7',
    peer: HDR_JS,
    workload: 'histogram of 1,000,000 values from text',
    goal: 4,
    does: { ours: 'decode', theirs: 'decode' },
    input: () => ({ first: times(1), highest: HIGHEST }),
    same: sameJson,
  },
  memoryRow(NODE_26),
  memoryRow(HDR_JS),
  // Not beside WebAssembly, whose memory lies in neither heap.
];

function nodeOf(version: string): Peer {
  const runtime = `node-linux-${process.arch}`;
  const name = `Node.js v${version}`;
  return { name, language: 'javascript', packages: [`${runtime}@${version}`], runtime, program: 'node_histogram.mjs' };
}

function recordRow(id: string, peer: Peer, goal: number, theirs = 'record'): Row {
  return {
    id,
    peer,
    workload: 'record 1,000,000 values one by one from JavaScript',
    goal,
    does: { ours: 'record', theirs },
    input: () => ({ first: times(1), highest: HIGHEST }),
    same: sameJson,
  };
}

function batchRow(what: string, goal: number, values: () => number[]): Row {
  return {
    id: 'H3',
    peer: HDR_RUST,
    workload: `record 1,000,000 values in one call, ${what}`,
    goal,
    does: { ours: 'record-batch', theirs: 'record' },
    input: () => ({ first: values(), highest: HIGHEST }),
    same: sameJson,
  };
}

function percentilesRow(kind: 'cold' | 'warm', peer: Peer, goal: number): Row {
  return {
    id: 'H4',
    peer,
    workload: `p50, p90, p99, p99.9 of 1,000,000 values${kind === 'cold' ? ', after one more value each time' : ''}`,
    goal,
    does: { ours: `percentiles-${kind}`, theirs: `percentiles-${kind}` },
    input: () => ({ first: times(1), highest: HIGHEST }),
    same: sameJson,
  };
}

function addRow(peer: Peer, goal: number): Row {
  return {
    id: 'H5',
    peer,
    workload: 'add a histogram of 1,000,000 values to one of the same layout',
    goal,
    does: { ours: 'add', theirs: 'add' },
    input: () => ({ first: times(1), second: times(2), highest: HIGHEST }),
    same: sameJson,
  };
}

function rankRow(peer: Peer): Row {
  return {
    id: 'H6',
    peer,
    workload: 'Mann-Whitney on two histograms of 1,000,000 values, U and z to 1e-12',
    goal: 4,
    does: { ours: 'mann-whitney-buckets', theirs: 'mann-whitney-buckets' },
    input: () => ({ first: times(1), second: times(2), highest: HIGHEST }),
    same: (ours, theirs) =>
      (ours as number[]).every((seen, at) => Math.abs(seen / ((theirs as number[])[at] ?? NaN) - 1) <= 1e-12),
  };
}

function memoryRow(peer: Peer): Row {
  return {
    id: 'HM',
    peer,
    workload: 'memory of a histogram of 1,000,000 values up to 3.6e9, three digits',
    unit: 'bytes',
    goal: 1,
    does: { ours: 'memory', theirs: 'memory' },
    input: () => ({ first: times(1), highest: HIGHEST }),
    same: sameJson,
  };
}

/** Log-normal nanoseconds around 10 µs, whole. */
function times(seed: number): number[] {
  const normal = normals(seed);
  return Array.from({ length: COUNT }, () => Math.max(Math.floor(10_000 * Math.exp(normal())), 1));
}

/** The counts in a compressed text; the header before them tells implementations apart. */
function countsOf(text: string): string {
  return inflateSync(Buffer.from(text, 'base64').subarray(8)).subarray(40).toString('hex');
}

function sameJson(ours: Json, theirs: Json): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
}
