// Two launches by real workers, which take turns whatever becomes of one of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launchDuet } from '../../src/run/duet.js';
import { type LaunchRecord, type LaunchRequest, launchRecord, WIRE_VERSION } from '../../src/samples/index.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-duet-'));
afterAll(() => rmSync(folder, { recursive: true }));

function request(side: 'base' | 'head', workload: LaunchRequest['workload'], timeoutMs = 30_000): LaunchRequest {
  return {
    version: WIRE_VERSION,
    index: side === 'base' ? 0 : 1,
    caseId: 'a/b',
    side,
    duet: 0,
    kind: 'time',
    workload,
    parameters: { file: join(folder, side) },
    warmUpNs: 20e6,
    measureNs: 300e6,
    samples: 30,
    timeoutMs,
  };
}

const voice = (name: string) =>
  ({ kind: 'module', file: resolve('test/fixtures/worker/voices.mjs'), export: name, concurrency: 1 }) as const;

async function duet(base: LaunchRequest, head: LaunchRequest): Promise<LaunchRecord[]> {
  const records = await launchDuet([base, head], ({ side }) => ({
    worker: resolve('dist/worker/main.js'),
    cwd: join(folder, `${side}-scratch`),
    signal: new AbortController().signal,
  }));
  return records.map((record) => launchRecord.parse(JSON.parse(JSON.stringify(record))));
}

const samplesOf = ({ outcome }: LaunchRecord | Record<string, never>) =>
  outcome?.status === 'ok' && outcome.result.kind === 'time' ? outcome.result.samplesNs.length : 0;

/** Begins and ends of all iterations but the one that is checked, which belongs to set-up. */
const iterations = (side: string) =>
  readFileSync(join(folder, side), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(' ').map(Number) as [number, number]);

describe('a duet', () => {
  it('never times both launches at once, and lets their samples alternate', async () => {
    const records = await duet(request('base', voice('sings')), request('head', voice('sings')));
    expect(records.map(({ side, duet }) => [side, duet])).toEqual([
      ['base', 0],
      ['head', 0],
    ]);
    const [fewest] = records.map(samplesOf).toSorted((a, b) => a - b) as [number];
    // A busy machine leaves time for fewer than thirty.
    expect(fewest).toBeGreaterThan(1);
    const [base, head] = [iterations('base'), iterations('head')];
    const overlapping = base.filter(([begin, end]) => head.some(([from, to]) => begin < to && from < end));
    expect(overlapping).toEqual([]);
    // Samples alternate: between two of base there are some of head.
    const order = [...base.map(([at]) => [at, 'base'] as const), ...head.map(([at]) => [at, 'head'] as const)]
      .toSorted(([a], [b]) => a - b)
      .map(([, side]) => side);
    expect(order.filter((side, at) => side !== order[at + 1]).length).toBeGreaterThanOrEqual(fewest);
  }, 60_000);

  it('counts no time in which the other has the turn', async () => {
    const records = await duet(request('base', voice('sings')), request('head', voice('sings')));
    for (const { outcome } of records) {
      if (outcome.status !== 'ok' || outcome.result.kind !== 'time') throw new Error(JSON.stringify(outcome));
      const { samplesNs, iterationsPerSample, cpu } = outcome.result;
      const timedNs = samplesNs.reduce((sum, each) => sum + each * iterationsPerSample, 0);
      expect(cpu.wallNs).toBeLessThan(1.7 * timedNs);
    }
  }, 60_000);

  it('goes on with one launch where the other dies', async () => {
    const [base, head] = await duet(request('base', voice('sings')), request('head', voice('dies')));
    expect(samplesOf(base ?? {})).toBeGreaterThan(1);
    expect(head?.outcome).toMatchObject({ status: 'failed', failure: { reason: 'killed' } });
  }, 60_000);

  it('goes on with one launch where the other never begins', async () => {
    const missing = { kind: 'native', addon: join(folder, 'none.node'), id: 'a/b' } as const;
    const [base, head] = await duet(request('base', missing), request('head', voice('sings')));
    expect(base?.outcome.status).toBe('failed');
    expect(samplesOf(head ?? {})).toBeGreaterThan(1);
  }, 60_000);

  it('gives a partner up that keeps the turn, and ends it when its time is over', async () => {
    const [base, head] = await duet(request('base', voice('hangs'), 3_000), request('head', voice('sings'), 3_000));
    expect(base?.outcome).toMatchObject({ status: 'failed', failure: { reason: 'timeout' } });
    expect(samplesOf(head ?? {})).toBeGreaterThan(1);
  }, 60_000);
});
