// JavaScript as a workload: the same steps as the native sampling loop, inside the worker.
import { setImmediate } from 'node:timers/promises';
import type { Parameters, Span } from '../samples/index.js';
import { nowNs } from './clock.js';
import { type ModuleCase, type ModuleReference, type OpenOptions, openModuleCase } from './module-case.js';
import { countModuleMemory } from './module-memory.js';
import { watchModuleMemory } from './module-stretches.js';
import { repeatTeardown } from './module-teardown.js';
import { timeModule } from './module-time.js';
import { openSpan } from './open-span.js';
import type { RunnableWorkload, RunOptions } from './runnable-workload.js';
import { calmHeaps } from './v8-memory.js';

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
    countMemory: async ({ measureNs, operations }) => {
      const before = await calmHeaps();
      const start = nowNs();
      let setUpNs = 0;
      const use = await using((open) => {
        setUpNs = nowNs() - start;
        return countModuleMemory(open, { measureNs, operations }, before);
      });
      const left = await repeatTeardown(using, { before, setUpNs, iterations: use.iterations, measureNs });
      return { ...use, left };
    },
    run: (durationNs, options = {}) => using((open) => span(open, durationNs, options), { apart: true }),
    watchMemory: (options, viewer) => using((open) => watchModuleMemory(open, options, viewer)),
  };
}

async function span(
  { batch, operations, concurrency }: ModuleCase,
  durationNs: number,
  { turnEveryNs = Number.POSITIVE_INFINITY, around }: RunOptions,
): Promise<Span> {
  around?.start();
  const open = openSpan(operations);
  let [iterations, turnedNs] = [0, open.startNs];
  for (let now = open.startNs; now - open.startNs < durationNs; now = nowNs()) {
    if (now - turnedNs >= turnEveryNs) {
      await setImmediate();
      turnedNs = now;
    }
    await batch(concurrency);
    iterations += concurrency;
  }
  const span = open.end(iterations);
  around?.stop();
  return span;
}
