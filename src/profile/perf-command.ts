// How perf watches a node process so that both languages stand in one stack.
import { readFileSync } from 'node:fs';

/** How often to look, how deep, and where to. */
export interface PerfCommandOptions {
  /** File for the recording. */
  output: string;
  /** Samples a second of processor time. */
  frequency?: number;
  /** Bytes of the stack copied with each sample: a multiple of 8 below 65536. */
  stackBytes?: number;
  /** True to sample inside the kernel too; where it is absent, wherever the kernel lets itself be seen. */
  kernel?: boolean;
  /** True to record each switch of a thread to another instead, which tells how long threads wait; needs the kernel. */
  waiting?: boolean;
}

/**
 * Half of what the kernel allows. JavaScript callers seen in a recursive workload (compiling a schema): 33 % of the
 * samples with 8 KB, 96 % with 16 KB, 100 % with 32 KB. 1.5 s make 50 MB, which fold in 0.3 s whatever the size.
 */
const STACK_BYTES = 32_768;
/** All that the kernel copies: twice the memory, for workloads that keep large values on the stack. */
export const DEEPEST_STACK_BYTES = 65_528;

/**
 * The words to put before `node …` so that perf records it.
 *
 * The software clock needs no counter of the processor; `-k mono` is the clock of
 * `process.hrtime.bigint()`. Frame pointers alone lose the caller of `malloc` and `free`, so stacks
 * are copied and unwound later. Neither perf nor node outlives the process that starts them.
 *
 * @returns an argument vector; nothing passes a shell
 *
 * @example
 * const [program, ...words] = [...perfCommand({ output: 'perf.data' }), process.execPath, '--perf-basic-prof', 'app.js'];
 * spawn(program, words);
 */
export function perfCommand({
  output,
  frequency = 999,
  stackBytes = STACK_BYTES,
  kernel = isKernelVisible(),
  waiting = false,
}: PerfCommandOptions): string[] {
  const dieWithParent = ['setpriv', '--pdeathsig', 'KILL'];
  const clock = ['-e', kernel ? 'cpu-clock' : 'cpu-clock:u', '-F', String(frequency)];
  const switches = ['-e', 'context-switches', '-c', '1', '--switch-events'];
  // Only root may lock more than half a megabyte; with the default the reader must not fall behind by 30 ms.
  const buffer = process.geteuid?.() === 0 ? ['--mmap-pages', '16M'] : [];
  const sampling = [...(waiting ? switches : clock), '--call-graph', `dwarf,${stackBytes}`, '-k', 'mono', ...buffer];
  // At its end perf would copy every binary into ~/.debug, and at its start ask for programs in the kernel for 0.8 s.
  const quick = ['--no-buildid', '--no-buildid-cache', '--no-bpf-event'];
  return [
    ...dieWithParent,
    'perf',
    'record',
    '--quiet',
    ...sampling,
    ...quick,
    '--output',
    output,
    '--',
    ...dieWithParent,
  ];
}

/** Whether perf may sample inside the kernel: root may, and others where `kernel.perf_event_paranoid` is 1 or less. */
export function isKernelVisible(): boolean {
  if (process.geteuid?.() === 0) return true;
  try {
    return Number(readFileSync('/proc/sys/kernel/perf_event_paranoid', 'utf8')) <= 1;
  } catch {
    return false;
  }
}
