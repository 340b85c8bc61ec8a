// Errors of definition files: what is wrong, where, and what is allowed.
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { suggest } from '../units/index.js';

/** A definition that cannot be used; `place` is `file:line`. */
export class DefinitionError extends Error {
  override name = 'DefinitionError';
  readonly place: string;

  constructor(message: string, place: string) {
    super(`${place}: ${message}`);
    this.place = place;
  }

  /**
   * What loading a definition threw. Definitions may load another copy of this package, whose errors are of another
   * class with the same name.
   */
  static of(error: Error, file: string): DefinitionError {
    if (error instanceof DefinitionError) return error;
    const place = (error as Partial<DefinitionError>).place;
    if (error.name !== 'DefinitionError' || place === undefined)
      return new DefinitionError(`Cannot load the file: ${reasonOf(error)}`, placeIn(error, file));
    return new DefinitionError(error.message.slice(place.length + 2), place);
  }

  /**
   * The same for a failed check of a schema: each issue on a line of its own.
   *
   * @param site where it stands, and the fields of its outermost object
   */
  static fromZod(
    what: string,
    error: z.ZodError,
    { place, allowed }: { place: string; allowed: readonly string[] },
  ): DefinitionError {
    const issues = error.issues.map((issue) => {
      const path = issue.path.join('.');
      return path === '' ? `  ${describe(issue, allowed)}` : `  ${path}: ${describe(issue)}`;
    });
    return new DefinitionError(`Cannot read ${what}:\n${issues.join('\n')}`, place);
  }
}

function describe(issue: z.core.$ZodIssue, allowed?: readonly string[]): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const keys = issue.keys.map((key) => `"${key}"`).join(', ');
  if (allowed === undefined) return `${keys} is no field of it; see docs/definitions.md for the fields`;
  const nearest = suggest(issue.keys[0] as string, allowed);
  const meant = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `${keys} is no field of it${meant}; the fields are ${allowed.join(', ')}`;
}

/** A project that has not installed this package yet is told how; the module in the cache would name nothing of its own. */
function reasonOf({ message }: Error): string {
  if (!message.startsWith("Cannot find package 'forgebench'")) return message;
  const here = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
  return `it imports "forgebench", which is not installed here; run "npm install --save-dev ${here}"`;
}

/** The line of the author's file in the error's stack, where it has one. */
function placeIn(error: Error, file: string): string {
  const line = error.stack
    ?.split('\n')
    .map(place)
    .find((each) => each?.startsWith(`${file}:`));
  return line ?? file;
}

/**
 * `file:line` of who called `callee`. Paths cannot tell own frames from the author's: source maps rename them.
 *
 * @param callee the function of the public API that asks
 */
export function callSite(callee: (...args: never[]) => unknown): string {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  return trace.stack?.split('\n').slice(1).map(place).find(Boolean) ?? 'unknown:0';
}

function place(line: string): string | undefined {
  const match = /((?:file:\/\/)?\/[^()]+?):(\d+):\d+\)?$/.exec(line.trim());
  return match ? `${match[1]?.replace('file://', '')}:${match[2]}` : undefined;
}
