// Circumstances in which two runs differ beside the code under test.
import type { RunRecord } from '../store/index.js';

/** One circumstance on both sides, as text. */
export interface Difference {
  /** What differs: `cpu`, `node`, `samples` … */
  what: string;
  base: string;
  head: string;
}

/** The part of a run that is known before it is measured. */
export type Circumstances = Pick<RunRecord, 'environment' | 'settings'>;

/** What must be the same for figures to be comparable; versions of the subjects are what is compared. */
const CIRCUMSTANCES: Readonly<Record<string, (run: Circumstances) => unknown>> = {
  cpu: ({ environment }) => environment.cpu.model,
  cores: ({ environment }) => environment.cpu.logicalCores,
  governor: ({ environment }) => environment.cpu.governor,
  turbo: ({ environment }) => environment.cpu.turbo,
  memory: ({ environment }) => environment.memoryBytes,
  'limits of the control group': ({ environment }) => environment.cgroup,
  system: ({ environment }) => environment.os,
  kernel: ({ environment }) => environment.kernel,
  architecture: ({ environment }) => environment.architecture,
  node: ({ environment }) => environment.node,
  v8: ({ environment }) => environment.v8,
  rustc: ({ environment }) => environment.rustc,
  samples: ({ settings }) => settings.samples,
  'warm-up, ns': ({ settings }) => settings.warmUpNs,
  'measuring time, ns': ({ settings }) => settings.measureNs,
};

/** Every circumstance that is not the same on both sides. */
export function findDifferences(base: Circumstances, head: Circumstances): Difference[] {
  return Object.entries(CIRCUMSTANCES).flatMap(([what, read]) => {
    const [old, now] = [toText(read(base)), toText(read(head))];
    return old === now ? [] : [{ what, base: old, head: now }];
  });
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return 'unknown';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
