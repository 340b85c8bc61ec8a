// JavaScript as a workload: the same steps as the native sampling loop, inside the worker.
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { GCProfiler } from 'node:v8';
import type { ModuleWorkload, ModuleWorkloadFactory } from '../definition/index.js';
import { engine } from '../native/index.js';
import type { MemoryUse, Parameters, Timing, WorkloadReference } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import { asyncLoop, type LoopOptions, syncLoop } from './module-loop.js';
import type { MeasureOptions, RunnableWorkload, RunOptions, Span } from './runnable-workload.js';

type Reference = Extract<WorkloadReference, { kind: 'module' }>;
/** Runs a batch and returns its nanoseconds. */
type Batch = (iterations: number) => Promise<number>;
interface Opened {
  batch: Batch;
  loopNs: number;
  operations: number;
  close(): Promise<void>;
}

/** Batches in each of the two windows that are compared to find a steady state. */
const WINDOW = 5;
const STEADY_WITHIN = 0.03;
/** Inputs and outputs that may be alive at once. */
const HELD = 1024;
const CLOCK_READS = 1000;
const BATCH_OVER_TIMER = 100;

/** The workload that an ES module's export makes of the parameters. */
export function moduleWorkload(reference: Reference, parameters: Parameters): RunnableWorkload {
  const using = async <T>(work: (opened: Opened) => Promise<T>, options?: LoopOptions): Promise<T> => {
    const opened = await openModule(reference, parameters, options);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };
  return {
    verify: () => using(async () => {}),
    time: (options) => using((opened) => time(opened, options)),
    countMemory: (options) => using((opened) => countMemory(opened, options)),
    run: (durationNs, options = {}) => using((opened) => span(opened, durationNs, options), { apart: true }),
  };
}

/** Imports the module as native ESM, sets the workload up and checks its answer once. */
async function openModule(
  { file, export: name, concurrency }: Reference,
  parameters: Parameters,
  options?: LoopOptions,
): Promise<Opened> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, ModuleWorkloadFactory<Parameters>>;
  const factory = module[name];
  if (typeof factory !== 'function') {
    const names = Object.keys(module).join(', ') || 'none';
    throw new LaunchError('setup', `Cannot find the export "${name}" in ${file}: its exports are ${names}`);
  }
  const workload = await factory(parameters);
  if (typeof workload?.run !== 'function' || typeof workload.verify !== 'function') {
    throw new LaunchError(
      'setup',
      `Cannot use the export "${name}" of ${file}: it must return an object with "run" and "verify"`,
    );
  }
  const asynchronous = await check(workload);
  const close = async () => workload.teardown?.();
  return {
    batch: batchOf(workload, asynchronous, { ...options, concurrency }),
    loopNs: await loopCost(asynchronous),
    operations: workload.operations ?? 1,
    close,
  };
}

/** Verifies one iteration; returns whether its body is asynchronous. */
async function check(workload: ModuleWorkload): Promise<boolean> {
  const answer = workload.run(workload.input?.());
  const asynchronous = answer instanceof Promise;
  const output = await answer;
  try {
    await workload.verify(output);
  } catch (error) {
    throw new LaunchError('wrong-answer', `Wrong answer: ${(error as Error).message}`);
  }
  return asynchronous;
}

function batchOf(
  workload: ModuleWorkload,
  asynchronous: boolean,
  { concurrency = 1, apart = false }: LoopOptions & { concurrency?: number },
): Batch {
  const run = workload.run.bind(workload);
  const input = workload.input?.bind(workload) ?? (() => undefined);
  const inputs: unknown[] = [];
  const outputs: unknown[] = [];
  const loop = asynchronous ? asyncLoop({ apart }) : syncLoop({ apart });
  return async (iterations) => {
    let elapsed = 0;
    for (let left = iterations; left > 0; left -= inputs.length) {
      inputs.length = Math.min(left, HELD);
      for (let i = 0; i < inputs.length; i++) inputs[i] = input();
      elapsed += await loop(run, inputs, outputs, concurrency);
    }
    return elapsed;
  };
}

/** Nanoseconds of one turn of the loop around an empty body: the lowest of many batches. */
async function loopCost(asynchronous: boolean): Promise<number> {
  const empty: ModuleWorkload = { run: asynchronous ? async () => {} : () => {}, verify: () => {} };
  const batch = batchOf(empty, asynchronous, {});
  let lowest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 100; run++) lowest = Math.min(lowest, (await batch(HELD)) / HELD);
  return lowest;
}

