// A JavaScript workload that is set up and checked: batches of it, timed together or each alone.
import { pathToFileURL } from 'node:url';
import type { ModuleWorkload, ModuleWorkloadFactory } from '../definition/index.js';
import type { Parameters, WorkloadReference } from '../samples/index.js';
import { clockReadNs, nowNs } from './clock.js';
import { describeThrown } from './describe-thrown.js';
import { LaunchError } from './launch-error.js';
import { compileLoop, type Loop, type LoopJob, OUTPUTS_KEPT } from './module-loop.js';
import { writtenFile } from './written-place.js';

/** Which export of which module, and how many of its operations are under way at once. */
export type ModuleReference = Extract<WorkloadReference, { kind: 'module' }>;

/** How a case is opened. */
export interface OpenOptions {
  /** The body is never inlined into the loop, so that profilers see it; the clock is not measured, so that they do not. */
  apart?: boolean;
}

/** A workload of JavaScript with its parameters fixed. Times are nanoseconds without what reading the clock takes. */
export interface ModuleCase {
  /** Operations of one iteration. */
  operations: number;
  concurrency: number;
  asynchronous: boolean;
  /** What the iteration took whose answer was checked, nanoseconds. */
  checkedNs: number;
  /** The workload's own figures. */
  figures(): Record<string, number>;
  /** Times that a loop was entered so far; each makes a little garbage of its own. */
  entered(): number;
  /** Makes inputs for the next batch, as many as are held at once; returns how many, 0 where the body takes none. */
  prepare(iterations: number): number;
  /** Runs iterations together; returns what they took. */
  batch(iterations: number): Promise<number>;
  /**
   * Runs iterations, hands what each took to `record`, and returns what all took: the sum of these, or with several
   * lanes, where times overlap, the time from the first's start to the last's end.
   */
  each(iterations: number, record: (ns: number) => void): Promise<number>;
  /** How many iterations to count where `wanted` are asked for: all of their inputs are alive at once. */
  countable(wanted: number): number;
  /** Makes inputs, then runs iterations between `start` and `stop`. */
  counted(iterations: number, around: { start(): void; stop(): void }): Promise<void>;
  /** Lets go of outputs that were kept, so that nobody finds them here who asks what lives. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Inputs that are alive at once while instructions are counted. */
const COUNTED_INPUTS = 100;
/** Iterations of a chunk, whose inputs are alive at once; one for each lane where there are more lanes. */
const MOST_HELD = 1024;
/** Iterations whose outputs take the place of all that were kept. */
const FORGETTING: LoopJob = { run: () => {}, inputs: new Array(OUTPUTS_KEPT), concurrency: 1, times: [] };
/** Inputs are made for about this long, so that few large ones are alive where an iteration is long. */
const HELD_NS = 10e6;

/**
 * Imports the module as native ESM, sets the workload up and checks its answer once.
 *
 * @throws LaunchError saying which of these steps failed
 */
export async function openModuleCase(
  reference: ModuleReference,
  parameters: Parameters,
  { apart = false }: OpenOptions = {},
): Promise<ModuleCase> {
  const workload = await makeWorkload(reference, parameters);
  try {
    const { asynchronous, ns } = await check(workload);
    const open = caseOf(workload, { asynchronous, concurrency: asynchronous ? reference.concurrency : 1, apart });
    return { ...open, checkedNs: ns };
  } catch (error) {
    await workload.teardown?.();
    throw error;
  }
}

/** A case of a body that does nothing, for calibration. */
export function emptyCase(asynchronous: boolean): ModuleCase {
  const run = asynchronous ? async () => {} : () => {};
  return caseOf({ run, verify: () => {} }, { asynchronous, concurrency: 1, apart: false });
}

async function makeWorkload({ file, export: name }: ModuleReference, parameters: Parameters): Promise<ModuleWorkload> {
  const module = (await import(pathToFileURL(file).href).catch((error: Error) => {
    throw new LaunchError('setup', `Cannot import ${writtenFile(file)}: ${describeThrown(error)}`);
  })) as Record<string, ModuleWorkloadFactory<Parameters>>;
  const factory = module[name];
  const cannot = (action: string, reason: string) =>
    new LaunchError('setup', `Cannot ${action} ${writtenFile(file)}: ${reason}`);
  if (factory === undefined)
    throw cannot(`find the export "${name}" in`, `its exports are ${Object.keys(module).join(', ') || 'none'}`);
  if (typeof factory !== 'function')
    throw cannot(`use the export "${name}" of`, `it must be a function that returns an object with "run" and "verify"`);
  let workload: ModuleWorkload;
  try {
    workload = await factory(parameters);
  } catch (error) {
    throw cannot(`set up "${name}" of`, describeThrown(error));
  }
  const wrong = whatIsWrong(workload);
  if (wrong !== undefined) throw cannot(`use the export "${name}" of`, wrong);
  return workload;
}

/** Why an object is no workload. */
function whatIsWrong(workload: Partial<ModuleWorkload> | undefined): string | undefined {
  const missing = (['run', 'verify'] as const).filter((each) => typeof workload?.[each] !== 'function');
  if (missing.length > 0)
    return `it must return an object with "run" and "verify"; it has ${missing.map((each) => `no "${each}"`).join(' and ')}`;
  const operations = workload?.operations ?? 1;
  if (Number.isSafeInteger(operations) && operations >= 1) return undefined;
  return `its "operations" is ${operations}; it must be a whole number of at least 1`;
}

/** Verifies one iteration; returns whether its body is asynchronous, and what it took. */
async function check(workload: ModuleWorkload): Promise<{ asynchronous: boolean; ns: number }> {
  const input = workload.input?.();
  const start = nowNs();
  const answer = workload.run(input);
  const asynchronous = typeof (answer as Partial<Promise<unknown>> | undefined)?.then === 'function';
  const output = await answer;
  const ns = nowNs() - start;
  try {
    await workload.verify(output);
  } catch (error) {
    throw new LaunchError('wrong-answer', `Wrong answer: ${(error as Error).message}`);
  }
  return { asynchronous, ns };
}

interface HeldInputs {
  /** Those of the next chunk. */
  inputs: unknown[];
  /** Makes inputs for the next chunk, of `left` iterations at most; returns how many, 0 where the body takes none. */
  prepare(left: number): number;
  /** Makes them where they are not there yet; then they are used up. */
  take(left: number): void;
  /** Holds more of them from now on, where there is room. */
  grow(): void;
}

function holdInputs(workload: ModuleWorkload, concurrency: number): HeldInputs {
  const input = workload.input?.bind(workload);
  // Full lanes only: the end of a chunk is waited for, and lanes that are out of iterations would stand idle there.
  const most = Math.max(1, Math.floor(MOST_HELD / concurrency)) * concurrency;
  const inputs: unknown[] = [];
  let [held, prepared] = [input ? concurrency : most, false];
  const prepare = (left: number) => {
    inputs.length = Math.min(left, held);
    if (!input) return 0;
    for (let i = 0; i < inputs.length; i++) inputs[i] = input();
    prepared = true;
    return inputs.length;
  };
  return {
    inputs,
    prepare,
    take(left) {
      if (!prepared) prepare(left);
      prepared = false;
    },
    grow() {
      held = Math.min(most, held * 2);
    },
  };
}

function inputsOf(workload: ModuleWorkload, length: number): unknown[] {
  return Array.from({ length }, () => workload.input?.());
}

async function runBetween(loop: Loop, job: LoopJob, { start, stop }: { start(): void; stop(): void }): Promise<void> {
  start();
  await loop(job);
  stop();
}

/** What a case takes from its workload as it is. */
function ownOf(workload: ModuleWorkload): Pick<ModuleCase, 'operations' | 'figures' | 'close'> {
  return {
    operations: workload.operations ?? 1,
    figures: () => workload.figures?.() ?? {},
    close: async () => workload.teardown?.(),
  };
}

function caseOf(
  workload: ModuleWorkload,
  { asynchronous, concurrency, apart }: { asynchronous: boolean; concurrency: number; apart: boolean },
): ModuleCase {
  const run = workload.run.bind(workload);
  const together = compileLoop({ asynchronous, apart });
  const alone = compileLoop({ asynchronous, alone: true, apart });
  const readNs = apart ? 0 : clockReadNs();
  const { inputs, ...held } = holdInputs(workload, concurrency);
  const times: number[] = [];
  let entered = 0;
  const chunk = async (loop: Loop, left: number): Promise<number> => {
    held.take(left);
    entered += 1;
    const elapsed = await loop({ run, inputs, concurrency, times });
    if (elapsed < HELD_NS / 2) held.grow();
    return elapsed - readNs;
  };
  return {
    ...ownOf(workload),
    concurrency,
    asynchronous,
    checkedNs: 0,
    entered: () => entered,
    prepare: held.prepare,
    async batch(iterations) {
      let sum = 0;
      for (let left = iterations; left > 0; left -= inputs.length) sum += await chunk(together, left);
      return sum;
    },
    async each(iterations, record) {
      // The readings of the clock between iterations are in the time of all, and no user of the body has them.
      let [elapsed, sum] = [0, 0];
      for (let left = iterations; left > 0; left -= inputs.length) {
        elapsed += await chunk(alone, left);
        for (let i = 0; i < inputs.length; i++) {
          const ns = Math.max(0, (times[i] as number) - readNs);
          sum += ns;
          record(ns);
        }
      }
      return concurrency === 1 ? sum : elapsed;
    },
    countable: (wanted) => (workload.input ? Math.min(wanted, COUNTED_INPUTS) : wanted),
    counted: (iterations, around) =>
      runBetween(together, { run, inputs: inputsOf(workload, iterations), concurrency, times }, around),
    forget: async () => void (await together(FORGETTING)),
  };
}
