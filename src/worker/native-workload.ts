// Workloads in Rust: the addon measures, this file carries its numbers onto the wire.
import { engine, loadAddon } from '../native/index.js';
import type { LaunchFailure, MemoryUse, Parameters, Span, Timing, WorkloadReference } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import { resourcesUsed } from './resources-used.js';
import type { MemoryWatched, RunnableWorkload } from './runnable-workload.js';
import { type LoopSeen, watchLoop } from './watch-loop.js';

type Reference = Extract<WorkloadReference, { kind: 'native' }>;

/** Opens the workload `id` of an addon. */
export function nativeWorkload({ addon: file, id }: Reference, parameters: Parameters): RunnableWorkload {
  const addon = loadAddon(file);
  const json = JSON.stringify(parameters);
  return {
    async verify() {
      unwrap(await addon.verify(id, json));
    },
    async time(options): Promise<Timing> {
      const { warmUpNs, measureNs, samples, countNs = 0, turns } = options;
      const inside = turns && addon.TAKES_TURNS ? { turns } : {};
      // An addon of an earlier version has one turn for the whole of it.
      const outside = new (engine().Turns)(addon.TAKES_TURNS ? undefined : turns);
      outside.take();
      const stop = watchLoop({ delay: true });
      const { measurement } = unwrap(
        await addon.measureTime(id, json, { warmUpNs, measureNs, samples, countNs, ...inside }),
      );
      outside.end();
      return toTiming(measurement as NonNullable<typeof measurement>, await stop());
    },
    async countMemory({ measureNs, operations }): Promise<MemoryUse> {
      const wanted = operations === undefined ? {} : { operations };
      const stop = watchLoop({ delay: true });
      const { memory } = unwrap(await addon.measureMemoryUse(id, json, { measureNs, ...wanted }));
      return toMemoryUse(memory as NonNullable<typeof memory>, { operations, loop: await stop() });
    },
    async run(durationNs): Promise<Span> {
      return profile(addon, { id, json }, durationNs);
    },
    async watchMemory(options, viewer): Promise<MemoryWatched> {
      // Counting leaves the JavaScript thread free to look meanwhile.
      const timer = setInterval(() => viewer.glance(), GLANCE_EVERY_MS);
      const { durationNs, stretches } = options;
      const counted = await addon.measureMemoryUse(id, json, { measureNs: durationNs });
      clearInterval(timer);
      const use = unwrap(counted).memory as Memory;
      const spans: Span[] = [];
      for (let stretch = 1; stretch <= stretches; stretch++) {
        spans.push(profile(addon, { id, json }, durationNs / stretches));
        await viewer.look(spans.reduce((sum, { iterations }) => sum + iterations, 0));
      }
      return {
        span: together(spans),
        use: toMemoryUse(use, { operations: undefined, loop: { gc: null, eventLoopDelay: null } }),
      };
    },
  };
}

/** One span from the begin of the first to the end of the last. */
function together(spans: readonly Span[]): Span {
  const sum = (of: (span: Span) => number) => spans.reduce((all, span) => all + of(span), 0);
  return {
    ...(spans[0] as Span),
    endNs: spans.at(-1)?.endNs as number,
    iterations: sum(({ iterations }) => iterations),
    cpuNs: sum(({ cpuNs }) => cpuNs),
    queuedNs: sum(({ queuedNs }) => queuedNs),
  };
}

/** How often memory is looked at while Rust runs: its own iterations are far shorter. */
const GLANCE_EVERY_MS = 50;

function profile(
  addon: ReturnType<typeof loadAddon>,
  { id, json }: { id: string; json: string },
  durationNs: number,
): Span {
  const { failure: _none, ...span } = unwrap(addon.profile(id, json, durationNs));
  return span;
}

type Measurement = NonNullable<Awaited<ReturnType<ReturnType<typeof loadAddon>['measureTime']>>['measurement']>;

function toTiming(measurement: Measurement, loop: LoopSeen): Timing {
  const [p50 = 0, p95 = 0, p99 = 0, max = 0] = measurement.latencyQuantilesNs ?? [];
  return {
    kind: 'time',
    samplesNs: Array.from(measurement.samplesNs),
    iterationsPerSample: measurement.iterationsPerSample,
    operationsPerIteration: measurement.operationsPerIteration,
    ...(measurement.latency && {
      latency: Buffer.from(measurement.latency).toString('base64'),
      latencyQuantiles: { p50, p95, p99, max },
    }),
    overhead: { clockNs: measurement.clockNs, resolutionNs: measurement.resolutionNs, loopNs: measurement.loopNs },
    warmUp: { iterations: measurement.warmUpIterations, ns: measurement.warmUpNs, steady: measurement.steady },
    ...resourcesUsed(measurement.resources, loop),
    counts: measurement.counts ?? null,
    maxRssBytes: measurement.maxRssBytes,
    figures: byName(measurement.figures),
  };
}

type Memory = NonNullable<Awaited<ReturnType<ReturnType<typeof loadAddon>['measureMemoryUse']>>['memory']>;

function toMemoryUse(
  { figures, liveOperations, liveBytes, liveCBytes, left, held, resources, ...rest }: Memory,
  { operations, loop }: { operations: number | undefined; loop: LoopSeen },
): MemoryUse {
  return {
    kind: 'memory',
    ...rest,
    live: {
      operations: Array.from(liveOperations),
      heapBytes: Array.from(liveBytes),
      cBytes: Array.from(liveCBytes),
    },
    left: left ? { firstBytes: left.first, rounds: left.rounds, heapRounds: left.rustRounds } : null,
    held: held ?? null,
    complete: operations === undefined || rest.iterations * rest.operationsPerIteration >= operations,
    ...resourcesUsed(resources, loop),
    gc: null,
    figures: byName(figures),
  };
}

function byName(figures: readonly { name: string; value: number }[]): Record<string, number> {
  return Object.fromEntries(figures.map(({ name, value }) => [name, value]));
}

function unwrap<T extends { failure?: { kind: string; message: string } }>(outcome: T): T {
  if (outcome.failure) throw new LaunchError(outcome.failure.kind as LaunchFailure['reason'], outcome.failure.message);
  return outcome;
}
