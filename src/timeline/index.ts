// The only door of the room: a launch moment by moment.
export {
  type CollectionEvent,
  type CpuTrack,
  type LaunchTimeline,
  type Phase,
  type ProcessTrack,
  TIMELINE_VERSION,
} from './launch-timeline.js';
export { makeTimeline, type TimelineInput } from './make-timeline.js';
export { type TimelineHtmlOptions, toTimelineHtml } from './timeline-html.js';
