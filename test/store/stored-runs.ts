// Stored runs, as small as they may be.
import { type Machine, STORED_VERSION, type StoredCase, type StoredRun } from '../../src/store/index.js';

export const MACHINE = {
  cpu: { model: 'a CPU', logicalCores: 2, governor: null, turbo: null },
  memoryBytes: 1e9,
  kernel: '6.1',
  os: 'an OS',
  architecture: 'x64',
  cgroup: { cpus: null, memoryBytes: null },
  node: '20.19.0',
  v8: '11.3',
  rustc: null,
} satisfies Machine;

/** A case with a p50, allocations, and a launch. */
export function storedCase(id: string, p50: number): StoredCase {
  return {
    id,
    benchmark: id.replace(/\[.*/, ''),
    figures: {
      p50: { value: p50, low: p50 - 1, high: p50 + 1, unit: 'ns' },
      allocations: { value: 3, low: null, high: null, unit: '' },
    },
    launches: [
      {
        position: 0,
        kind: 'time',
        durationMs: 60,
        failure: null,
        medianNs: p50,
        samplesNs: [p50, p50 + 0.5],
        latency: 'HISTFAAAA',
      },
      {
        position: 1,
        kind: 'time',
        durationMs: 5,
        failure: 'panic: it broke',
        medianNs: null,
        samplesNs: [],
        latency: null,
      },
    ],
    targets: [{ text: 'p50 < 1 ms', status: 'met' }],
  };
}

/** A run of two cases. */
export function storedRun(id: string, more: Partial<StoredRun> & { p50?: number; commit?: string } = {}): StoredRun {
  const { p50 = 100, commit = 'abc', ...rest } = more;
  return {
    version: STORED_VERSION,
    id,
    origin: 'forgebench',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:05:05.000Z',
    status: 'finished',
    environment: {
      fingerprint: '0123',
      machine: MACHINE,
      commit,
      load: 0.5,
      forgebench: '0.1.0',
      subjects: { crate: '1.0.0' },
    },
    cases: [storedCase('demo/sum[n=1]', p50), storedCase('demo/other', 50)],
    profiles: [],
    record: { version: 2, id },
    ...rest,
  };
}
