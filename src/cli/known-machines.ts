// Machines that the store has runs of.
import { type StoreFlags, withFilledStore } from './project-store.js';

/** Fingerprints of all machines with a stored run. */
export async function knownMachines(root: string, flags: StoreFlags): Promise<Set<string>> {
  return withFilledStore(
    root,
    flags,
    async (store) => new Set((await store.list()).map(({ fingerprint }) => fingerprint)),
  );
}
