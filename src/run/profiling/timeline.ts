// A launch moment by moment, as figures and as a page.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineResult, TimelineCapture } from '../../profile/index.js';
import type { WorkloadReference } from '../../samples/index.js';
import { type LaunchTimeline, makeTimeline, toTimelineHtml } from '../../timeline/index.js';
import { formatBytes, formatCount, formatNs } from '../../units/index.js';
import { launch } from '../launch.js';
import { LIMITED_FILES, readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { cost } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledOf, profileRequest } from './profiled-launch.js';

const ENGINE = 'timeline';

const BLIND: Readonly<Record<WorkloadReference['kind'], string>> = {
  native:
    'Samples do not see Rust and show V8 in its place, and the event loop stands still: a profiled workload runs on the JavaScript thread.',
  module:
    'Samples book addons to the JavaScript that called them. A synchronous workload lets the event loop turn every 5 ms.',
  command: 'Samples and collections are those of forgebench while it waits; the resident set and I/O are of both.',
};

/** Writes `timeline.json` and `timeline.html`. */
export const timeline: Engine = {
  name: ENGINE,
  about: 'a launch moment by moment: samples, collections, event loop, resident set, phases and marks',
  probe: () => probeCapture(ENGINE),
  profile: profileTimeline,
};

async function profileTimeline(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const clean = await job.clean();
  const record = await inFolderOfItsOwn(options.cwd, (cwd) =>
    launch(profileRequest(job, [ENGINE], options), { wrapper: LIMITED_FILES, ...options, cwd }),
  );
  const profiled = profiledOf(record.outcome);
  const file = join(job.folder, profiled.files[ENGINE]?.capture as string);
  const capture = readBoundedJson(file) as TimelineCapture;
  rmSync(file);
  const seen = makeTimeline({ record, capture, ownFolders: options.ownFolders });
  const blind = BLIND[job.benchmark.workload.kind];
  const finding = findingOf(seen);
  const client = options.timelineClient;
  writeFileSync(join(job.folder, 'timeline.json'), JSON.stringify(seen));
  writeFileSync(join(job.folder, 'timeline.html'), toTimelineHtml(seen, { subtitle: [finding], note: blind, client }));
  return {
    engine: ENGINE,
    files: { html: 'timeline.html', timeline: 'timeline.json' },
    samples: capture.cpuProfile.samples?.length ?? 0,
    ...cost(profiled, clean),
    finding,
    blind,
  };
}

function findingOf({ durationNs, collections, eventLoop, process }: LaunchTimeline): string {
  const pauses = collections.map(({ pauseNs }) => pauseNs);
  const parts = [
    `${formatNs(durationNs)} in all`,
    pauses.length === 0
      ? 'no collection of garbage'
      : `${formatCount(pauses.length)} collections that paused ${formatNs(sum(pauses))} in all, the longest ${formatNs(Math.max(...pauses))}`,
    ...(eventLoop.lateNs.length === 0
      ? []
      : [`the event loop at most ${formatNs(Math.max(...eventLoop.lateNs))} late`]),
    ...(process === null ? [] : [`at most ${formatBytes(Math.max(...process.residentBytes))} resident`]),
  ];
  return `${parts.join('; ')}.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
