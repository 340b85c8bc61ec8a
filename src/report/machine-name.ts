// What machines are called.
import type { Machine } from '../store/index.js';

/**
 * Processor, cores and Node.js of a machine, as far as they are known.
 *
 * @example
 * machineName(await store.machine(fingerprint)) // 'AMD EPYC 7B13, 2 cores, node 20.20.0'
 */
export function machineName(machine: Machine | undefined): string {
  const { model, logicalCores } = machine?.cpu ?? {};
  const parts = [model, logicalCores && `${logicalCores} cores`, machine?.node && `node ${machine.node}`];
  return parts.filter(Boolean).join(', ') || 'unknown machine';
}
