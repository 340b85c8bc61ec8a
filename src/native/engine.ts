// The engine addon, loaded once. Its types are generated from Rust.
import { createRequire } from 'node:module';
import type * as Engine from '../../native/engine-addon/index.js';
import { addonFile } from './addon-file.js';

let loaded: typeof Engine | undefined;

/**
 * The engine: statistics, histograms, symbols and processes in Rust.
 *
 * @throws AddonError where the addon was not built
 */
export function engine(): typeof Engine {
  loaded ??= load(addonFile('engine', '.')) as typeof Engine;
  return loaded;
}

/** A sample in Rust. */
export type NativeSample = Engine.BindingSample;

/** A document tree in Rust. */
export type NativeTree = Engine.BindingTree;

/** Operations of a document tree in columns. */
export type NativeTreeBatch = Engine.BindingTreeBatch;

/** Loads an addon of workloads; every addon exports the same functions, whoever writes it. */
export function loadAddon(file: string): WorkloadAddon {
  return load(file) as WorkloadAddon;
}

/** The functions that `workload_addon!` exports. */
export type WorkloadAddon = Pick<typeof Engine, 'list' | 'verify' | 'measureTime' | 'measureMemoryUse' | 'profile'> & {
  /** Absent where an earlier version built the addon, which knows no turns. */
  TAKES_TURNS?: boolean;
};

/** An addon is not there or none; the message says what to do. */
export class AddonError extends Error {
  override name = 'AddonError';
}

function load(file: string): unknown {
  try {
    return createRequire(import.meta.url)(file);
  } catch (error) {
    // Node.js says below the first line who asked for the file.
    const [why] = (error as Error).message.split('\n');
    throw new AddonError(`Cannot load the addon "${file}": ${why}; run "npm run setup"`, { cause: error });
  }
}
