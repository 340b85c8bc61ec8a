// JavaScript as a workload: the same steps as the native sampling loop, inside the worker.
import { setImmediate } from 'node:timers/promises';
import type { Parameters } from '../samples/index.js';
import { nowNs } from './clock.js';
import { type ModuleCase, type ModuleReference, type OpenOptions, openModuleCase } from './module-case.js';
import { countModuleMemory } from './module-memory.js';
import { timeModule } from './module-time.js';
import type { RunnableWorkload, RunOptions, Span } from './runnable-workload.js';

/** The workload that an ES module's export makes of the parameters. */
export function moduleWorkload(reference: ModuleReference, parameters: Parameters): RunnableWorkload {
  const using = async <T>(work: (open: ModuleCase) => Promise<T>, options?: OpenOptions): Promise<T> => {
    const open = await openModuleCase(reference, parameters, options);
    try {
      return await work(open);
    } finally {
      await open.close();
    }
  };
  return {
    verify: () => using(async () => {}),
    time: (options) => using((open) => timeModule(open, options)),
    countMemory: (options) => using((open) => countModuleMemory(open, options)),
    run: (durationNs, options = {}) => using((open) => span(open, durationNs, options), { apart: true }),
  };
}

async function span(
  { batch, operations, concurrency }: ModuleCase,
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
    await batch(concurrency);
    iterations += concurrency;
  }
  return { iterations, operationsPerIteration: operations, startNs, endNs: nowNs() };
}
