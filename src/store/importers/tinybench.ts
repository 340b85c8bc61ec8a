// Results of tinybench and of `vitest bench --outputJson`, which is made with it: one process, times in milliseconds.
import { z } from 'zod';
import type { StoredRun } from '../stored-run.js';
import { type ForeignCase, foreignRun } from './foreign-run.js';
import { readShape } from './read-json.js';

const ms = z.number().min(0);
/** As versions 2 (flat) and 3 (below `latency`) have it; the median is called `median` or `p50`, or is missing. */
const times = z.object({
  mean: ms,
  median: ms.optional(),
  p50: ms.optional(),
  p99: ms.optional(),
  samples: z.array(ms).nullish(),
});

const vitestSchema = z.object({
  files: z.array(
    z.object({
      groups: z.array(z.object({ fullName: z.string(), benchmarks: z.array(times.extend({ name: z.string() })) })),
    }),
  ),
});

const tasksSchema = z
  .array(z.object({ name: z.string().min(1), result: z.union([z.object({ latency: times }), times]) }))
  .min(1);

/** Whether JSON is that of `vitest bench`. */
export function isVitest(value: unknown): boolean {
  const files = (value as { files?: unknown } | null)?.files;
  return Array.isArray(files) && files.some((each) => typeof each === 'object' && each !== null && 'groups' in each);
}

/** The run of a file; cases are `GROUP/NAME`, the group being the last part of its name. */
export function fromVitest(value: unknown, { path, at }: { path: string; at: Date }): StoredRun[] {
  const { files } = readShape(vitestSchema, value, { path, tool: 'vitest' });
  const cases = files.flatMap(({ groups }) =>
    groups.flatMap(({ fullName, benchmarks }) => {
      const suite = fullName.split(' > ').at(-1) as string;
      return benchmarks.map(({ name, ...its }) => toCase(suite, name, its));
    }),
  );
  return cases.length === 0 ? [] : [foreignRun({ origin: 'vitest', startedAt: at, cases })];
}

/** Whether JSON is a list of tasks of tinybench, `bench.tasks.map(({ name, result }) => ({ name, result }))`. */
export function isTinybench(value: unknown): boolean {
  return Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null && 'result' in each);
}

/** The run of a file; cases are `tinybench/NAME`. */
export function fromTinybench(value: unknown, { path, at }: { path: string; at: Date }): StoredRun[] {
  const tasks = readShape(tasksSchema, value, { path, tool: 'tinybench' });
  const cases = tasks.map(({ name, result }) =>
    toCase('tinybench', name, 'latency' in result ? result.latency : result),
  );
  return [foreignRun({ origin: 'tinybench', startedAt: at, cases })];
}

/** Without samples, the median that the tool gives is typical, and the mean where it gives none. */
function toCase(suite: string, name: string, its: z.infer<typeof times>): ForeignCase {
  const samples = (its.samples ?? []).map((each) => each * 1e6);
  const typicalMs = its.median ?? its.p50 ?? its.mean;
  return {
    id: { suite, name },
    launches: samples.length === 0 ? [] : [samples],
    figures: {
      ...(samples.length === 0 && { p50: { value: typicalMs * 1e6, unit: 'ns' } }),
      ...(its.p99 !== undefined && { p99: { value: its.p99 * 1e6, unit: 'ns' } }),
    },
  };
}
