// The timed loops around a JavaScript body. Each is compiled from source for each use, so that its call site sees one
// function only: a loop shared by calibration and workload would be polymorphic, and V8 would inline neither.
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

/** A timed batch: takes inputs, fills outputs, returns nanoseconds. */
export type SyncLoop = (run: (input: unknown) => unknown, inputs: unknown[], outputs: unknown[]) => number;
export type AsyncLoop = (
  run: (input: unknown) => unknown,
  inputs: unknown[],
  outputs: unknown[],
  concurrency: number,
) => Promise<number>;

/** How a loop is compiled. */
export interface LoopOptions {
  /**
   * True for profilers: V8 never inlines the body into the loop. Most profilers do not see inlined functions, and would
   * show this loop in the body's place.
   */
  apart?: boolean;
}

const now = process.hrtime.bigint;
/** Tells profilers whose code it is; without a file it would pass for the user's. */
const FILE = fileURLToPath(new URL('./timed-batch.js', import.meta.url));

/** A loop for a body that returns its answer. Outputs are kept, so that V8 cannot remove the work that made them. */
export function syncLoop({ apart = false }: LoopOptions = {}): SyncLoop {
  const loop = compile<SyncLoop>(
    `return function timedBatch(run, inputs, outputs) {
      const count = inputs.length;
      const start = now();
      for (let i = 0; i < count; i++) outputs[i] = run(inputs[i]);
      return Number(now() - start);
    }`,
    { apart },
  );
  if (apart) for (const decoy of DECOYS) loop(decoy, new Array(DECOY_CALLS), []);
  return loop;
}

/** A loop for a body that returns a promise: `concurrency` of them are under way at once. */
export function asyncLoop({ apart = false }: LoopOptions = {}): AsyncLoop {
  const loop = compile<AsyncLoop>(
    `return async function timedBatch(run, inputs, outputs, concurrency) {
      const count = inputs.length;
      const start = now();
      if (concurrency === 1) {
        for (let i = 0; i < count; i++) outputs[i] = await run(inputs[i]);
      } else {
        let next = 0;
        const lane = async () => { while (next < count) { const i = next++; outputs[i] = await run(inputs[i]); } };
        await Promise.all(Array.from({ length: concurrency }, lane));
      }
      return Number(now() - start);
    }`,
    { apart },
  );
  if (!apart) return loop;
  let met = false;
  return async (run, inputs, outputs, concurrency) => {
    if (!met) for (const decoy of DECOYS) await loop(decoy, new Array(DECOY_CALLS), [], concurrency);
    met = true;
    return loop(run, inputs, outputs, concurrency);
  };
}

/** A call site that has met two functions is inlined no more; it remembers them once its loop has turned often enough. */
const DECOYS = [() => 1, () => 2, () => 3];
const DECOY_CALLS = 2_000;

function compile<T>(source: string, { apart }: { apart: boolean }): T {
  // What is timed is compiled in the plainest way.
  const make = apart ? compileFunction(source, ['now'], { filename: FILE }) : new Function('now', source);
  return make(now) as T;
}
