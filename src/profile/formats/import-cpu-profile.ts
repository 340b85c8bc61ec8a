// V8's .cpuprofile as a profile.
import { z } from 'zod';
import type { Profile, Stack } from '../profile.js';
import { type ImportOptions, V8Frames, v8CallFrame } from './v8-frames.js';

const cpuProfile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: v8CallFrame, children: z.array(z.number()).optional() })).min(1),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type CpuProfile = z.infer<typeof cpuProfile>;

const NANOSECONDS_PER_MICROSECOND = 1000;

/**
 * Reads the JSON that V8's profiler writes.
 *
 * A sample weighs the time until the next one, as in Chrome's DevTools; the root and idle samples
 * are left out.
 *
 * @throws Error where the text is no such JSON
 */
export function importCpuProfile(text: string, options: ImportOptions = {}): Profile {
  const recorded = parse(text);
  const frames = new V8Frames(options);
  const stacks = stacksOf(recorded, frames);
  const total = (recorded.endTime - recorded.startTime) * NANOSECONDS_PER_MICROSECOND;
  return {
    engine: 'inspector-cpu',
    unit: 'nanoseconds',
    interval: recorded.samples.length === 0 ? 0 : Math.round(total / recorded.samples.length),
    frames: frames.frames,
    threads: [{ name: 'node', id: 0, javascript: true, stacks }],
  };
}

function parse(text: string): CpuProfile {
  try {
    const recorded = cpuProfile.parse(JSON.parse(text));
    if (recorded.samples.length !== recorded.timeDeltas.length) throw new Error('it has not one time for each sample');
    return recorded;
  } catch (error) {
    throw new Error(`Cannot read CPU profile: ${(error as Error).message}; record it again`, { cause: error });
  }
}

function stacksOf(recorded: CpuProfile, frames: V8Frames): Stack[] {
  const parents = new Map(
    recorded.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const nodes = new Map(recorded.nodes.map((node) => [node.id, node]));
  const stacks = new Map<number, Stack>();
  for (const [id, weight] of weights(recorded)) {
    const name = nodes.get(id)?.callFrame.functionName;
    if (name === undefined) throw new Error(`Cannot read CPU profile: sample of unknown node ${id}; record it again`);
    if (name === '(idle)' || name === '(root)') continue;
    let stack = stacks.get(id);
    if (!stack) {
      stack = { frames: [], weight: 0, samples: 0 };
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        const frame = (nodes.get(at) as CpuProfile['nodes'][number]).callFrame;
        if (frame.functionName !== '(root)') stack.frames.unshift(frames.indexOf(frame));
      }
      stacks.set(id, stack);
    }
    stack.weight += weight;
    stack.samples += 1;
  }
  return [...stacks.values()].sort((a, b) => b.weight - a.weight);
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
