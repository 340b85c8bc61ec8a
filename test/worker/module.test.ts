// JavaScript as a workload, driven through the real worker: what it calls, what it measures, and how it fails.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Timing } from '../../src/samples/index.js';
import { launchModule, launchWorkload, medianNs, memory, nearest, readingNs, timing } from './launch-workload.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-module-'));
afterAll(() => rmSync(folder, { recursive: true }));

// A machine that is busy with something else spoils a measurement now and then, so each gets three more tries.
const NOISY = { retry: 3 };

describe('the time of a module workload', NOISY, () => {
  it.each([
    ['operations timed alone', ({ latencyQuantiles }: Timing) => latencyQuantiles?.p50 ?? Number.NaN],
    ['samples, of which throughput comes', medianNs],
  ])('is within one hundredth of a body of known length: %s', async (_, middle) => {
    let clockNs = 0;
    const seen = await nearest(50_000, async () => {
      const taken = timing(await launchModule('spin', { parameters: { ns: 50_000 } }));
      clockNs = readingNs(taken);
      return middle(taken);
    });
    expect(Math.abs(seen - 50_000)).toBeLessThan(500 + 2 * clockNs);
  });

  it('is next to nothing for an empty body: the loop is subtracted', async () => {
    let loopNs = 0;
    const residual = await nearest(0, async () => {
      const taken = timing(await launchModule('empty'));
      loopNs = taken.overhead.loopNs;
      return medianNs(taken);
    });
    expect(Math.abs(residual)).toBeLessThan(Math.max(0.5, loopNs / 2));
  });

  it('is per operation where an iteration does ten', async () => {
    let clockNs = 0;
    const perOperation = await nearest(10_000, async () => {
      const seen = timing(await launchModule('tenAtOnce', { parameters: { ns: 100_000 } }));
      expect(seen).toMatchObject({ operationsPerIteration: 10 });
      expect(seen.latencyQuantiles).toBeUndefined();
      clockNs = readingNs(seen);
      return medianNs(seen);
    });
    expect(Math.abs(perOperation - 10_000)).toBeLessThan(200 + clockNs / 5);
  });

  it('has the number of samples that was asked for, and knows that it was steady', async () => {
    const seen = timing(await launchModule('spin', { parameters: { ns: 20_000 } }));
    // Samples that something else on the machine makes longer leave time for fewer.
    if (seen.cpu.wallNs < 150e6) expect(seen.samplesNs).toHaveLength(25);
    else expect(seen.samplesNs.length).toBeLessThanOrEqual(25);
    expect(seen.warmUp.steady).toBe(true);
  });

  it('leaves out the making of inputs, which count as time to spend all the same', async () => {
    const [inputMs, measureMs] = [1, 300];
    const seen = timing(await launchModule('slowInput', { parameters: { ns: inputMs * 1e6 }, measureMs }));
    expect(medianNs(seen)).toBeLessThan(100_000);
    // How many iterations a sample needs is up to the machine's clock; how many inputs can be made in time is not.
    const inputsOfAllButTheLast = (seen.samplesNs.length - 1) * seen.iterationsPerSample;
    expect(inputsOfAllButTheLast).toBeLessThanOrEqual(measureMs / inputMs);
  });
});

describe('an asynchronous module workload', NOISY, () => {
  it('is awaited one after another without a concurrency', async () => {
    const seen = timing(await launchModule('sleep', { parameters: { ms: 5 } }));
    expect(medianNs(seen)).toBeGreaterThan(4_900_000);
    await expect(launchModule('lanes', { parameters: { expected: 1 } })).resolves.toHaveProperty('kind', 'time');
  });

  it('has as many operations under way as the definition says, and both its rate and its latency', async () => {
    const wanted = { parameters: { ms: 5 }, concurrency: 8 };
    const seen = timing(await launchModule('sleep', wanted));
    // Eight sleeps at once end eight times as often; each of them takes its 5 ms all the same, or what timers make of it.
    const latencyNs = seen.latencyQuantiles?.p50 ?? 0;
    expect(latencyNs).toBeGreaterThan(4_900_000);
    expect(medianNs(seen)).toBeLessThan(latencyNs / 4);
    await expect(launchModule('lanes', { parameters: { expected: 8 }, concurrency: 8 })).resolves.toHaveProperty(
      'kind',
      'time',
    );
  });
});

