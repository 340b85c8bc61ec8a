// What a process saw of itself and what was seen of it from outside, on one clock.
import type { TimelineCapture } from '../profile/index.js';
import type { LaunchRecord } from '../samples/index.js';
import { cpuTrack } from './cpu-track.js';
import { type LaunchTimeline, type Phase, type ProcessTrack, TIMELINE_VERSION } from './launch-timeline.js';

/** What a time line is made of. */
export interface TimelineInput {
  record: LaunchRecord;
  capture: TimelineCapture;
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders: readonly string[];
}

/** The time line of a launch. */
export function makeTimeline({ record, capture, ownFolders }: TimelineInput): LaunchTimeline {
  const zero = capture.processNs;
  const since = (ns: number) => Math.round(ns - zero);
  const isMeasure = ({ startNs, endNs }: { startNs: number; endNs: number }) => endNs > startNs;
  const { startNs, endNs } = capture;
  return {
    version: TIMELINE_VERSION,
    caseId: record.caseId,
    durationNs: since(endNs),
    phases: [
      ...ownPhases(capture),
      ...capture.marks.filter(isMeasure).map(({ name, ...span }) => phase(name, span, { zero, own: true })),
    ],
    marks: capture.marks.filter((mark) => !isMeasure(mark)).map(({ name, startNs: at }) => ({ name, atNs: since(at) })),
    marksDropped: capture.marksDropped,
    cpu: shifted(cpuTrack(capture.cpuProfile, { startNs, endNs, ownFolders }), since(startNs)),
    collections: capture.collections.map(({ startNs: at, ...rest }) => ({ ...rest, atNs: since(at) })),
    eventLoop: { atNs: capture.turns.atNs.map(since), lateNs: capture.turns.lateNs },
    process: processTrack(record, capture),
  };
}

function ownPhases({ processNs: zero, startNs, endNs, measured }: TimelineCapture): Phase[] {
  const at = { zero, own: false };
  return [
    phase('start-up', { startNs: zero, endNs: startNs }, at),
    phase('set-up', { startNs, endNs: measured.startNs }, at),
    phase('workload', measured, at),
    phase('teardown', { startNs: measured.endNs, endNs }, at),
  ];
}

function phase(
  name: string,
  { startNs, endNs }: { startNs: number; endNs: number },
  { zero, own }: { zero: number; own: boolean },
): Phase {
  return { name, startNs: Math.round(startNs - zero), endNs: Math.round(endNs - zero), own };
}

function shifted(track: LaunchTimeline['cpu'], byNs: number): LaunchTimeline['cpu'] {
  return { ...track, atNs: track.atNs.map((at) => at + byNs) };
}

/** Points that lie in the time line; the record counts from the launch, which began a little before the process. */
function processTrack({ startedAt, timeline }: LaunchRecord, capture: TimelineCapture): ProcessTrack | null {
  if (timeline === undefined) return null;
  const { clock, processNs, endNs } = capture;
  const launchNs = clock.monotonicNs - (clock.epochMs - startedAt) * 1e6;
  const atNs = timeline.atMs.map((ms) => Math.round(launchNs + ms * 1e6 - processNs));
  const inside = (_: number, index: number) => (atNs[index] as number) <= endNs - processNs;
  return {
    atNs: atNs.filter(inside),
    cores: timeline.cores.filter(inside),
    residentBytes: timeline.residentBytes.filter(inside),
    readBytes: timeline.readBytes.filter(inside),
    writtenBytes: timeline.writtenBytes.filter(inside),
  };
}
