// What resident pages are of, in a text of the kernel and in this very process.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountFor, residentParts } from '../../src/heap/index.js';

const SMAPS = `00400000-00b6f000 r--p 00000000 fe:00 247580                             /usr/bin/node
Size:               7612 kB
Rss:                5948 kB
Pss:                 660 kB
7f0000000000-7f0000800000 rw-p 00000000 00:00 0 
Size:               8192 kB
Rss:                  40 kB
7f0001000000-7f0002000000 rw-p 00000000 00:00 0 
Rss:                1000 kB
7ffcf0600000-7ffcf0621000 rw-p 00000000 00:00 0                          [stack]
Rss:                 100 kB
02000000-03000000 rw-p 00000000 00:00 0                                  [heap]
Rss:                2000 kB
`;

describe('resident pages', () => {
  it('are told apart by what is behind them; a stack pointer makes a mapping a stack', () => {
    expect(residentParts(SMAPS, [0x7f00007fff00n])).toEqual({
      mappedFiles: 5948 * 1024,
      stacks: 140 * 1024,
      anonymous: 3000 * 1024,
    });
  });

  it('of this process add up to what the kernel says of it', () => {
    const { mappedFiles, stacks, anonymous } = residentParts(readFileSync('/proc/self/smaps', 'utf8'), []);
    const resident = process.memoryUsage.rss();
    expect(Math.abs(mappedFiles + stacks + anonymous - resident)).toBeLessThan(resident * 0.05);
  });

  it('are refused where there are none', () => {
    expect(() => residentParts('', [])).toThrow('Cannot read the mappings of the process: there are none; mount /proc');
  });
});

describe('an account', () => {
  const reading = {
    resident: { mappedFiles: 500, stacks: 50, anonymous: 1000 },
    v8: { used: 300, committed: 450, resident: 400 },
    external: 150,
    arrayBuffers: 100,
    cHeap: 350,
  };

  it('adds up to the resident set, and counts nothing twice', () => {
    const { resident, ...parts } = accountFor(reading, 50);
    expect(parts).toEqual({
      v8Heap: 400,
      arrayBuffers: 100,
      rust: 50,
      cHeap: 200,
      mappedFiles: 500,
      stacks: 50,
      unexplained: 250,
    });
    expect(Object.values(parts).reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0)).toBe(resident);
  });

  it('leaves to the unexplained what nobody counts', () => {
    expect(accountFor({ ...reading, cHeap: null }, null)).toMatchObject({ rust: null, cHeap: null, unexplained: 500 });
  });
});
