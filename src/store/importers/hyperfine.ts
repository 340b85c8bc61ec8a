// `hyperfine --export-json`: each execution of a command is a process, and so a launch of one sample.
import { z } from 'zod';
import type { StoredRun } from '../stored-run.js';
import { foreignRun } from './foreign-run.js';
import { readShape } from './read-json.js';

const seconds = z.number().positive();
const schema = z.object({
  results: z
    .array(
      z.object({
        command: z.string().min(1),
        times: z.array(seconds).min(1),
        parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    )
    .min(1),
});

/** Whether JSON is hyperfine's. */
export function isHyperfine(value: unknown): boolean {
  const results = (value as { results?: unknown } | null)?.results;
  return (
    Array.isArray(results) && results.some((each) => typeof each === 'object' && each !== null && 'command' in each)
  );
}

/** The run of a file; cases are `hyperfine/COMMAND[parameter=value]`. */
export function fromHyperfine(value: unknown, { path, at }: { path: string; at: Date }): StoredRun[] {
  const { results } = readShape(schema, value, { path, tool: 'hyperfine' });
  const cases = results.map(({ command, times, parameters = {} }) => ({
    id: {
      suite: 'hyperfine',
      name: command,
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, its]) => [name, String(its)])),
    },
    launches: times.map((time) => [time * 1e9]),
  }));
  return [foreignRun({ origin: 'hyperfine', startedAt: at, cases })];
}
