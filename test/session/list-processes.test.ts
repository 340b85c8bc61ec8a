// What is said of a process, whoever saw it.
import { describe, expect, it } from 'vitest';
import { listProcesses, type Sightings } from '../../src/session/list-processes.js';
import { parseThread, type ThreadLines } from '../../src/session/thread-lines.js';

const START = {
  event: 'start',
  pid: 7,
  parent: 1,
  thread: 0,
  command: ['node', 'a.js'],
  folder: '/app',
  node: '20.20.2',
  startNs: 1000,
};
const END = {
  event: 'end',
  exitCode: 3,
  signal: null,
  files: { cpuprofile: '7-0.cpuprofile' },
  endNs: 5000,
  cpuNs: 2000,
  peakRssBytes: 4096,
  profilerNs: 10,
  hookMs: 1,
};

function told(...lines: object[]): ThreadLines {
  return parseThread(lines.map((each) => JSON.stringify(each)).join('\n')) as ThreadLines;
}

function list(given: Partial<Sightings>) {
  const root = { pid: 1, ending: { exitCode: 0, signal: null } };
  return listProcesses({ root, threads: [], seen: [], recorded: [], ...given });
}

describe('listProcesses', () => {
  it('believes a process that told its end', () => {
    expect(list({ threads: [told(START, END)] })).toEqual([
      {
        pid: 7,
        parent: 1,
        command: ['node', 'a.js'],
        kind: 'node',
        ending: { exitCode: 3, signal: null },
        wallNs: 4000,
        cpuNs: 2000,
        peakRssBytes: 4096,
        threads: [{ thread: 0, files: { cpuprofile: '7-0.cpuprofile' } }],
      },
    ]);
  });

  it('names a command that ended at once, and not the gate that it waited behind', () => {
    const seen = { pid: 1, parent: 0, program: 'sh', firstNs: 0, lastNs: 1, cpuNs: 0, peakRssBytes: 0, alive: false };
    const gate = ['/bin/sh', '-c', 'read -r _ <&3 && exec 3<&- && exec "$@"', 'sh'];
    const [command] = list({ seen: [{ ...seen, command: [...gate, 'grep', '-c', 'a word'] }] });
    expect(command?.command).toEqual(['grep', '-c', 'a word']);
  });

  it('learns from the parent which signal killed a process that told no end', () => {
    const parent = told(
      { ...START, pid: 1, parent: 0 },
      { event: 'child', pid: 7, file: 'node', followed: true },
      { event: 'child-end', pid: 7, exitCode: null, signal: 'SIGKILL' },
    );
    const [, child] = list({ threads: [parent, told({ ...START, startNs: 2000 })] });
    expect(child?.ending.signal).toBe('SIGKILL');
    expect(child?.remark).toBe('no profile: it was killed with SIGKILL before it could write one');
    expect(child?.threads).toEqual([{ thread: 0, files: {} }]);
  });

  it('says of a worker that was terminated that it has no profile', () => {
    const [process] = list({ threads: [told(START, END), told({ ...START, thread: 2, startNs: 3000 })] });
    expect(process?.threads[1]).toEqual({
      thread: 2,
      files: {},
      trouble: 'no profile: the worker was terminated before it could write one',
    });
  });

  it('says that a process outlived the command', () => {
    const seen = {
      pid: 7,
      parent: 1,
      command: ['node'],
      program: 'node',
      firstNs: 1,
      lastNs: 9,
      cpuNs: 3,
      peakRssBytes: 5,
      alive: true,
    };
    const [process] = list({ threads: [told(START)], seen: [seen] });
    expect(process?.remark).toBe('no profile: it was still running when the command ended');
    expect(process?.wallNs).toBeUndefined();
  });

  it('tells a node that was not followed from other programs, also where only perf saw it', () => {
    const recorded = [
      { pid: 8, parent: 1, name: 'MainThread', startNs: 10, endNs: 30 },
      { pid: 9, parent: 1, name: 'esbuild', startNs: 20, endNs: 40 },
    ];
    const processes = list({ recorded });
    expect(processes.map(({ kind }) => kind)).toEqual(['not-followed', 'program']);
    expect(processes[0]?.remark).toMatch(/^not followed/);
    expect(processes[1]).toMatchObject({ command: ['esbuild'], wallNs: 20, ending: { exitCode: null, signal: null } });
  });
});

describe('parseThread', () => {
  it('drops a line that was cut and knows nothing without the first', () => {
    const text = `${JSON.stringify(START)}\n{"event":"end","exi`;
    expect(parseThread(text)?.end).toBeUndefined();
    expect(parseThread(text)?.start.pid).toBe(7);
    expect(parseThread('{"event":"sta')).toBeUndefined();
  });
});
