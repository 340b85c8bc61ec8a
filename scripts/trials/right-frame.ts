// Whether an explanation has the function on top that was slowed down.
import type { Slowdown } from './slowdowns.js';

/** What an explanation of `forgebench ab` says of one case, as far as trials read it. */
export interface ExplainedCase {
  caseId: string;
  failure?: string;
  frames: { name: string; callers: string[]; growth: { value: number; low: number; high: number } }[];
}

/** The module that a patched crate waits in. */
const GUARD = '::forgebench_slow::';

/**
 * True where the frame on top is the slowed function itself, or the guard in it, with that function as its nearest caller.
 *
 * @example
 * hasRightFrame({ caseId: 'model/tree-build[n=1,via=add]', frames: [] }, slowdowns) // false
 */
export function hasRightFrame({ caseId, frames }: ExplainedCase, slowdowns: readonly Slowdown[]): boolean {
  const slowed = slowdowns.filter(({ cases }) => cases.some((pattern) => matches(pattern, caseId)));
  const [top] = frames;
  if (top === undefined) return false;
  const named = top.name.includes(GUARD) ? (top.callers.find((caller) => !caller.includes(GUARD)) ?? '') : top.name;
  return slowed.some(({ signature }) => isFunction(named, functionOf(signature)));
}

function matches(pattern: string, caseId: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.[\]+?^${}()|\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(caseId);
}

function functionOf(signature: string): string {
  return /\bfn (\w+)/.exec(signature)?.[1] ?? '';
}

/** Code in a closure, or in the state machine of an asynchronous function, is the function's. */
function isFunction(name: string, fn: string): boolean {
  return new RegExp(`(^|::)${fn}(::[{<].*)?$`).test(name);
}