describe('the lanes of an asynchronous workload', NOISY, () => {
  it.each([
    [600, false],
    [600, true],
    [1_500, false],
    [1_500, true],
  ])('are full as often as they are filled: %i of them, with an input: %s', async (concurrency, withInput) => {
    const seen = timing(await launchModule('crowd', { parameters: { withInput }, concurrency }));
    expect(seen.figures.fewest).toBe(concurrency);
  });

  it('do not wait for the slowest of each round', async () => {
    const seen = timing(await launchModule('uneven', { parameters: { ms: 8 }, concurrency: 8, measureMs: 1_000 }));
    // Eight lanes that never wait share what their operations take: 8 + 7 ms for eight of them. Rounds would last as long as
    // the slowest, 8 ms, which is four times as much.
    expect(medianNs(seen)).toBeLessThan((2 * (seen.figures.meanNs ?? 0)) / 8);
  });
});

describe('what a module workload is called', () => {
  it('is set up, verified and torn down once in a launch', async () => {
    const file = join(folder, 'calls');
    expect(await launchModule('recorded', { parameters: { file } })).toHaveProperty('kind', 'time');
    expect(readFileSync(file, 'utf8')).toBe('setup\nverify\nteardown\n');
  });

  it('gets each input once and in order', async () => {
    expect(await launchModule('inputs')).toHaveProperty('kind', 'time');
  });

  it('tells figures of its own', async () => {
    const seen = timing(await launchModule('counted'));
    expect(seen.figures.runs).toBeGreaterThan(seen.samplesNs.length * seen.iterationsPerSample);
  });

  it('runs twice where one iteration is longer than the launch: its check is its warm-up', async () => {
    const file = join(folder, 'slow');
    const seen = timing(await launchModule('slow', { parameters: { file, ms: 300 } }));
    expect(readFileSync(file, 'utf8')).toBe('run\nrun\n');
    expect(seen.samplesNs).toHaveLength(1);
    expect(seen.samplesNs[0]).toBeGreaterThan(299e6);
  });

  it('is only verified in a launch that verifies', async () => {
    expect(await launchModule('sum', { parameters: { length: 10 }, kind: 'verify' })).toEqual({ kind: 'verify' });
  });
});

describe('a module workload that fails', () => {
  it.each([
    ['wrong', 'wrong-answer', 'Wrong answer: the answer is 41, expected 42'],
    ['throwsLater', 'error', 'TypeError: no such node'],
    ['rejects', 'error', 'TypeError: connection refused'],
    ['setupThrows', 'setup', 'Error: no server'],
    ['incomplete', 'setup', 'it must return an object with "run" and "verify"'],
  ])('is reported: %s as %s', async (name, reason, message) => {
    const outcome = await launchModule(name);
    expect(outcome).toMatchObject({ kind: 'failure', reason });
    expect((outcome as { message: string }).message).toContain(message);
  });

  it('names the exports that there are where one is missing', async () => {
    const outcome = await launchModule('sipn');
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'setup' });
    expect((outcome as { message: string }).message).toMatch(
      /Cannot find the export "sipn" in .*: its exports are burn, counted, crowd, /,
    );
  });

  it('names the file that cannot be imported', async () => {
    const file = join(folder, 'absent.mjs');
    const outcome = await launchWorkload({ kind: 'module', file, export: 'run', concurrency: 1 });
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'setup' });
    expect((outcome as { message: string }).message).toContain(`Cannot import ${file}`);
  });
});

describe('what a module workload uses', NOISY, () => {
  it('is one busy core where it spins, and the event loop is its own', async () => {
    const burnNs = 500_000;
    const seen = timing(await launchModule('burn', { parameters: { ns: burnNs } }));
    const { cpu, resources } = seen;
    expect(resources.cores).toBeGreaterThanOrEqual(1);
    expect(cpu.userNs + cpu.systemNs).toBeGreaterThan(0.95 * burnNs * seen.samplesNs.length * seen.iterationsPerSample);
    expect(resources.eventLoopDelay).toBeNull();
  });

  it('is hardly anything where it waits, and the event loop is free', async () => {
    const { cpu, resources } = timing(await launchModule('sleep', { parameters: { ms: 5 } }));
    expect((cpu.userNs + cpu.systemNs) / cpu.wallNs).toBeLessThan(0.5);
    expect(resources.eventLoopDelay?.p50Ns).toBeLessThan(cpu.wallNs);
    expect(resources.voluntarySwitches).toBeGreaterThan(0);
  });

  it('knows the collections of V8', async () => {
    const { resources } = timing(await launchModule('garbage', { parameters: { length: 10_000 } }));
    expect(resources.gc?.count).toBeGreaterThan(0);
    expect(resources.gc?.pauseNs).toBeGreaterThan(0);
  });
});

