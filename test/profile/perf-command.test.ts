// The words before a node command that make perf watch it.
import { describe, expect, it } from 'vitest';
import { isKernelVisible, perfCommand } from '../../src/profile/index.js';

describe('the perf command', () => {
  it('ties perf to its parent and the worker to perf', () => {
    const words = perfCommand({ output: 'out dir/perf.data' });
    expect(words.slice(0, 5)).toEqual(['setpriv', '--pdeathsig', 'KILL', 'perf', 'record']);
    expect(words.slice(-4)).toEqual(['--', 'setpriv', '--pdeathsig', 'KILL']);
    expect(words[words.indexOf('--output') + 1]).toBe('out dir/perf.data');
  });

  it('uses the clock that node reads and copies stacks', () => {
    const text = perfCommand({ output: 'x', kernel: false }).join(' ');
    expect(text).toContain('-k mono');
    expect(text).toContain('-e cpu-clock:u -F 999 --call-graph dwarf,32768');
  });

  it('looks into the kernel wherever the kernel lets it', () => {
    expect(perfCommand({ output: 'x' }).includes('cpu-clock')).toBe(isKernelVisible());
  });

  it('leaves no copies of binaries in the home folder', () => {
    expect(perfCommand({ output: 'x' })).toContain('--no-buildid-cache');
  });

  it('takes another rate, another size of stacks, and the kernel', () => {
    const text = perfCommand({ output: 'x', frequency: 99, stackBytes: 8192, kernel: true }).join(' ');
    expect(text).toContain('-e cpu-clock -F 99 --call-graph dwarf,8192');
  });
});
