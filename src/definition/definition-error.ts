// Errors of definition files: what is wrong, where, and what is allowed.
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

/** A definition that cannot be used; `place` is `file:line`. */
export class DefinitionError extends Error {
  override name = 'DefinitionError';
  readonly place: string;

  constructor(message: string, place: string) {
    super(`${place}: ${message}`);
    this.place = place;
  }

  /** The same for a failed check of a schema: each issue on a line of its own. */
  static fromZod(what: string, error: z.ZodError, place: string): DefinitionError {
    const issues = error.issues.map((issue) => {
      const path = issue.path.join('.');
      return `  ${path === '' ? '' : `${path}: `}${describe(issue)}`;
    });
    return new DefinitionError(`Cannot read ${what}:\n${issues.join('\n')}`, place);
  }
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const keys = issue.keys.map((key) => `"${key}"`).join(', ');
  return `${keys} is no field of it; see docs/definitions.md for the fields`;
}

/** `file:line` of the first caller outside this package's own files. */
export function callSite(): string {
  const own = new URL('.', import.meta.url).href;
  const lines = new Error().stack?.split('\n').slice(1) ?? [];
  const outside = lines
    .map(place)
    .find((each) => each !== undefined && !each.startsWith(own) && !each.startsWith(fileURLToPath(own)));
  return outside === undefined ? 'unknown:0' : outside.replace(/^file:\/\//, '');
}

function place(line: string): string | undefined {
  const match = /\(?((?:file:\/\/)?\/[^()]+?):(\d+):\d+\)?$/.exec(line.trim());
  return match ? `${match[1]}:${match[2]}` : undefined;
}
