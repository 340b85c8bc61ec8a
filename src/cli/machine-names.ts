// What the machines of some runs are called.
import { machineName } from '../report/index.js';
import type { Store } from '../store/index.js';

/** Processor, cores and Node.js of the machines of some runs, by their fingerprint. */
export async function machineNames(
  store: Store,
  runs: readonly { fingerprint: string }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const fingerprint of new Set(runs.map((run) => run.fingerprint)))
    names.set(fingerprint, machineName(await store.machine(fingerprint)));
  return names;
}
