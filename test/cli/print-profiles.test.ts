// What a person reads of profiles at a terminal.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { printProfiles } from '../../src/cli/profile-selections.js';
import type { EngineResult } from '../../src/store/index.js';

afterEach(() => vi.restoreAllMocks());

function printed(...engines: EngineResult[]): string[] {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printProfiles([{ caseId: 'mine/parse', engines }], { folder: process.cwd(), json: false });
  return write.mock.calls.map(([text]) => String(text).trimEnd());
}

describe('printing profiles', () => {
  it('gives samples, interval, cost in time and in processor time, and files on one line', () => {
    const files = { cpuprofile: 'a/cpu.cpuprofile' };
    const result = { engine: 'cpu', files, samples: 700, intervalNs: 1e6, slowdown: 1.012, cpuSlowdown: 0.97 };
    expect(printed(result)).toContain(
      '  ✓ cpu: 700 samples · every 1.00 ms · cost +1.2 % time, −3.0 % CPU · a/cpu.cpuprofile',
    );
  });

  it('does not tick off an engine that found nothing to look at', () => {
    expect(printed({ engine: 'rust-alloc', files: {}, finding: 'No addon is open.' })).toContain(
      '  - rust-alloc: No addon is open.',
    );
  });

  it('says that no case was profiled, instead of naming a folder in which nothing is', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    printProfiles([], { folder: process.cwd(), json: false });
    expect(write.mock.calls).toEqual([['No case was profiled\n']]);
  });

  it('tells failures, and what was left out', () => {
    const failed = { engine: '0x', files: {}, failure: 'it was killed' };
    const left = { engine: 'massif', files: {}, skipped: 'not applicable' };
    expect(printed(failed, left)).toEqual(
      expect.arrayContaining(['  ✗ 0x: it was killed', '  - massif: not applicable']),
    );
  });
});