describe('the memory of a module workload', NOISY, () => {
  it('is counted until enough operations are done, at twenty points at least', async () => {
    const wanted = { parameters: { length: 10 }, kind: 'memory' as const, operations: 20_000, measureMs: 20_000 };
    const use = memory(await launchModule('garbage', wanted));
    expect(use.complete).toBe(true);
    expect(use.iterations).toBeGreaterThanOrEqual(20_000);
    expect(use.live.operations.length).toBeGreaterThanOrEqual(20);
    expect(use.live.operations[0]).toBe(0);
  });

  it('ends with its time where the operations are too many', async () => {
    const wanted = { parameters: { ms: 5 }, kind: 'memory' as const, operations: 1e6, measureMs: 300 };
    const use = memory(await launchModule('sleep', wanted));
    expect(use.complete).toBe(false);
    expect(use.iterations).toBeLessThan(1000);
  });

  it('is what teardown leaves, set-up after set-up', async () => {
    const tidy = memory(await launchModule('garbage', { parameters: { length: 10 }, kind: 'memory', measureMs: 1000 }));
    const leaky = memory(await launchModule('leakWhenSetUp', { kind: 'memory', measureMs: 1000 }));
    const middle = (rounds: number[] = []) => rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
    expect(Math.abs(middle(tidy.left?.heapRounds))).toBeLessThan(64_000);
    expect(middle(leaky.left?.heapRounds)).toBeGreaterThan(800_000);
  });

  it('grows by what each operation keeps', async () => {
    const { growthBytes } = memory(await launchModule('leak', { parameters: { bytes: 1024 }, kind: 'memory' }));
    expect(growthBytes).toBeGreaterThan(1024);
    expect(growthBytes).toBeLessThan(1100);
  });

  it('grows by buffers outside the heap too', async () => {
    const { growthBytes } = memory(await launchModule('leakBuffers', { parameters: { bytes: 4096 }, kind: 'memory' }));
    expect(growthBytes).toBeGreaterThan(4096);
    expect(growthBytes).toBeLessThan(4300);
  });

  it('does not grow where nothing is kept, and what was allocated is known', async () => {
    const use = memory(await launchModule('garbage', { parameters: { length: 100 }, kind: 'memory' }));
    // A hundred doubles and the two headers of an array.
    expect(use.allocatedBytes).toBeGreaterThan(800);
    expect(use.allocatedBytes).toBeLessThan(900);
    expect(Math.abs(use.growthBytes ?? Number.NaN)).toBeLessThan(1);
  });

  it.each(['sum', 'slice'])('is that of the operation, without that of its input: %s', async (name) => {
    const use = memory(await launchModule(name, { parameters: { length: 100 }, kind: 'memory' }));
    const expected = { sum: [-1, 50], slice: [800, 900] }[name] as [number, number];
    expect(use.allocatedBytes).toBeGreaterThan(expected[0]);
    expect(use.allocatedBytes).toBeLessThan(expected[1]);
  });

  it('is nothing for an empty body', async () => {
    const use = memory(await launchModule('empty', { kind: 'memory' }));
    expect(use.allocatedBytes).toBeLessThan(1);
    expect(Math.abs(use.growthBytes ?? Number.NaN)).toBeLessThan(0.1);
  });

  it('does not claim to know the growth of operations so long that few fit into the time', async () => {
    const use = memory(await launchModule('sleep', { parameters: { ms: 20 }, kind: 'memory' }));
    expect(use.iterations).toBeLessThan(50);
    expect(use.growthBytes).toBeNull();
  });

  it('does not grow by what a reading of the heap leaves behind', async () => {
    const use = memory(await launchModule('sleep', { parameters: { ms: 1 }, kind: 'memory', measureMs: 400 }));
    expect(use.iterations).toBeLessThan(500);
    expect(Math.abs(use.growthBytes ?? Number.NaN)).toBeLessThan(200);
  });
});
