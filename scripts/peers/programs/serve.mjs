// @ts-check
// How a contestant in JavaScript answers: lines of JSON in and out.
import { createInterface } from 'node:readline';
import { bytesHeld } from './memory.mjs';

/**
 * @typedef {(input: any) => (() => unknown) | Promise<() => unknown>} Workload Takes the input apart once, and gives what one run does.
 */

/**
 * Answers `{"do":"prepare","workload":…,"input":…}` with the output of one run and its CPU time in nanoseconds, and
 * `{"do":"measure","runs":n}` with the CPU time of n runs, `{"do":"hold"}` with the bytes that the output of a run holds.
 *
 * @param {Record<string, Workload>} workloads By name.
 */
export function serve(workloads) {
  /** @type {() => unknown} */
  let run = () => undefined;
  /** @param {any} request */
  const answer = async (request) => {
    if (request.do === 'hold') return { bytes: await bytesHeld(run) };
    if (request.do === 'prepare') {
      const workload = workloads[request.workload];
      if (workload === undefined) throw new Error(`there is no workload "${request.workload}"`);
      run = await workload(request.input);
    }
    /** @type {unknown} */
    let output;
    const before = process.cpuUsage();
    for (let left = request.runs ?? 1; left > 0; left--) output = run();
    const { user, system } = process.cpuUsage(before);
    const cpuNs = (user + system) * 1000;
    return request.do === 'prepare' ? { output, cpuNs } : { cpuNs };
  };
  createInterface({ input: process.stdin }).on('line', async (line) => {
    /** @type {unknown} */
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: /** @type {Error} */ (error).message };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  });
}