async function time(opened: Opened, options: MeasureOptions): Promise<Timing> {
  const clock = clockPrecision();
  const warm = await warmUp(opened, options.warmUpNs);
  const shortestNs = BATCH_OVER_TIMER * Math.max(clock.readNs, clock.resolutionNs);
  const sampleNs = Math.max(options.measureNs / options.samples, shortestNs);
  const iterations = Math.max(1, Math.ceil(sampleNs / warm.iterationNs));
  const samplesNs: number[] = [];
  const latencies: number[] = [];
  const alone = opened.operations === 1 && warm.iterationNs >= shortestNs;
  const [start, cpu] = [nowNs(), process.cpuUsage()];
  while (samplesNs.length < options.samples && (samplesNs.length < 2 || nowNs() - start < options.measureNs)) {
    samplesNs.push(alone ? await sampleAlone(opened, iterations, latencies) : await sampleBatch(opened, iterations));
  }
  const [wallNs, used] = [nowNs() - start, process.cpuUsage(cpu)];
  return {
    kind: 'time',
    samplesNs,
    iterationsPerSample: iterations,
    operationsPerIteration: opened.operations,
    ...(alone && { latencyQuantiles: latencyQuantiles(latencies) }),
    overhead: { clockNs: clock.readNs, resolutionNs: clock.resolutionNs, loopNs: opened.loopNs },
    warmUp: { iterations: warm.iterations, ns: warm.ns, steady: warm.steady },
    cpu: { userNs: used.user * 1e3, systemNs: used.system * 1e3, wallNs },
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
    figures: {},
  };
}

async function sampleBatch({ batch, loopNs, operations }: Opened, iterations: number): Promise<number> {
  return (await batch(iterations)) / (iterations * operations) - loopNs / operations;
}

/** Times each iteration alone, for percentiles of single operations. */
async function sampleAlone({ batch, loopNs }: Opened, iterations: number, latencies: number[]): Promise<number> {
  let sum = 0;
  for (let i = 0; i < iterations; i++) {
    const ns = Math.max(0, (await batch(1)) - loopNs);
    latencies.push(ns);
    sum += ns;
  }
  return sum / iterations;
}

function latencyQuantiles(latencies: readonly number[]): NonNullable<Timing['latencyQuantiles']> {
  const [p50 = 0, p95 = 0, p99 = 0, max = 0] = engine().quantiles(
    Float64Array.from(latencies),
    Float64Array.of(0.5, 0.95, 0.99, 1),
  );
  return { p50, p95, p99, max };
}

async function warmUp({ batch, loopNs }: Opened, limitNs: number) {
  const start = nowNs();
  let [iterations, size] = [0, 1];
  let means: number[] = [];
  for (;;) {
    const elapsed = await batch(size);
    iterations += size;
    means.push(Math.max(0.1, elapsed / size - loopNs));
    const steady = isSteady(means);
    if (steady || nowNs() - start >= limitNs)
      return { iterations, ns: nowNs() - start, steady, iterationNs: middle(means.slice(-WINDOW)) };
    if (elapsed < limitNs / 40) {
      size *= 2;
      means = [];
    }
  }
}

function isSteady(means: readonly number[]): boolean {
  if (means.length < 2 * WINDOW) return false;
  const [before, after] = [middle(means.slice(-2 * WINDOW, -WINDOW)), middle(means.slice(-WINDOW))];
  return Math.abs(before - after) <= STEADY_WITHIN * before;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function clockPrecision(): { readNs: number; resolutionNs: number } {
  const differences = Array.from(
    { length: CLOCK_READS },
    () => -Number(process.hrtime.bigint() - process.hrtime.bigint()),
  ).sort((a, b) => a - b);
  return { readNs: differences[CLOCK_READS / 2] as number, resolutionNs: differences.find((each) => each > 0) ?? 1 };
}

/**
 * Bytes that V8 allocates for an operation: what each garbage collection found more than the one before it had left.
 * `GCProfiler` reports the heap before and after each collection.
 */
async function countMemory({ batch, operations }: Opened, options: MeasureOptions): Promise<MemoryUse> {
  await batch(HELD);
  global.gc?.();
  const collector = new GCProfiler();
  const heapAtStart = process.memoryUsage().heapUsed;
  const start = nowNs();
  collector.start();
  let iterations = 0;
  while (nowNs() - start < options.measureNs) {
    await batch(HELD);
    iterations += HELD;
  }
  const heapAtEnd = process.memoryUsage().heapUsed;
  const collections = collector.stop().statistics;
  global.gc?.();
  const growth = process.memoryUsage().heapUsed - heapAtStart;
  let [allocated, level] = [0, heapAtStart];
  for (const { beforeGC, afterGC } of collections) {
    allocated += beforeGC.heapStatistics.usedHeapSize - level;
    level = afterGC.heapStatistics.usedHeapSize;
  }
  allocated += heapAtEnd - level;
  return {
    kind: 'memory',
    iterations,
    operationsPerIteration: operations,
    allocations: null,
    allocatedBytes: Math.max(0, allocated) / (iterations * operations),
    peakBytes: null,
    retainedBytes: null,
    growthBytes: growth / (iterations * operations),
    gc: { count: collections.length, pauseNs: collections.reduce((sum, { cost }) => sum + cost * 1e3, 0) },
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
    figures: {},
  };
}

async function span(
  { batch, operations }: Opened,
  durationNs: number,
  { turnEveryNs = Number.POSITIVE_INFINITY }: RunOptions,
): Promise<Span> {
  const startNs = nowNs();
  let [iterations, turnedNs] = [0, startNs];
  for (let now = startNs; now - startNs < durationNs; now = nowNs()) {
    if (now - turnedNs >= turnEveryNs) {
      await setImmediate();
      turnedNs = now;
    }
    await batch(1);
    iterations += 1;
  }
  return { iterations, operationsPerIteration: operations, startNs, endNs: nowNs() };
}

function nowNs(): number {
  return Number(process.hrtime.bigint());
}
