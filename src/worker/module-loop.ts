// The timed loops around a JavaScript body. Each is compiled for each use from a text of its own, so that its call site
// sees one function only: V8 gives functions of equal text one feedback, and a loop that calibration and workload
// share is inlined in one and not in the other (4 ns for each turn where it was tried).
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

/** What a loop runs: `inputs.length` iterations. */
export interface LoopJob {
  run: (input: unknown) => unknown;
  inputs: unknown[];
  /** Iterations under way at once; a loop for synchronous bodies has one. */
  concurrency: number;
  /** Filled with the nanoseconds of each iteration, reading the clock included, by a loop that times each alone. */
  times: number[];
}

/** Runs a job and returns its nanoseconds, one reading of the clock included. */
export type Loop = (job: LoopJob) => number | Promise<number>;

/** Which loop. */
export interface LoopOptions {
  /** The body returns a promise. */
  asynchronous: boolean;
  /** Each iteration is timed alone. */
  alone?: boolean;
  /**
   * True for profilers: V8 never inlines the body into the loop. Most profilers do not see inlined functions, and would
   * show this loop in the body's place.
   */
  apart?: boolean;
}

const now = process.hrtime.bigint;
/** Tells profilers whose code it is; without a file it would pass for the user's. */
const FILE = fileURLToPath(new URL('./timed-batch.js', import.meta.url));
/**
 * The last outputs are kept, so that V8 cannot remove the work that made them; no more than these, because what
 * survives until the next collection makes it dearer than it is for a caller who drops the output.
 */
const KEPT = 15;
/** Iterations after which none of the outputs before is kept. */
export const OUTPUTS_KEPT: number = KEPT + 1;

const SYNCHRONOUS = `return function timedBatch({ run, inputs }) {
  const count = inputs.length;
  const start = now();
  for (let i = 0; i < count; i++) outputs[i & ${KEPT}] = run(inputs[i]);
  return Number(now() - start);
}`;

const SYNCHRONOUS_ALONE = `return function timedBatch({ run, inputs, times }) {
  const count = inputs.length;
  const begin = now();
  for (let i = 0; i < count; i++) {
    const input = inputs[i];
    const start = now();
    outputs[i & ${KEPT}] = run(input);
    times[i] = Number(now() - start);
  }
  return Number(now() - begin);
}`;

const ASYNCHRONOUS = `return async function timedBatch({ run, inputs, concurrency }) {
  const count = inputs.length;
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const i = next++;
      outputs[i & ${KEPT}] = await run(inputs[i]);
    }
  };
  const start = now();
  if (concurrency === 1) for (let i = 0; i < count; i++) outputs[i & ${KEPT}] = await run(inputs[i]);
  else await Promise.all(Array.from({ length: concurrency }, lane));
  return Number(now() - start);
}`;

const ASYNCHRONOUS_ALONE = `return async function timedBatch({ run, inputs, times, concurrency }) {
  const count = inputs.length;
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const i = next++;
      const input = inputs[i];
      const start = now();
      outputs[i & ${KEPT}] = await run(input);
      times[i] = Number(now() - start);
    }
  };
  const begin = now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return Number(now() - begin);
}`;

let compiled = 0;

/** A loop whose call site has met no function yet; use it for one body. */
export function compileLoop({ asynchronous, alone = false, apart = false }: LoopOptions): Loop {
  const source = asynchronous ? (alone ? ASYNCHRONOUS_ALONE : ASYNCHRONOUS) : alone ? SYNCHRONOUS_ALONE : SYNCHRONOUS;
  compiled += 1;
  const make = compileFunction(`// ${compiled}\n${source}`, ['now', 'outputs'], { filename: FILE });
  const loop = make(now, new Array(OUTPUTS_KEPT).fill(undefined)) as Loop;
  return apart ? metManyFunctions(loop) : loop;
}

/** A call site that has met two functions is inlined no more; it remembers them once its loop has turned often enough. */
const DECOYS = [() => 1, () => 2, () => 3];
const DECOY_CALLS = 2_000;

function metManyFunctions(loop: Loop): Loop {
  let met = false;
  const meet = async () => {
    met = true;
    for (const run of DECOYS) await loop({ run, inputs: new Array(DECOY_CALLS), times: [], concurrency: 1 });
  };
  return (job) => (met ? loop(job) : meet().then(() => loop(job)));
}
