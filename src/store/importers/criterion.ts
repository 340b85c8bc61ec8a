// `target/criterion`: a folder for each benchmark, and in it one for each time that it was measured.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { StoreError } from '../store-error.js';
import type { StoredRun } from '../stored-run.js';
import { type ForeignCase, foreignRun } from './foreign-run.js';
import { readShape } from './read-json.js';

const benchmarkSchema = z.object({
  group_id: z.string().min(1),
  function_id: z.string().nullable(),
  value_str: z.string().nullable(),
});

const numbers = z.array(z.number().positive()).min(1);
/** As written today, and by versions before 0.3.4. */
const sampleSchema = z.union([
  z.object({ iters: numbers, times: numbers }),
  z.tuple([numbers, numbers]).transform(([iters, times]) => ({ iters, times })),
]);

interface Measured {
  case: ForeignCase;
  at: Date;
}

/** Whether a folder has results of Criterion somewhere below it. */
export function isCriterion(folder: string): boolean {
  return measurements(folder).length > 0;
}

/**
 * A run for each name that measurements were saved under: `new`, `base`, and baselines of one's own. What `base` and
 * `new` have in common is one run, because its id comes from its content. Cases are `GROUP/FUNCTION[value=VALUE]`, and
 * `criterion/NAME` without a group.
 *
 * @throws StoreError naming a file that cannot be read
 */
export function fromCriterion(folder: string): StoredRun[] {
  const sessions = new Map<string, Measured[]>();
  for (const each of measurements(folder)) {
    const its = sessions.get(basename(each)) ?? [];
    its.push(readMeasurement(each));
    sessions.set(basename(each), its);
  }
  return [...sessions.values()].map((its) =>
    foreignRun({
      origin: 'criterion',
      startedAt: new Date(Math.min(...its.map(({ at }) => at.getTime()))),
      cases: its.map((each) => each.case),
    }),
  );
}

function measurements(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'sample.json')
    .map((path) => dirname(join(folder, path)))
    .filter((each) => existsSync(join(each, 'benchmark.json')))
    .sort();
}

function readMeasurement(folder: string): Measured {
  const file = join(folder, 'sample.json');
  const { iters, times } = readShape(sampleSchema, readJson(file), { path: file, tool: 'Criterion' });
  if (iters.length !== times.length)
    throw new StoreError(
      `Cannot import "${file}": it has ${iters.length} numbers of iterations and ${times.length} times; run "cargo bench" again`,
    );
  const about = join(folder, 'benchmark.json');
  const names = readShape(benchmarkSchema, readJson(about), { path: about, tool: 'Criterion' });
  const { group_id: group, function_id: name, value_str: value } = names;
  return {
    case: {
      id: {
        ...(name === null ? { suite: 'criterion', name: group } : { suite: group, name }),
        ...(value !== null && { parameters: { value } }),
      },
      launches: [times.map((time, index) => time / (iters[index] as number))],
    },
    at: statSync(file).mtime,
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StoreError(`Cannot import "${file}": ${(error as Error).message}; run "cargo bench" again`);
  }
}
