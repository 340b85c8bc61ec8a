// The instructions of one case: what callgrind counted in a few launches, and whether they agree.
import type { Benchmark } from '../definition/index.js';
import type { InstructionCount } from '../samples/index.js';
import type { MakeFigure } from './summarize-memory.js';
import type { InstructionUse } from './summary.js';

/** Launches that lie further apart have no one count: keys of hashes, threads or the clock decide what is done. */
const MOST_SCATTER = 0.002;

/** The instructions of a case, with the reason where there are none. */
export function summarizeInstructions(
  benchmark: Benchmark,
  counts: readonly InstructionCount[],
  figure: MakeFigure,
): InstructionUse {
  const counted = counts.flatMap((count) => count.counted ?? []);
  const launches = counted.map(
    ({ instructions, iterations, operationsPerIteration }) => instructions / (iterations * operationsPerIteration),
  );
  const scatter = launches.length < 2 ? null : Math.max(...launches) / Math.min(...launches) - 1;
  return {
    perOperation: counted.length > 0 ? figure(launches) : { missing: reason(benchmark, counts) },
    launches,
    iterations: counted.map(({ iterations }) => iterations),
    scatter,
    deterministic: scatter !== null && scatter <= MOST_SCATTER,
  };
}

function reason({ workload }: Benchmark, counts: readonly InstructionCount[]): string {
  if (counts.length > 0) return 'one iteration takes too long under callgrind';
  if (workload.kind === 'command') return 'instructions of a command are not counted';
  if (workload.kind === 'native' && workload.runner === undefined)
    return 'its addon has no runner; docs/definitions.md shows the four lines that make one';
  return 'no launch has counted instructions';
}

/** What a reader of the counts has to know. */
export function instructionWarnings({ scatter, deterministic }: InstructionUse): string[] {
  if (deterministic || scatter === null) return [];
  return ['How many instructions it takes is a matter of chance, such as keys of hashes, or of time.'];
}
