// What machines are called.
import type { Machine, Store } from '../store/index.js';

/** Processor, cores and Node.js of the machines of some runs, by their fingerprint. */
export async function machineNames(
  store: Store,
  runs: readonly { fingerprint: string }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const fingerprint of new Set(runs.map((run) => run.fingerprint)))
    names.set(fingerprint, describe(await store.machine(fingerprint)));
  return names;
}

function describe(machine: Machine | undefined): string {
  const { model, logicalCores } = machine?.cpu ?? {};
  const parts = [model, logicalCores && `${logicalCores} cores`, machine?.node && `node ${machine.node}`];
  return parts.filter(Boolean).join(', ') || 'unknown machine';
}
