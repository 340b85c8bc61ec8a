// What stands around the figures of the example run: failures, profiles, the machine.
import type { Benchmark } from '../../src/definition/index.js';
import type { Environment } from '../../src/run/index.js';
import type { FailedLaunch, ProfileArtefacts } from '../../src/store/index.js';

/** Text that a careless renderer would run, break on, or send to the terminal as a command. */
export const HOSTILE = '</script><img src=x onerror="document.title=\'owned\'">\u001b[2J|`*[a](javascript:alert(1))';

export function failures(benchmarks: Benchmark[]): FailedLaunch[] {
  const lost = benchmarks.find(({ name }) => name === 'concurrent')?.cases[0]?.id as string;
  const hostile = benchmarks.find(({ suite }) => suite === 'hostile')?.cases[0]?.id as string;
  const loss = { reason: 'wrong-answer', message: 'expected 8 updates, found 7' } as const;
  return [
    ...[3, 9, 14].map((index) => ({ caseId: lost, index, kind: 'time' as const, failure: loss, expected: true })),
    {
      caseId: hostile,
      index: 17,
      kind: 'memory',
      failure: {
        reason: 'crash',
        message: `the process died: ${HOSTILE}`,
        signal: 'SIGSEGV',
        stderr: `last words\n${HOSTILE}`,
      },
      expected: false,
    },
    {
      caseId: 'model/node-create[attributes=50,via=factory]',
      index: 21,
      kind: 'profile',
      failure: { reason: 'timeout', message: 'no answer within 30 s; the process was killed', exitCode: 137 },
      expected: false,
    },
  ];
}

export function profiles(benchmarks: Benchmark[]): ProfileArtefacts[] {
  const shares = { user: 0.01, node: 0.02, v8: 0.03, rust: 0.71, libc: 0.21, kernel: 0.02 };
  return benchmarks.slice(0, 3).map(({ profiled }) => {
    const folder = `profiles/${profiled.id.replace(/[^A-Za-z0-9.-]/g, '_')}_1a2b3c`;
    const flame = {
      flame: `${folder}/flame.html`,
      folded: `${folder}/stacks.folded`,
      speedscope: `${folder}/speedscope.json`,
    };
    return {
      caseId: profiled.id,
      engines: [
        {
          engine: 'flame',
          files: flame,
          samples: 8123,
          intervalNs: 1_000_000,
          slowdown: 1.03,
          javascriptCallerShare: 0.987,
          shares,
        },
        {
          engine: 'cpu',
          files: { cpuprofile: `${folder}/cpu.cpuprofile` },
          samples: 4011,
          slowdown: 1.12,
          blind: 'Sees JavaScript only: all Rust time is in the function that called it.',
        },
        {
          engine: 'heap',
          files: { heapsnapshot: `${folder}/heap.heapsnapshot` },
          blind: 'Sees the V8 heap, not Rust memory.',
        },
        { engine: 'v8-cpu', files: {}, failure: 'v8-profiler-next is not installed; run "npm install"' },
      ],
    };
  });
}

export function environment(): Environment {
  return {
    cpu: { model: 'AMD EPYC 7B13', logicalCores: 2, governor: null, turbo: null },
    memoryBytes: 8_334_000_000,
    kernel: '6.1.0-28',
    os: 'Debian GNU/Linux 12',
    architecture: 'x64',
    cgroup: { cpus: 2, memoryBytes: null },
    node: '20.20.0',
    v8: '11.3.244.8',
    rustc: '1.90.0',
    forgebench: '0.1.0',
    subjects: { 'moduforge-model': '0.7.0', 'moduforge-state': '0.7.0' },
    commit: 'ec78391d0f2b6a5c4e3f-dirty',
    load: 0.42,
    fingerprint: '9d1c3f',
  };
}
