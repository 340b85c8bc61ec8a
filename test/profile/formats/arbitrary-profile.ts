// Profiles of every shape that the model allows, for properties that must hold for all of them.
import fc from 'fast-check';
import { type Frame, functionWeights, type Profile, totalWeight, type Unit } from '../../../src/profile/index.js';

const text = fc.oneof(
  fc.constantFrom('run', 'mf_model::node::Node<T>::new', 'get size', '(idle)', '(root)', 'operator new[]', '$x|y`z'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const javascript = fc.record(
  {
    name: text,
    origin: fc.constantFrom('user', 'node_modules', 'node', 'forgebench'),
    file: fc.constantFrom('/app/run me.mjs', '/app/node_modules/lib/a.js', 'node:fs', 'node:path'),
    line: fc.integer({ min: 1, max: 5 }),
    column: fc.integer({ min: 1, max: 5 }),
    tier: fc.constantFrom('interpreted', 'baseline', 'maglev', 'optimised'),
  },
  { requiredKeys: ['name', 'origin'] },
);
const native = fc.record(
  {
    name: text,
    origin: fc.constantFrom('rust', 'libc', 'kernel', 'gc', 'v8', 'native', 'unknown'),
    file: fc.constantFrom('src/lib.rs', 'libc.so.6', '/usr/bin/node'),
    line: fc.integer({ min: 1, max: 5 }),
    inlined: fc.constant(true as const),
  },
  { requiredKeys: ['name', 'origin'] },
);

/** Profiles in one unit, with whole weights; bare samples weigh what they count. */
export function arbitraryProfile(unit: Unit): fc.Arbitrary<Profile> {
  const frames = fc.array(fc.oneof(javascript, native), { minLength: 1, maxLength: 8 }) as fc.Arbitrary<Frame[]>;
  return frames.chain((each) => {
    const stack = fc
      .record({
        frames: fc.array(fc.integer({ min: 0, max: each.length - 1 }), { maxLength: 6 }),
        weight: fc.integer({ min: 0, max: 1e6 }).map((weight) => weight * 1000),
        samples: fc.integer({ min: 1, max: 20 }),
      })
      .map((own) => (unit === 'samples' ? { ...own, weight: own.samples } : own));
    const thread = fc.record({
      name: fc.constantFrom('node', 'worker 1', 'V8 helper'),
      id: fc.integer({ min: 1, max: 99 }),
      javascript: fc.boolean(),
      stacks: fc.array(stack, { maxLength: 10 }),
    });
    return fc.record(
      {
        engine: fc.constantFrom('perf', 'native', 'inspector-cpu'),
        unit: fc.constant(unit),
        interval: fc.integer({ min: 0, max: 1e6 }),
        lost: fc.integer({ min: 1, max: 9 }),
        note: fc.constant('It cannot see addons.'),
        frames: fc.constant(each),
        threads: fc.uniqueArray(thread, { maxLength: 3, selector: ({ name, id }) => `${name} ${id}` }),
      },
      { requiredKeys: ['engine', 'unit', 'interval', 'frames', 'threads'] },
    );
  });
}

/** What must be the same after a round trip: totals, and self and total weight of each function by name and origin. */
export function figuresOf(profile: Profile, { origins = true, name = (text: string) => text } = {}) {
  const functions = new Map<string, { self: number; total: number }>();
  for (const each of functionWeights(merged(profile, { origins, name }))) {
    if (each.total > 0) functions.set(`${each.origin} ${each.name}`, { self: each.self, total: each.total });
  }
  return { weight: totalWeight(profile), samples: samplesOf(profile), functions };
}

/** Samples of all threads. */
export function samplesOf({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { samples }) => sum + samples, 0);
}

/** Every stack has a function, as formats need one; functions are told apart by name and origin alone. */
function merged(profile: Profile, { origins, name }: { origins: boolean; name(text: string): string }): Profile {
  const frames: Frame[] = profile.frames.map((each) => ({
    name: name(each.name),
    origin: origins ? each.origin : 'unknown',
  }));
  const unknown = frames.push({ name: name('(unknown)'), origin: 'unknown' }) - 1;
  const threads = profile.threads.map((thread) => ({
    ...thread,
    stacks: thread.stacks.map((stack) => (stack.frames.length === 0 ? { ...stack, frames: [unknown] } : stack)),
  }));
  return { ...profile, frames, threads };
}
