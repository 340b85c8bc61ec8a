// What this machine can and cannot measure, each found by trying it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Probe } from './probe.js';

/** A probe that takes longer hangs, milliseconds. */
const PATIENCE_MS = 10_000;

/** Tries everything that measuring and profiling may use. Takes about a second. */
export function probeMachine(): Probe[] {
  return [probeNode(), probePerf(), probeCounters(), probeSetpriv(), probeValgrind(), probeGovernor(), probeLoad()];
}

function probeNode(): Probe {
  const purpose = 'everything';
  return { name: 'node', status: 'ok', found: `${process.version}, V8 ${process.versions.v8}`, purpose };
}

/** A recording of a process that does nothing shows both that perf is there and that the kernel lets it look. */
function probePerf(): Probe {
  const purpose = 'flame graphs with JavaScript and Rust in one stack';
  const version = attempt('perf', ['--version']);
  if (!version.ok)
    return {
      name: 'perf',
      status: 'missing',
      found: 'not installed',
      purpose,
      fix: 'apt-get install linux-perf (Debian), linux-tools-generic (Ubuntu), perf (Fedora, Arch)',
    };
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-doctor-'));
  const recorded = attempt('perf', ['record', '-q', '-e', 'cpu-clock', '-o', join(folder, 'perf.data'), '--', 'true']);
  rmSync(folder, { recursive: true });
  if (recorded.ok) return { name: 'perf', status: 'ok', found: version.output, purpose };
  return {
    name: 'perf',
    status: 'missing',
    found: `cannot record: ${firstLine(recorded.output)}`,
    purpose,
    fix: 'sysctl kernel.perf_event_paranoid=2 (or lower), as root',
  };
}

function probeCounters(): Probe {
  const name = 'hardware counters';
  const purpose = 'cycles and instructions by "perf stat"';
  const stat = attempt('perf', ['stat', '-x', ',', '-e', 'instructions:u', 'true']);
  // A count or, where there is none, <not supported> or <not counted>.
  if (stat.ok && /^\d+,/m.test(stat.output)) return { name, status: 'ok', found: 'supported', purpose };
  const fix = 'nothing to do in most virtual machines: the software clock is used';
  if (stat.ok) return { name, status: 'limited', found: 'not supported on this machine', purpose, fix };
  return { name, status: 'limited', found: 'cannot be tried without perf', purpose, fix: 'see perf' };
}

function probeSetpriv(): Probe {
  const purpose = 'lets perf end with its parent';
  const help = attempt('setpriv', ['--help']);
  if (help.ok && help.output.includes('--pdeathsig'))
    return { name: 'setpriv', status: 'ok', found: 'knows --pdeathsig', purpose };
  return {
    name: 'setpriv',
    status: 'missing',
    found: 'not installed, or too old for --pdeathsig',
    purpose,
    fix: 'install util-linux 2.33 or newer',
  };
}

/** Whether valgrind is there and runs a program. */
export function probeValgrind(): Probe {
  const name = 'valgrind';
  const purpose = 'counting instructions and checking memory of the runner';
  const version = attempt('valgrind', ['--version']);
  if (!version.ok) return { name, status: 'missing', found: 'not installed', purpose, fix: 'apt-get install valgrind' };
  const run = attempt('valgrind', ['--tool=none', '--quiet', 'true']);
  if (run.ok) return { name, status: 'ok', found: version.output, purpose };
  return {
    name,
    status: 'missing',
    found: `${version.output} cannot run a program: ${firstLine(run.output)}`,
    purpose,
    fix: 'install it again, in the version of your distribution',
  };
}

function probeGovernor(): Probe {
  const purpose = 'a steady clock of the processor';
  try {
    const governor = readFileSync('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor', 'utf8').trim();
    if (governor === 'performance') return { name: 'governor', status: 'ok', found: governor, purpose };
    return {
      name: 'governor',
      status: 'limited',
      found: governor,
      purpose,
      fix: 'cpupower frequency-set -g performance',
    };
  } catch {
    return { name: 'governor', status: 'limited', found: 'not shown, as in most virtual machines', purpose };
  }
}

function probeLoad(): Probe {
  const purpose = 'a quiet machine';
  const [load = 0] = loadavg();
  const found = `load ${load.toFixed(2)} on ${cpus().length} cores`;
  if (load < cpus().length / 2) return { name: 'load', status: 'ok', found, purpose };
  return { name: 'load', status: 'limited', found, purpose, fix: 'end other programs, or take more launches' };
}

/** Runs a program; its output is both streams, because perf prints its counts to standard error. */
function attempt(program: string, args: string[]): { ok: boolean; output: string } {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  if (error) return { ok: false, output: error.message };
  return { ok: status === 0, output: `${stdout}${stderr}`.trim() };
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'it says nothing';
}
