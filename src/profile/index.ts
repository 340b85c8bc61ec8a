// The only door of the room: profiles, from where they come and into what they are written.
export { type Capture, type CaptureOptions, openCapture, type WatchedSpan } from './capture.js';
export type { EngineResult } from './engine-result.js';
export { type FlameHtmlOptions, toFlameHtml } from './flame-html.js';
export { type ImportOptions, importCpuProfile } from './import-cpu-profile.js';
export { javascriptCallerShare } from './javascript-caller-share.js';
export { isKernelVisible, type PerfCommandOptions, perfCommand } from './perf-command.js';
export type { Frame, Origin, Profile, Stack, ThreadProfile } from './profile.js';
export { selfShares } from './self-shares.js';
export { toFolded } from './to-folded.js';
export { type SpeedscopeFile, toSpeedscope } from './to-speedscope.js';
