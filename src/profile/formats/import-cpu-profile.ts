// V8's .cpuprofile as a profile.
import { z } from 'zod';
import type { Profile } from '../profile.js';
import { ProfileBuilder, type ThreadBuilder } from '../profile-builder.js';
import { readingAs } from '../profile-error.js';
import { callFrame, fileNote, fromCallFrame, nodeNote } from './v8-call-frame.js';

const cpuProfile = z.object({
  nodes: z
    .array(
      z.object({
        id: z.number(),
        callFrame,
        children: z.array(z.number()).optional(),
        forgebench: nodeNote.optional(),
      }),
    )
    .min(1),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
  forgebench: fileNote.optional(),
});
type CpuProfile = z.infer<typeof cpuProfile>;
type Node = CpuProfile['nodes'][number];

const NANOSECONDS_PER_MICROSECOND = 1000;

/** Which JavaScript is forgebench's own. */
export interface ImportOptions {
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders?: readonly string[];
}

/**
 * Reads the JSON that V8's profiler writes.
 *
 * A sample weighs the time until the next one, as in Chrome's DevTools; the root and idle samples
 * are left out.
 *
 * @throws ProfileError where the text is no such JSON
 */
export function importCpuProfile(text: string, options: ImportOptions = {}): Profile {
  return readingAs('CPU profile', () => fromCpuProfile(JSON.parse(text), options));
}

/** @throws Error where the value is no CPU profile */
export function fromCpuProfile(value: unknown, { ownFolders = [] }: ImportOptions = {}): Profile {
  const recorded = cpuProfile.parse(value);
  if (recorded.samples.length !== recorded.timeDeltas.length) throw new Error('it has not one time for each sample');
  const builder = new ProfileBuilder();
  addSamples(recorded, builder, ownFolders);
  const total = (recorded.endTime - recorded.startTime) * NANOSECONDS_PER_MICROSECOND;
  const interval = recorded.samples.length === 0 ? 0 : Math.max(0, Math.round(total / recorded.samples.length));
  return builder.build({ engine: 'inspector-cpu', unit: 'nanoseconds', interval, ...recorded.forgebench });
}

function addSamples(recorded: CpuProfile, builder: ProfileBuilder, ownFolders: readonly string[]): void {
  const nodes = new Map(recorded.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, Node>();
  for (const node of recorded.nodes) for (const child of node.children ?? []) parents.set(child, node);
  const threads = new Map<Node | undefined, ThreadBuilder>();
  const known = new Map<Node, number>();
  const frameOf = (node: Node) => {
    const index = known.get(node) ?? builder.frame(fromCallFrame(node.callFrame, ownFolders, node.forgebench));
    known.set(node, index);
    return index;
  };
  const places = new Map<Node, { frames: number[]; thread: ThreadBuilder }>();
  const place = (node: Node) => {
    const path = pathTo(node, parents, nodes.size);
    const own = path.find(({ forgebench }) => forgebench?.thread);
    const facts = own?.forgebench?.thread ?? { name: 'node', id: 0, javascript: true };
    const thread = threads.get(own) ?? builder.thread(facts);
    threads.set(own, thread);
    const calls = path.filter((each) => !isRoot(each) && !each.forgebench?.thread);
    return { frames: calls.map(frameOf), thread };
  };
  for (const [id, weight] of weights(recorded)) {
    const node = nodes.get(id);
    if (node === undefined) throw new Error(`sample of unknown node ${id}`);
    if (isRoot(node) || isIdle(node)) continue;
    const { frames, thread } = places.get(node) ?? place(node);
    places.set(node, { frames, thread });
    thread.add(frames, { weight, samples: 1 });
  }
  if (threads.size === 0) builder.thread({ name: 'node', id: 0, javascript: true });
}

/** Nodes from the root to this one. */
function pathTo(node: Node, parents: ReadonlyMap<number, Node>, most: number): Node[] {
  const path: Node[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = parents.get(at.id)) {
    path.push(at);
    if (path.length > most) throw new Error(`the callers of node ${node.id} go round in a circle`);
  }
  return path.reverse();
}

function isRoot({ callFrame: { functionName }, forgebench }: Node): boolean {
  return functionName === '(root)' && forgebench?.origin === undefined;
}

function isIdle({ callFrame: { functionName }, forgebench }: Node): boolean {
  return functionName === '(idle)' && forgebench?.origin === undefined;
}

/** Node and weight of each sample; V8 may write deltas below zero, so samples are put in order first. */
function* weights({ startTime, endTime, samples, timeDeltas }: CpuProfile): Generator<[number, number]> {
  let time = startTime;
  const timed = samples.map((id, index) => {
    time += timeDeltas[index] as number;
    return { id, time };
  });
  timed.sort((a, b) => a.time - b.time);
  for (const [index, sample] of timed.entries()) {
    const next = timed[index + 1]?.time ?? Math.max(endTime, sample.time);
    yield [sample.id, (next - sample.time) * NANOSECONDS_PER_MICROSECOND];
  }
}
