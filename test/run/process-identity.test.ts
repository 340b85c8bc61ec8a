// Telling a process that runs from one that has ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identifyProcess, stateOfProcess } from '../../src/run/index.js';

describe('the identity of a process', () => {
  const own = identifyProcess();

  it('is that of a process that runs, as long as it does', () => {
    expect(own.pid).toBe(process.pid);
    expect(stateOfProcess(own)).toBe('running');
  });

  it('is not that of another process to which the kernel gave the number later', () => {
    expect(stateOfProcess({ ...own, startTicks: own.startTicks - 1 })).toBe('ended');
  });

  it('is that of a process that has ended, once no process has the number', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    expect(stateOfProcess({ ...own, pid: child.pid as number })).toBe('ended');
  });

  it('means nothing on another system, nor in another name space of numbers', () => {
    expect(stateOfProcess({ ...own, system: 'another start pid:[1]' })).toBe('elsewhere');
  });
});
