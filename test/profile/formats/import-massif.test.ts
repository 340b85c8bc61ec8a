// massif's tree of the peak, from the allocator down, becomes stacks with main first.
import { describe, expect, it } from 'vitest';
import { importMassif, importProfile, toFolded } from '../../../src/profile/index.js';

const FILE = `desc: --depth=60
cmd: runner iterate
time_unit: i
#-----------
snapshot=1
#-----------
time=5
mem_heap_B=1000
heap_tree=peak
n2: 1000 (heap allocation functions) malloc/new/new[], --alloc-fns, etc.
 n2: 800 0x1A: alloc::raw_vec::finish_grow (raw_vec.rs:42)
  n0: 500 0x2B: app::fill (app.rs:7)
  n0: 250 0x2C: main (in /bin/runner)
 n0: 200 in 6 places, all below massif's threshold (1.00%)
#-----------
snapshot=2
`;

describe('importing a massif file', () => {
  it('weighs each stack by the bytes that lived at the peak, those without a line at the last that has one', () => {
    expect(toFolded(importMassif(FILE))).toBe(
      [
        'heap (no JavaScript);alloc::raw_vec::finish_grow 50',
        'heap (no JavaScript);app::fill;alloc::raw_vec::finish_grow 500',
        "heap (no JavaScript);in 6 places, all below massif's threshold (1.00%) 200",
        'heap (no JavaScript);main;alloc::raw_vec::finish_grow 250',
        '',
      ].join('\n'),
    );
  });

  it('is known by its content', () => {
    expect(importProfile(Buffer.from(FILE))).toEqual({ format: 'massif', profile: importMassif(FILE) });
    expect(() => importProfile(Buffer.from(FILE.slice(0, 60)))).toThrow('Cannot read massif file: it is cut off');
  });

  it('tells Rust by its path and keeps file and line', () => {
    const { frames } = importMassif(FILE);
    expect(frames).toContainEqual({ name: 'app::fill', origin: 'rust', file: 'app.rs', line: 7 });
    expect(frames).toContainEqual({ name: 'main', origin: 'native', file: '/bin/runner' });
  });

  it.each(['', FILE.slice(0, FILE.indexOf('heap_tree'))])('refuses a file without a peak', (text) => {
    expect(() => importMassif(text)).toThrow(/^Cannot read massif file: /);
  });
});
