// Reads what the machine tells of itself.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { engine } from '../native/index.js';
import type { WorkloadReference } from '../samples/index.js';
import type { Environment } from './environment.js';
import { hashWorkload } from './hash-workload.js';

/** What only the caller knows. */
export interface EnvironmentInput {
  /** Version of this program. */
  forgebench: string;
  /** Versions of the crates or packages under test. */
  subjects: Record<string, string>;
  /** Folder whose commit is recorded. */
  root: string;
  /** What each benchmark runs, by its id. */
  workloads: Readonly<Record<string, WorkloadReference>>;
}

/** The environment of a run that starts now. What cannot be read is null, never a guess. */
export function readEnvironment({ forgebench, subjects, root, workloads }: EnvironmentInput): Environment {
  const stable = {
    cpu: { model: cpus()[0]?.model ?? 'unknown', logicalCores: cpus().length, governor: governor(), turbo: turbo() },
    memoryBytes: totalmem(),
    kernel: release(),
    os: osName(),
    architecture: process.arch,
    cgroup: cgroup(),
    node: process.versions.node,
    v8: process.versions.v8,
    // As "1.95.0 (59807616e 2026-04-14)": whoever shows it says what it is.
    rustc: engine().compilerVersion() || null,
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(stable)).digest('hex').slice(0, 16);
  return {
    ...stable,
    forgebench,
    subjects,
    commit: commit(root),
    binaries: binaries(workloads),
    load: loadavg()[0] ?? 0,
    fingerprint,
  };
}

/** What a workload runs may be missing until it runs. */
function binaries(workloads: EnvironmentInput['workloads']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(workloads).flatMap(([id, workload]) => {
      const its = hashWorkload(workload);
      return its === null ? [] : [[id, its]];
    }),
  );
}

function governor(): string | null {
  return read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
}

function turbo(): boolean | null {
  const disabled = read('/sys/devices/system/cpu/intel_pstate/no_turbo');
  const boost = read('/sys/devices/system/cpu/cpufreq/boost');
  if (disabled !== null) return disabled === '0';
  return boost === null ? null : boost === '1';
}

function osName(): string {
  return /^PRETTY_NAME="(.*)"$/m.exec(read('/etc/os-release') ?? '')?.[1] ?? process.platform;
}

/** Limits of control groups, version 2. */
function cgroup(): Environment['cgroup'] {
  const [quota, period] = (read('/sys/fs/cgroup/cpu.max') ?? 'max').split(' ');
  const memory = read('/sys/fs/cgroup/memory.max');
  return {
    cpus: quota === 'max' || quota === undefined ? null : Number(quota) / Number(period),
    memoryBytes: memory === null || memory === 'max' ? null : Number(memory),
  };
}

function commit(root: string): string | null {
  const head = output('git', ['rev-parse', '--short=12', 'HEAD'], root);
  if (head === null) return null;
  return output('git', ['status', '--porcelain'], root) === '' ? head : `${head}-dirty`;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function output(program: string, args: string[], cwd: string): string | null {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
