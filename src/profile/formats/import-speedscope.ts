// speedscope's file format, sampled or evented, as a profile.
import { z } from 'zod';
import { originOf } from '../origin-of.js';
import { type Frame, ORIGINS, type Profile, type Unit } from '../profile.js';
import { ProfileBuilder, type ThreadBuilder } from '../profile-builder.js';
import { TIME_UNITS } from './time-units.js';

const frame = z.object({
  name: z.string(),
  file: z.string().nullish(),
  line: z.number().nullish(),
  col: z.number().nullish(),
  origin: z.enum(ORIGINS).optional(),
});
const shared = { name: z.string(), unit: z.string(), startValue: z.number(), endValue: z.number() };
const sampled = z.object({
  ...shared,
  type: z.literal('sampled'),
  samples: z.array(z.array(z.number())),
  weights: z.array(z.number()),
});
const evented = z.object({
  ...shared,
  type: z.literal('evented'),
  events: z.array(z.object({ type: z.enum(['O', 'C']), frame: z.number(), at: z.number() })),
});
const speedscope = z.object({
  exporter: z.string().optional(),
  shared: z.object({ frames: z.array(frame) }),
  profiles: z.array(z.discriminatedUnion('type', [sampled, evented])).min(1),
});
type Evented = z.infer<typeof evented>;

/** What one of the format's units is of ours. */
const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  ...TIME_UNITS,
  bytes: ['bytes', 1],
  none: ['samples', 1],
};

/**
 * The profile in the JSON of https://www.speedscope.app/file-format-schema.json: a thread for each of its profiles. Each
 * stack counts as one sample, because the format keeps weights alone.
 *
 * @throws Error where the value is no speedscope file, or its profiles differ in their unit
 */
export function fromSpeedscope(value: unknown): Profile {
  const file = speedscope.parse(value);
  const [unit, scale] = unitOf(file.profiles.map((profile) => profile.unit));
  const ours = file.exporter === 'forgebench';
  const builder = new ProfileBuilder();
  const frames = file.shared.frames.map((each) => builder.frame(toFrame(each, ours)));
  const lookUp = (index: number) => {
    const found = frames[index];
    if (found === undefined) throw new Error(`a stack names frame ${index} of ${frames.length}`);
    return found;
  };
  for (const [index, profile] of file.profiles.entries()) {
    const thread = builder.thread(threadOf(profile.name, index, ours));
    if (profile.type === 'evented') addEvents(profile, thread, { lookUp, scale });
    else {
      if (profile.samples.length !== profile.weights.length) throw new Error('it has not one weight for each sample');
      for (const [at, stack] of profile.samples.entries())
        thread.add(stack.map(lookUp), { weight: (profile.weights[at] as number) * scale, samples: 1 });
    }
  }
  return builder.build({ engine: 'speedscope', unit, interval: 0 });
}

function unitOf(names: readonly string[]): readonly [Unit, number] {
  const [name = 'none', ...others] = [...new Set(names)];
  if (others.length > 0) throw new Error(`its profiles are in ${[name, ...others].join(' and ')}, which cannot be one`);
  const unit = UNITS[name];
  if (unit === undefined) throw new Error(`it counts in "${name}", which the format does not know`);
  return unit;
}

/** Our exporter writes tier or inlining in brackets behind the name, and the id behind the thread's. */
function toFrame({ name, file, line, col, origin }: z.infer<typeof frame>, ours: boolean): Frame {
  const [, plain, mark] = (ours && /^(.*) \[(interpreted|baseline|maglev|optimised|inlined)\]$/s.exec(name)) || [];
  return {
    name: plain ?? name,
    origin: origin ?? originOf(file ?? undefined),
    ...(file != null && { file }),
    ...(line != null && { line }),
    ...(col != null && { column: col }),
    ...(mark !== undefined && (mark === 'inlined' ? { inlined: true } : { tier: mark })),
  };
}

function threadOf(name: string, index: number, ours: boolean): { name: string; id: number } {
  const [, plain, id] = (ours && /^(.*) (\d+)$/s.exec(name)) || [];
  return { name: plain ?? name, id: id === undefined ? index : Number(id) };
}

interface Reading {
  lookUp(index: number): number;
  scale: number;
}

/** The time between two events belongs to the stack that is open. */
function addEvents({ events, startValue }: Evented, thread: ThreadBuilder, { lookUp, scale }: Reading): void {
  const open: number[] = [];
  let last = startValue;
  for (const { type, frame, at } of events) {
    if (at > last && open.length > 0) thread.add(open, { weight: (at - last) * scale, samples: 1 });
    last = at;
    if (type === 'O') open.push(lookUp(frame));
    else if (open.pop() !== lookUp(frame))
      throw new Error(`frame ${frame} is closed at ${at} where it is not the innermost`);
  }
}
