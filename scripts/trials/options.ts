// What both kinds of trials can be told.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** How long and how often; times in milliseconds. */
export interface TrialOptions {
  /** No comparison begins after this time. */
  budgetMs: number;
  /** Budget of one comparison, as `forgebench ab` reads it. */
  each: string;
  launches: string;
  /** Where trials are kept, which the next call adds to. */
  file: string;
  values: Record<string, string | boolean | undefined>;
}

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3 };

/**
 * Reads the arguments of a script of trials.
 *
 * @param more further options that take a text
 * @throws Error where a time cannot be read
 */
export function readOptions(
  args: readonly string[],
  defaults: { budget: string; each: string; file: string },
  more: readonly string[] = [],
): TrialOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      budget: text,
      each: text,
      launches: text,
      file: text,
      fresh: { type: 'boolean' },
      explain: { type: 'boolean' },
      ...Object.fromEntries(more.map((name) => [name, text])),
    },
  }) as { values: TrialOptions['values'] };
  const file = String(values.file ?? defaults.file);
  if (values.fresh) rmSync(file, { force: true });
  return {
    budgetMs: milliseconds(String(values.budget ?? defaults.budget)),
    each: String(values.each ?? defaults.each),
    launches: String(values.launches ?? '5'),
    file,
    values,
  };
}

function milliseconds(time: string): number {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)([smh])$/.exec(time) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new Error(`Cannot use the time "${time}": write 90s, 10m or 2h`);
  return Number(count) * factor;
}
