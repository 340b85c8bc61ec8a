// `hyperfine --export-json`: each execution of a command is a process, and so a launch of one sample.
import { z } from 'zod';
import { counted } from '../../units/index.js';
import { type ForeignFile, measuredRun } from './left-out.js';
import { readShape } from './read-json.js';

const seconds = z.number().min(0);
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

/**
 * The run of a file; cases are `hyperfine/COMMAND[parameter=value]`. Hyperfine takes the time of a shell off, and gives 0
 * where nothing remains: such times are left out, because a ratio needs values above 0.
 *
 * @throws StoreError where it does not fit, or has no time above 0
 */
export function fromHyperfine(value: unknown, { path, at }: { path: string; at: Date }): ForeignFile {
  const { results } = readShape(schema, value, { path, tool: 'hyperfine' });
  const leftOut: string[] = [];
  const cases = results.map(({ command, times, parameters = {} }) => {
    const above = times.filter((time) => time > 0);
    const zeros = times.length - above.length;
    if (zeros > 0)
      leftOut.push(
        `${zeros} of ${counted(times.length, 'time')} of "${command}", because a time of 0 has no ratio to others`,
      );
    return {
      id: {
        suite: 'hyperfine',
        name: command,
        parameters: Object.fromEntries(Object.entries(parameters).map(([name, its]) => [name, String(its)])),
      },
      launches: above.map((time) => [time * 1e9]),
    };
  });
  return measuredRun(
    { origin: 'hyperfine', startedAt: at, cases: cases.filter(({ launches }) => launches.length > 0) },
    { path, leftOut, remedy: 'run "hyperfine --shell=none" again, which takes no shell off' },
  );
}
