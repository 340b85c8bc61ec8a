// The only door of the room: profiles, from where they come and into what they are written.

export { type Capture, type CaptureOptions, openCapture, type WatchedSpan } from './captures/capture.js';
export { ALLOCATION_INTERVAL_BYTES } from './captures/capture-allocations.js';
export type { EngineResult } from './engine-result.js';
export { type FlameHtmlOptions, toFlameHtml } from './flame-html.js';
export { importCpuProfile } from './formats/import-cpu-profile.js';
export { importHeapProfile } from './formats/import-heap-profile.js';
export { importMassif } from './formats/import-massif.js';
export { toFolded } from './formats/to-folded.js';
export { type SpeedscopeFile, toSpeedscope } from './formats/to-speedscope.js';
export type { ImportOptions } from './formats/v8-frames.js';
export { javascriptCallerShare } from './javascript-caller-share.js';
export { isKernelVisible, type PerfCommandOptions, perfCommand } from './perf-command.js';
export type { Frame, Origin, Profile, Stack, ThreadProfile } from './profile.js';
export { selfShares } from './self-shares.js';
