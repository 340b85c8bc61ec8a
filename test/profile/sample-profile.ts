// A profile small enough to check by hand: JavaScript that calls Rust, which allocates.
import type { Profile } from '../../src/profile/index.js';

export const PROFILE: Profile = {
  engine: 'perf',
  unit: 'nanoseconds',
  interval: 1_000_000,
  frames: [
    { name: 'node::Start', origin: 'node', file: 'node' },
    { name: 'run', origin: 'user', file: '/app/run.mjs', line: 3, tier: 'interpreted' },
    { name: 'run', origin: 'user', file: '/app/run.mjs', line: 3, tier: 'optimised' },
    { name: 'my_addon::build', origin: 'rust', file: 'src/lib.rs', line: 9 },
    { name: 'my_addon::helper', origin: 'rust', file: 'src/lib.rs', line: 2, inlined: true },
    { name: 'malloc', origin: 'libc', file: 'libc.so.6' },
    { name: 'odd;name </script> \n end', origin: 'unknown' },
    { name: 'v8::internal::Sweeper::Run', origin: 'gc', file: 'node' },
  ],
  threads: [
    {
      name: 'node',
      id: 10,
      javascript: true,
      stacks: [
        { frames: [0, 1, 3, 4, 5], weight: 40_000_000, samples: 40 },
        { frames: [0, 2, 3, 4, 5], weight: 30_000_000, samples: 30 },
        { frames: [0, 2, 3], weight: 20_000_000, samples: 20 },
        { frames: [6], weight: 10_000_000, samples: 10 },
      ],
    },
    { name: 'node', id: 11, javascript: false, stacks: [{ frames: [7], weight: 25_000_000, samples: 25 }] },
  ],
};

/** Weight of all threads. */
export const TOTAL = 125_000_000;
