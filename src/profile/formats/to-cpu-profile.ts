// V8's .cpuprofile, which Chrome's DevTools and VS Code open.
import type { Profile } from '../profile.js';
import { ProfileError } from '../profile-error.js';
import { type CallNode, callTree, flatten } from './call-tree.js';
import { spreadSamples } from './spread-samples.js';
import { callFrameWriter, type NodeNote, toFileNote, type V8CallFrame } from './v8-call-frame.js';

/**
 * The type `Profiler.Profile` of the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile), and what we add to it.
 */
export interface CpuProfileFile {
  nodes: { id: number; callFrame: V8CallFrame; hitCount: number; children: number[]; forgebench: NodeNote }[];
  /** Microseconds. */
  startTime: number;
  endTime: number;
  samples: number[];
  timeDeltas: number[];
  forgebench: ReturnType<typeof toFileNote>;
}

/**
 * A profile of time as a .cpuprofile. Origin, tier, inlining, threads and the engine stand in fields `forgebench`, which
 * other tools pass over; where there are several threads, each is a node below the root.
 *
 * Weights are rounded to the microsecond that the format counts in, so that no sum is off by more than that. The model has
 * no times of single samples: they follow each other by weight, not as they came.
 *
 * @throws ProfileError where weights are no time
 */
export function toCpuProfile(profile: Profile): CpuProfileFile {
  if (profile.unit !== 'nanoseconds')
    throw new ProfileError(
      `Cannot write a CPU profile: the weights are ${profile.unit}, and the format knows time alone; choose another format`,
    );
  const tree = flatten(callTree(profile));
  const { entries, total } = entriesOf(tree);
  const hits = new Map<number, number>();
  for (const { id } of entries) hits.set(id, (hits.get(id) ?? 0) + 1);
  const write = callFrameWriter();
  return {
    nodes: tree.map((node) => {
      const children = node.children.map(({ id }) => id);
      return { id: node.id, hitCount: hits.get(node.id) ?? 0, children, ...write(node) };
    }),
    startTime: 0,
    endTime: microseconds(total),
    samples: entries.map(({ id }) => id),
    timeDeltas: entries.map(
      ({ startNs }, index) => microseconds(startNs) - microseconds(entries[index - 1]?.startNs ?? 0),
    ),
    forgebench: toFileNote(profile),
  };
}

/** A sample weighs the time until the next one, so each starts where the weights before it end. */
function entriesOf(tree: readonly CallNode[]): { entries: { id: number; startNs: number }[]; total: number } {
  const seen = tree.filter(({ weight, samples }) => weight + samples > 0);
  const spread = spreadSamples(seen);
  const entries: { id: number; startNs: number }[] = [];
  let startNs = 0;
  for (const node of seen)
    for (const weight of spread(node)) {
      entries.push({ id: node.id, startNs });
      startNs += weight;
    }
  return { entries, total: startNs };
}

function microseconds(ns: number): number {
  return Math.round(ns / 1000);
}
