// V8's .heapprofile, which allocation sampling writes, as a profile of bytes.
import { z } from 'zod';
import type { Profile } from '../profile.js';
import { ProfileBuilder, type ThreadBuilder } from '../profile-builder.js';
import { readingAs } from '../profile-error.js';
import type { ImportOptions } from './import-cpu-profile.js';
import { callFrame, fileNote, fromCallFrame, nodeNote } from './v8-call-frame.js';

/** Children are checked one by one, because a schema would walk them by recursion, and trees may be deep. */
const node = z.object({
  // v8-profiler-next writes neither ids nor samples.
  id: z.number().optional(),
  callFrame,
  selfSize: z.number().nonnegative(),
  children: z.array(z.unknown()),
  forgebench: nodeNote.optional(),
});
const heapProfile = z.object({
  head: z.unknown(),
  samples: z.array(z.object({ size: z.number(), nodeId: z.number() })).optional(),
  forgebench: fileNote.optional(),
});

/**
 * Reads the JSON of V8's sampling heap profiler (`HeapProfiler.stopSampling`, `node --heap-prof`). Weights are the bytes
 * that V8 books to a call; the file does not tell the interval.
 *
 * @throws ProfileError where the text is no such JSON
 */
export function importHeapProfile(text: string, options: ImportOptions = {}): Profile {
  return readingAs('heap profile', () => fromHeapProfile(JSON.parse(text), options));
}

/** @throws Error where the value is no heap profile */
export function fromHeapProfile(value: unknown, { ownFolders = [] }: ImportOptions = {}): Profile {
  const recorded = heapProfile.parse(value);
  const counts = new Map<number | undefined, number>();
  for (const { nodeId } of recorded.samples ?? []) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
  const builder = new ProfileBuilder();
  const head = node.parse(recorded.head);
  // A file of ours with several threads names them one level below.
  const top = head.forgebench && !head.forgebench.thread ? undefined : builder.thread(threadOf(head));
  const open: Place[] = head.children.map((value) => ({ value, caller: undefined, thread: top }));
  if (head.selfSize > 0) top?.add([], { weight: head.selfSize, samples: counts.get(head.id) ?? 1 });
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const call = node.parse(at.value);
    const own = call.forgebench?.thread;
    const thread = own ? builder.thread(own) : (at.thread ?? builder.thread(threadOf(call)));
    const caller = own
      ? undefined
      : { frame: builder.frame(fromCallFrame(call.callFrame, ownFolders, call.forgebench)), up: at.caller };
    const samples = recorded.samples ? (counts.get(call.id) ?? 0) : Math.sign(call.selfSize);
    if (call.selfSize + samples > 0) thread.add(pathOf(caller), { weight: call.selfSize, samples });
    for (const value of call.children) open.push({ value, caller, thread });
  }
  return builder.build({ engine: 'inspector-heap', unit: 'bytes', interval: 0, ...recorded.forgebench });
}

/** A call and those around it. */
interface Call {
  frame: number;
  up: Call | undefined;
}

/** What is still to be read: a node, and from where it was called. */
interface Place {
  value: unknown;
  caller: Call | undefined;
  thread: ThreadBuilder | undefined;
}

function pathOf(innermost: Call | undefined): number[] {
  const frames: number[] = [];
  for (let call = innermost; call !== undefined; call = call.up) frames.push(call.frame);
  return frames.reverse();
}

function threadOf({ forgebench }: z.infer<typeof node>): { name: string; id: number; javascript: boolean } {
  return forgebench?.thread ?? { name: 'node', id: 0, javascript: true };
}
