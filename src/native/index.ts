// The only door of the room: what is Rust, loaded and typed.
export { addonFile } from './addon-file.js';
export {
  AddonError,
  engine,
  loadAddon,
  type NativeSample,
  type NativeTree,
  type NativeTreeBatch,
  type WorkloadAddon,
} from './engine.js';
export { mannWhitneyAsymptotic, type RankTest } from './mann-whitney.js';
export { programFile, runnerFile } from './program-file.js';
export { type OpenedAddon, openAddons, watchAddons } from './watch-addons.js';
