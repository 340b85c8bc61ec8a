// A benchmark whose Rust is that of another build.
import type { Benchmark } from '../definition/index.js';

/**
 * The benchmark with its workload taken from another addon.
 *
 * @param runner the program with the same workloads; without one no instructions can be counted
 */
export function withAddon(benchmark: Benchmark, file: string, runner?: string): Benchmark {
  const { workload } = benchmark;
  if (workload.kind !== 'native') return benchmark;
  // The runner beside the addon that is installed is no part of the version.
  const { runner: _other, ...rest } = workload;
  return { ...benchmark, workload: { ...rest, addon: file, ...(runner !== undefined && { runner }) } };
}
