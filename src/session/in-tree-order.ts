// Processes as a tree: children below their parents.
import type { SessionProcess } from './session.js';

/** The processes with their depth; those whose parent is none of them stand at depth 0. */
export function inTreeOrder(processes: readonly SessionProcess[]): { process: SessionProcess; depth: number }[] {
  const known = new Set(processes.map(({ pid }) => pid));
  const below = (parent: number | undefined, depth: number): { process: SessionProcess; depth: number }[] =>
    processes
      .filter((each) => (parent === undefined ? !known.has(each.parent ?? -1) : each.parent === parent))
      .flatMap((process) => [{ process, depth }, ...below(process.pid, depth + 1)]);
  return below(undefined, 0);
}
