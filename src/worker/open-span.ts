// A stretch of a workload in JavaScript: when it was, what it took from the processor, and for how long it stood in line.
import { readFileSync } from 'node:fs';
import type { Span } from '../samples/index.js';
import { nowNs } from './clock.js';

const NANOSECONDS_PER_MICROSECOND = 1000;

/** Begins a span; what is returned ends it. */
export function openSpan(operationsPerIteration: number): { startNs: number; end(iterations: number): Span } {
  const [startNs, cpu, queued] = [nowNs(), process.cpuUsage(), queuedSoFarNs()];
  return {
    startNs,
    end(iterations) {
      const endNs = nowNs();
      const { user, system } = process.cpuUsage(cpu);
      const cpuNs = (user + system) * NANOSECONDS_PER_MICROSECOND;
      return { iterations, operationsPerIteration, startNs, endNs, cpuNs, queuedNs: queuedSoFarNs() - queued };
    },
  };
}

/** Time for which this thread has stood in line for a core so far (proc(5), `schedstat`); 0 where the kernel does not tell. */
function queuedSoFarNs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1] ?? 0);
  } catch {
    return 0;
  }
}
