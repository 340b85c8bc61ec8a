// V8's .heapprofile as a profile in bytes.
import { z } from 'zod';
import type { Profile, Stack } from '../profile.js';
import { type ImportOptions, type V8CallFrame, V8Frames, v8CallFrame } from './v8-frames.js';

/** A function and what it allocated itself; bytes, as V8 estimates them from its samples. */
interface HeapNode {
  callFrame: V8CallFrame;
  selfSize: number;
  id?: number | undefined;
  children: HeapNode[];
}

const heapNode: z.ZodType<HeapNode> = z.object({
  callFrame: v8CallFrame,
  selfSize: z.number(),
  id: z.number().optional(),
  get children() {
    return z.array(heapNode);
  },
});
const heapProfile = z.object({
  head: heapNode,
  samples: z.array(z.object({ nodeId: z.number(), size: z.number() })).optional(),
});

/** What the file does not say. */
export interface HeapProfileOptions extends ImportOptions {
  /** Bytes between two samples; V8's own choice where nobody made one. */
  intervalBytes?: number;
}

const DEFAULT_INTERVAL_BYTES = 512 * 1024;

/**
 * Reads the JSON that V8's sampling heap profiler writes; weights are bytes.
 *
 * @throws Error where the text is no such JSON
 */
export function importHeapProfile(
  text: string,
  { intervalBytes = DEFAULT_INTERVAL_BYTES, ...options }: HeapProfileOptions = {},
): Profile {
  const { head, samples } = parse(text);
  const taken = new Map<number, number>();
  for (const { nodeId } of samples ?? []) taken.set(nodeId, (taken.get(nodeId) ?? 0) + 1);
  const frames = new V8Frames(options);
  const stacks: Stack[] = [];
  // Without a stack of calls, which deep recursion would exhaust.
  const left: { node: HeapNode; above: number[] }[] = head.children.map((node) => ({ node, above: [] }));
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, above } = next;
    const stack = [...above, frames.indexOf(node.callFrame)];
    const samplesHere = taken.get(node.id ?? -1) ?? (samples === undefined && node.selfSize > 0 ? 1 : 0);
    if (node.selfSize > 0) stacks.push({ frames: stack, weight: node.selfSize, samples: samplesHere });
    for (const child of node.children) left.push({ node: child, above: stack });
  }
  stacks.sort((a, b) => b.weight - a.weight);
  return {
    engine: 'inspector-heap',
    unit: 'bytes',
    interval: intervalBytes,
    frames: frames.frames,
    threads: [{ name: 'node', id: 0, javascript: true, stacks }],
  };
}

function parse(text: string): z.infer<typeof heapProfile> {
  try {
    return heapProfile.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`Cannot read heap profile: ${(error as Error).message}; record it again`, { cause: error });
  }
}
