// What the timed part of a case's launches used; where there is none, what counting its memory used.
import type { LaunchRecord, MemoryUse, Resources, Timing } from '../samples/index.js';
import type { MakeFigure } from './summarize-memory.js';
import type { Figure, ResourceUse } from './summary.js';

const NO_LAUNCH = { missing: 'no launch finished' };
const UNKNOWN_OF_COMMANDS = { missing: 'it is not known of a command' };
const BLOCKED = { missing: 'the workload itself blocks the event loop, or has no part in it' };

/** The resources of a case, from the records of all of its launches. */
export function summarizeResources(records: readonly LaunchRecord[], figure: MakeFigure): ResourceUse {
  const used = measured(records);
  const of = (value: (used: Timing | MemoryUse) => number | null | undefined, missing: Figure): Figure => {
    if (used.length === 0) return NO_LAUNCH;
    const values = used.flatMap((each) => value(each) ?? []);
    return values.length === 0 ? missing : figure(values);
  };
  const rate = (count: (resources: Resources) => number | null | undefined) =>
    of(({ resources, cpu }) => {
      const counted = count(resources);
      return counted == null ? null : counted / (cpu.wallNs / 1e9);
    }, UNKNOWN_OF_COMMANDS);
  return {
    busy: of(({ cpu, resources: { cores } }) => {
      return cores && (cpu.userNs + cpu.systemNs) / cpu.wallNs / cores;
    }, UNKNOWN_OF_COMMANDS),
    threads: most(used.map(({ resources }) => resources.threads)),
    cores: most(used.map(({ resources }) => resources.cores)),
    minorFaults: rate(({ minorFaults }) => minorFaults),
    majorFaults: rate(({ majorFaults }) => majorFaults),
    voluntarySwitches: rate(({ voluntarySwitches }) => voluntarySwitches),
    involuntarySwitches: rate(({ involuntarySwitches }) => involuntarySwitches),
    readBytes: rate(({ io }) => io?.readBytes),
    writtenBytes: rate(({ io }) => io?.writtenBytes),
    storageReadBytes: rate(({ io }) => io?.storageReadBytes),
    storageWrittenBytes: rate(({ io }) => io?.storageWrittenBytes),
    collectionShare: of(({ cpu, resources: { gc } }) => gc && gc.pauseNs / cpu.wallNs, UNKNOWN_OF_COMMANDS),
    eventLoopDelayNs: of(({ resources }) => resources.eventLoopDelay?.p99Ns, BLOCKED),
    timeline: longestTimeline(records),
  };
}

function measured(records: readonly LaunchRecord[]): (Timing | MemoryUse)[] {
  const results = records.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.result] : []));
  const timed = results.filter((result) => result.kind === 'time');
  return timed.length > 0 ? timed : results.filter((result) => result.kind === 'memory');
}

/** The time line with the most points, of a timed launch where there is one. */
function longestTimeline(records: readonly LaunchRecord[]): ResourceUse['timeline'] {
  const drawn = records.flatMap(({ kind, timeline, outcome }) =>
    timeline && outcome.status === 'ok' ? [{ kind, ...timeline }] : [],
  );
  const timed = drawn.filter(({ kind }) => kind === 'time');
  const [longest] = (timed.length > 0 ? timed : drawn).toSorted((a, b) => b.atMs.length - a.atMs.length);
  return longest ?? null;
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
