// A program that does one workload again and again and says how much CPU time that took.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Json } from './row.js';

/** CPU time that a sample takes at least, so that the clock's steps do not matter, nanoseconds. */
const SAMPLE_NS = 5_000_000;
/** CPU time before the first sample, nanoseconds: V8 compiled the filling of a batch of edits once more after 0.12 s, a third quicker. */
const WARM_UP_NS = 300_000_000;

/** A long-lived process that answers lines of JSON. */
export class Contestant {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  #complaint = '';
  /** Runs of the workload in one sample. */
  #runs = 1;

  /** @param command The program and its arguments. */
  constructor(command: readonly [string, ...string[]]) {
    const [program, ...args] = command;
    // Threads of libraries for linear algebra would make CPU time and wall time different things.
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
    this.#child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#reader = createInterface({ input: this.#child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (data: Buffer) => {
      this.#complaint = (this.#complaint + data.toString()).slice(-2000);
    });
    this.#child.on('error', (error) => {
      this.#complaint += error.message;
    });
    // A program that has ended cannot be written to; the next answer tells so.
    this.#child.stdin.on('error', () => undefined);
  }

  /**
   * Chooses a workload and does it once.
   *
   * @returns Its output.
   */
  async prepare(workload: string, input: Json): Promise<Json> {
    const { output, cpuNs } = await this.#ask({ do: 'prepare', workload, input });
    await this.#warmUp(Number(cpuNs));
    return output ?? null;
  }

  /** Runs more and more often until a sample is long enough, and goes on until compilers have done what they will do. */
  async #warmUp(firstNs: number): Promise<void> {
    this.#runs = 1;
    for (let cpuNs = firstNs, allNs = firstNs; cpuNs < SAMPLE_NS || allNs < WARM_UP_NS; allNs += cpuNs) {
      if (cpuNs < SAMPLE_NS) this.#runs = moreRuns(this.#runs, cpuNs);
      cpuNs = Number((await this.#ask({ do: 'measure', runs: this.#runs })).cpuNs);
    }
  }

  /** CPU time of one run, nanoseconds: the mean of a sample. Or what the output of one run holds, bytes. */
  async sample(unit?: 'bytes'): Promise<number> {
    if (unit === 'bytes') return Number((await this.#ask({ do: 'hold' })).bytes);
    const { cpuNs } = await this.#ask({ do: 'measure', runs: this.#runs });
    return Number(cpuNs) / this.#runs;
  }

  /** Ends the process. */
  stop(): void {
    this.#reader.close();
    this.#child.kill();
  }

  async #ask(request: Json): Promise<Record<string, Json>> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`it ended without an answer: ${lastLine(this.#complaint)}`);
    const answer = JSON.parse(value) as Record<string, Json>;
    if (typeof answer.error === 'string') throw new Error(answer.error);
    return answer;
  }
}

/** How many runs to try next where so many took too little time: a tenth too many, but no more than ten times as many. */
export function moreRuns(runs: number, cpuNs: number): number {
  return Math.ceil(runs * Math.min(10, (1.1 * SAMPLE_NS) / Math.max(cpuNs, 1)));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
