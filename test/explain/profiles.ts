// Profiles from lines of text: names of functions from the root on, and how many samples.
import type { Frame, Origin, Profile } from '../../src/profile/index.js';

const MILLISECOND = 1e6;

/** Origins by how a name looks: `a::b` is Rust, `%x` the C library, `gc:x` the collector, others JavaScript. */
function frameOf(name: string): Frame {
  const origin: Origin = name.startsWith('gc:') ? 'gc' : name.startsWith('%') ? 'libc' : 'rust';
  if (origin === 'rust' && !name.includes('::')) return { name, origin: 'user', file: '/app/main.mjs', line: 1 };
  return { name, origin, ...(origin === 'rust' && { file: `${name.split('::')[0]}-1.0.0/src/lib.rs` }) };
}

/** A profile of one thread, a sample for each millisecond; `run;my_crate::work 30` is one stack. */
export function profileOf(stacks: readonly string[], more: Partial<Profile> = {}): Profile {
  const frames: Frame[] = [];
  const indexOf = (name: string) => {
    const known = frames.findIndex((frame) => frame.name === name);
    return known >= 0 ? known : frames.push(frameOf(name)) - 1;
  };
  const read = stacks.map((line) => {
    const [, names = '', samples = ''] = /^(.*) (\d+)$/.exec(line) ?? [];
    return {
      frames: names.split(';').map(indexOf),
      weight: Number(samples) * MILLISECOND,
      samples: Number(samples),
    };
  });
  return {
    engine: 'perf',
    unit: 'nanoseconds',
    interval: MILLISECOND,
    operations: 1000,
    capture: { 'kernel frames': 'seen' },
    frames,
    threads: [{ name: 'node', id: 1, javascript: true, stacks: read }],
    ...more,
  };
}
