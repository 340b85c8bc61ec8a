// The timed loops around a JavaScript body. Each is compiled from source for each use, so that its call site sees one
// function only: a loop shared by calibration and workload would be polymorphic, and V8 would inline neither.

/** A timed batch: takes inputs, fills outputs, returns nanoseconds. */
export type SyncLoop = (run: (input: unknown) => unknown, inputs: unknown[], outputs: unknown[]) => number;
export type AsyncLoop = (
  run: (input: unknown) => unknown,
  inputs: unknown[],
  outputs: unknown[],
  concurrency: number,
) => Promise<number>;

const now = process.hrtime.bigint;

/** A loop for a body that returns its answer. Outputs are kept, so that V8 cannot remove the work that made them. */
export function syncLoop(): SyncLoop {
  return compile(
    `return function timedBatch(run, inputs, outputs) {
      const count = inputs.length;
      const start = now();
      for (let i = 0; i < count; i++) outputs[i] = run(inputs[i]);
      return Number(now() - start);
    }`,
  );
}

/** A loop for a body that returns a promise: `concurrency` of them are under way at once. */
export function asyncLoop(): AsyncLoop {
  return compile(
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
  );
}

function compile<T>(source: string): T {
  return new Function('now', source)(now) as T;
}
