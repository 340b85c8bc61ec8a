// The only door of the room: a launch moment by moment.
export type {
  CollectionEvent,
  CpuTrack,
  LaunchTimeline,
  Phase,
  ProcessTrack,
} from './launch-timeline.js';
export { makeTimeline, type TimelineInput } from './make-timeline.js';
export { type TimelineHtmlOptions, toTimelineHtml } from './timeline-html.js';
