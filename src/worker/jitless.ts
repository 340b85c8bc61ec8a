// A JavaScript workload for callgrind: set up, checked and warmed up uncounted, then counted. It reads a request from
// standard input and prints its answer as the last line, as a runner in Rust does.
import { readFileSync, writeSync } from 'node:fs';
import { engine } from '../native/index.js';
import type { LaunchRequest } from '../samples/index.js';
import { collectGarbage } from './collect-garbage.js';
import type { CountedAnswer } from './count-instructions.js';
import { failureOf } from './failure-of.js';
import { LaunchError } from './launch-error.js';
import { type ModuleCase, openModuleCase } from './module-case.js';
import { readRequest } from './read-request.js';

const STDIN = 0;
const STDOUT = 1;
/** Iterations before those that are counted, at least: V8 learns the shapes of objects during the first few. */
const LEAST_WARM_UP = 10;
/** This share of the counted iterations runs before them. */
const WARM_UP = 0.1;

engine().dieWithParent(process.ppid);
const text = readFileSync(STDIN, 'utf8');
writeSync(STDOUT, `\n${JSON.stringify(await answer())}\n`);
// A workload may leave timers, sockets or threads behind.
process.exit(0);

async function answer(): Promise<CountedAnswer> {
  try {
    return await count(readRequest(text));
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

async function count({ workload, parameters, iterations }: LaunchRequest): Promise<CountedAnswer> {
  if (workload.kind !== 'module') throw new LaunchError('protocol', 'Cannot count: the workload is no module');
  const open = await openModuleCase(workload, parameters, { apart: true });
  try {
    return { iterations: await countIterations(open, iterations), operations: open.operations };
  } finally {
    await open.close();
  }
}

async function countIterations(open: ModuleCase, asked: number | undefined): Promise<number> {
  const { startCounting, stopCounting, iterationsToCount } = engine();
  const trial = await open.batch(open.concurrency);
  const typicalNs = Math.min(open.checkedNs, trial / open.concurrency);
  const iterations = open.countable(asked ?? iterationsToCount(typicalNs));
  if (iterations > 1) await open.counted(Math.max(LEAST_WARM_UP, iterations * WARM_UP), { start() {}, stop() {} });
  collectGarbage();
  await open.counted(iterations, { start: startCounting, stop: stopCounting });
  return iterations;
}
