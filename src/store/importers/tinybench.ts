// Results of tinybench and of `vitest bench --outputJson`, which is made with it: one process, times in milliseconds.
import { z } from 'zod';
import type { ForeignCase } from './foreign-run.js';
import { type ForeignFile, measuredRun } from './left-out.js';
import { readShape } from './read-json.js';

const ms = z.number().min(0);
/**
 * As versions 2 (flat) and 3 (below `latency`) have it; the median is called `median` or `p50`, or is missing. What failed
 * has none of them, or null where a figure was no number.
 */
const times = z.object({
  mean: ms.nullish(),
  median: ms.nullish(),
  p50: ms.nullish(),
  p99: ms.nullish(),
  samples: z.array(ms).nullish(),
});
type Times = z.infer<typeof times>;

const vitestSchema = z.object({
  files: z.array(
    z.object({
      groups: z.array(z.object({ fullName: z.string(), benchmarks: z.array(times.extend({ name: z.string() })) })),
    }),
  ),
});

const result = times.extend({ latency: times.nullish(), error: z.unknown().optional(), state: z.string().nullish() });
type Result = z.infer<typeof result>;
const tasksSchema = z.array(z.object({ name: z.string().min(1), result: result.nullish() })).min(1);

const REMEDY = 'mend the benchmarks, measure and export again';

/** Whether JSON is that of `vitest bench`. */
export function isVitest(value: unknown): boolean {
  const files = (value as { files?: unknown } | null)?.files;
  return Array.isArray(files) && files.some((each) => typeof each === 'object' && each !== null && 'groups' in each);
}

/**
 * The run of a file; cases are `GROUP/NAME`, the group being the last part of its name. Benchmarks without a mean failed.
 *
 * @throws StoreError where it does not fit, or all failed
 */
export function fromVitest(value: unknown, { path, at }: { path: string; at: Date }): ForeignFile {
  const { files } = readShape(vitestSchema, value, { path, tool: 'vitest' });
  const leftOut: string[] = [];
  const cases = files.flatMap(({ groups }) =>
    groups.flatMap(({ fullName, benchmarks }) => {
      const suite = fullName.split(' > ').at(-1) as string;
      return benchmarks.flatMap(({ name, ...its }) => {
        if (hasMean(its)) return [toCase(suite, name, its)];
        leftOut.push(`benchmark "${name}" of "${suite}", which has no mean, because it failed`);
        return [];
      });
    }),
  );
  return measuredRun({ origin: 'vitest', startedAt: at, cases }, { path, leftOut, remedy: REMEDY });
}

/** Whether JSON is a list of tasks of tinybench, `bench.tasks.map(({ name, result }) => ({ name, result }))`. */
export function isTinybench(value: unknown): boolean {
  return Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null && 'result' in each);
}

/**
 * The run of a file; cases are `tinybench/NAME`. Tasks that failed or have not run are left out.
 *
 * @throws StoreError where it does not fit, or nothing of it was measured
 */
export function fromTinybench(value: unknown, { path, at }: { path: string; at: Date }): ForeignFile {
  const tasks = readShape(tasksSchema, value, { path, tool: 'tinybench' });
  const leftOut: string[] = [];
  const cases = tasks.flatMap(({ name, result }) => {
    const its = result?.latency ?? result;
    if (its && hasMean(its) && !hasFailed(result)) return [toCase('tinybench', name, its)];
    leftOut.push(`task "${name}", which ${whyNot(result)}`);
    return [];
  });
  return measuredRun({ origin: 'tinybench', startedAt: at, cases }, { path, leftOut, remedy: REMEDY });
}

function hasMean(its: Times): its is Times & { mean: number } {
  return typeof its.mean === 'number';
}

/** An Error has become `{}` in JSON. */
function hasFailed(result: Result | null | undefined): boolean {
  return result?.state === 'errored' || (result?.error !== undefined && result.error !== null);
}

function whyNot(result: Result | null | undefined): string {
  if (hasFailed(result)) return 'failed';
  if (!result || result.state === 'not-started') return 'has not run';
  return result.state === 'aborted' ? 'was aborted' : 'has no mean';
}

/** Without samples, the median that the tool gives is typical, and the mean where it gives none. */
function toCase(suite: string, name: string, its: Times & { mean: number }): ForeignCase {
  const samples = (its.samples ?? []).map((each) => each * 1e6);
  const typicalMs = its.median ?? its.p50 ?? its.mean;
  return {
    id: { suite, name },
    launches: samples.length === 0 ? [] : [samples],
    figures: {
      ...(samples.length === 0 && { p50: { value: typicalMs * 1e6, unit: 'ns' } }),
      ...(typeof its.p99 === 'number' && { p99: { value: its.p99 * 1e6, unit: 'ns' } }),
    },
  };
}
