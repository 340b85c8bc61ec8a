// The only door of the room: profiles, from where they come and into what they are written.
export { type AllocationCounts, allocationCounts, inAllocations } from './allocations.js';
export { borderCounts } from './border/border-counts.js';
export { borderReport } from './border/border-report.js';
export { borderTime } from './border/border-time.js';
export { toBorderMarkdown } from './border/to-border-markdown.js';
export { type Capture, type CaptureOptions, openCapture, type WatchedSpan } from './captures/capture.js';
export { ALLOCATION_INTERVAL_BYTES } from './captures/capture-allocations.js';
export type { Collection, Mark, TimelineCapture } from './captures/capture-timeline.js';
export { type MemoryViewer, openMemoryViewer } from './captures/memory-viewer.js';
export { cutStackShare, LOST_CALLERS } from './cut-stack-share.js';
export type {
  DifferentialData,
  DifferentialFunction,
  DifferentialNode,
  DifferentialThread,
} from './differential-data.js';
export type { EngineResult, ResultTable } from './engine-result.js';
export { type FlameHtmlOptions, toDifferentialHtml, toFlameHtml } from './flame-html.js';
export { importCallgrind } from './formats/import-callgrind.js';
export { type ImportOptions, importCpuProfile } from './formats/import-cpu-profile.js';
export { importFolded } from './formats/import-folded.js';
export { importHeapProfile } from './formats/import-heap-profile.js';
export { importMassif } from './formats/import-massif.js';
export { type ImportedProfile, type ImportFileOptions, importProfile } from './formats/import-profile.js';
export {
  PROFILE_FORMATS,
  type ProfileFormat,
  type ProfileFormatName,
  type WriteOptions,
} from './formats/profile-formats.js';
export { parseProfile, readProfile, toProfileJson } from './formats/profile-json.js';
export { type CpuProfileFile, toCpuProfile } from './formats/to-cpu-profile.js';
export { toFolded } from './formats/to-folded.js';
export { type HeapProfileFile, toHeapProfile } from './formats/to-heap-profile.js';
export { toPprof } from './formats/to-pprof.js';
export { type SpeedscopeFile, toSpeedscope } from './formats/to-speedscope.js';
export { type FunctionWeight, functionWeights, totalWeight } from './function-weights.js';
export { javascriptCallerShare } from './javascript-caller-share.js';
export { isJavaScript } from './javascript-frame.js';
export { mapSources } from './map-sources.js';
export { type MetricReadings, metricReadings } from './metrics/metric-readings.js';
export { type EmittedMetric, type MetricsReport, metricsReport, metricsReportFile } from './metrics/metrics-report.js';
export { DEEPEST_STACK_BYTES, isKernelVisible, type PerfCommandOptions, perfCommand } from './perf-command.js';
export { type Frame, type Origin, type Profile, type Stack, type ThreadProfile, UNITS, type Unit } from './profile.js';
export { ProfileError } from './profile-error.js';
export { selfShares } from './self-shares.js';
export { graphViews, modelViews, type Views, writeViews } from './views.js';
