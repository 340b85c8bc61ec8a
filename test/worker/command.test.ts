// Commands as workloads, driven through the real worker: what an execution used, and how it fails.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Parameters, Timing } from '../../src/samples/index.js';
import { launchWorkload, nearest, timing } from './launch-workload.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Wanted {
  parameters?: Parameters;
  env?: Record<string, string>;
  expectedExitCode?: number;
  timeoutMs?: number;
  measureMs?: number;
}

function launchCommand(command: string[], { env = {}, expectedExitCode = 0, ...rest }: Wanted = {}) {
  const workload = { kind: 'command' as const, command, cwd: folder, env, expectedExitCode };
  return launchWorkload(workload, rest);
}

/** Time for one execution. */
const ONCE = { measureMs: 1 };

/** A program of Node.js. */
function script(body: string): string[] {
  return [process.execPath, '-e', body];
}

/** Whether a process still runs; one that ended may wait for a slow process 1 to take notice. */
function runs(pid: string): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** Burns 50 ms of a processor and writes into `used` how much its process has used altogether, nanoseconds. */
const BURN = `
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) * 1000; };
  for (const end = used() + 50e6; used() < end; );
  require('node:fs').writeFileSync('used', String(used()));`;

/** How many times what the process knew of itself is what the launch has booked: the end of the process comes on top. */
function bookedShare({ cpu }: Timing): number {
  const knownNs = Number(readFileSync(join(folder, 'used'), 'utf8'));
  expect(knownNs).toBeGreaterThanOrEqual(50e6);
  return (cpu.userNs + cpu.systemNs) / knownNs;
}

// A machine that is busy with something else spoils a measurement now and then, so each gets three more tries.
describe('what an execution of a command used', { retry: 3 }, () => {
  it('has the wall time of one that sleeps 50 ms, and no CPU time for it', async () => {
    let cpuNs = 0;
    const wallNs = await nearest(50e6, async () => {
      const { samplesNs, cpu } = timing(await launchCommand(['sleep', '0.05']));
      cpuNs = cpu.userNs + cpu.systemNs;
      return samplesNs[0] as number;
    });
    // What it takes to start a program and to see its end is up to the machine.
    const startNs = await nearest(0, async () => timing(await launchCommand(['true'])).samplesNs[0] as number);
    expect(wallNs).toBeGreaterThan(50e6);
    expect(wallNs).toBeLessThan(55e6 + 3 * startNs);
    expect(cpuNs).toBeLessThan(wallNs / 5);
  });

  it('has the CPU time of one that burns 50 ms', async () => {
    const share = bookedShare(timing(await launchCommand(script(BURN), ONCE)));
    expect(share).toBeGreaterThan(0.99);
    expect(share).toBeLessThan(1.5);
  });

  it('has the CPU time of the children that it waited for', async () => {
    const seen = timing(await launchCommand(['sh', '-c', '"$0" "$@"; true', ...script(BURN)], ONCE));
    expect(bookedShare(seen)).toBeGreaterThan(0.99);
  });

  it('has the peak memory of one that allocates 100 MB', async () => {
    const { maxRssBytes } = timing(await launchCommand(script('Buffer.alloc(100e6, 1)')));
    expect(maxRssBytes).toBeGreaterThan(130e6);
    expect(maxRssBytes).toBeLessThan(200e6);
  });

  it('does not have the memory of the worker that starts it', async () => {
    const { maxRssBytes } = timing(await launchCommand(['true']));
    expect(maxRssBytes).toBeLessThan(8e6);
  });

  it('is a sample, one at least, and more where there is time for more', async () => {
    expect(timing(await launchCommand(['true'], ONCE)).samplesNs).toHaveLength(1);
    const patient = { measureMs: 20_000 };
    expect(timing(await launchCommand(['true'], patient)).samplesNs).toHaveLength(25);
  });

  it('adds up to what a launch used', async () => {
    const seen = timing(await launchCommand(script(BURN), { measureMs: 20_000 }));
    expect(seen.samplesNs.length).toBeGreaterThan(1);
    expect(seen.cpu.userNs + seen.cpu.systemNs).toBeGreaterThan(50e6 * seen.samplesNs.length);
    expect(seen.cpu.wallNs).toBeCloseTo(
      seen.samplesNs.reduce((sum, ns) => sum + ns),
      0,
    );
  });
});

describe('how a command is called', () => {
  it('gets the parameters of the case, its environment and its folder', async () => {
    const command = ['sh', '-c', 'echo "$GREETING {name} {absent}" >{name}.txt'];
    const outcome = await launchCommand(command, { parameters: { name: 'world' }, env: { GREETING: 'hello' } });
    expect(outcome).toHaveProperty('kind', 'time');
    expect(readFileSync(join(folder, 'world.txt'), 'utf8')).toBe('hello world {absent}\n');
  });

  it('may be expected to exit with another code than 0', async () => {
    expect(await launchCommand(['sh', '-c', 'exit 3'], { expectedExitCode: 3 })).toHaveProperty('kind', 'time');
  });
});

describe('a command that fails', () => {
  it.each([
    [['sh', '-c', 'exit 3'], '"sh -c exit 3" exited with 3, expected 0'],
    [['sh', '-c', 'kill -9 $$'], '"sh -c kill -9 $$" was ended by signal 9, expected 0'],
  ])('has a wrong answer: %j', async (command, message) => {
    const outcome = await launchCommand(command);
    const remedy = `run it in ${folder} to see what it prints`;
    expect(outcome).toEqual({ kind: 'failure', reason: 'wrong-answer', message: `${message}; ${remedy}` });
  });

  it('says which program cannot be started', async () => {
    const outcome = await launchCommand(['no-such-program']);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'setup' });
    expect((outcome as { message: string }).message).toContain('Cannot start "no-such-program"');
  });

  it('is killed with its children when it hangs', async () => {
    const command = ['sh', '-c', 'echo $$ >pids; sleep 600 & echo $! >>pids; sleep 600'];
    const outcome = await launchCommand(command, { timeoutMs: 2_000 });
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'timeout' });
    const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n');
    expect(pids).toHaveLength(2);
    await expect.poll(() => pids.filter(runs), { timeout: 10_000 }).toEqual([]);
  });
});
