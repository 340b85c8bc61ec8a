// Launches of tiny fake workers, each of which ends in another way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchOptions, launch } from '../../src/run/index.js';
import { type LaunchRecord, type LaunchRequest, launchRecord, WIRE_VERSION } from '../../src/samples/index.js';
import { isRunning, waitFor } from '../e2e/project.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-launch-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const REQUEST: LaunchRequest = {
  version: WIRE_VERSION,
  index: 7,
  caseId: 'a/b[c=1]',
  kind: 'verify',
  workload: { kind: 'native', addon: '/none.node', id: 'a/b' },
  parameters: { c: 1 },
  warmUpNs: 0,
  measureNs: 1,
  samples: 1,
  timeoutMs: 10_000,
};
const OK = `{"status":"ok","result":{"kind":"verify"}}`;

let workers = 0;
/** Makes one launch of a worker with this body, in which `fs` and `wire` are known. */
async function launchOf(
  body: string,
  { request = {}, ...options }: { request?: Partial<LaunchRequest> } & Partial<LaunchOptions> = {},
): Promise<LaunchRecord> {
  const worker = join(folder, `worker-${workers++}.mjs`);
  writeFileSync(
    worker,
    `import fs from 'node:fs'; import { spawn } from 'node:child_process'; const wire = (t) => fs.writeSync(3, t);\n${body}`,
  );
  const record = await launch(
    { ...REQUEST, ...request },
    { worker, cwd: join(folder, 'scratch'), signal: new AbortController().signal, ...options },
  );
  // Whatever becomes of a launch can be kept.
  return launchRecord.parse(JSON.parse(JSON.stringify(record)));
}

describe('the time line of a launch', () => {
  it('shows what a process and its children use, ten times a second', async () => {
    // Work by the processor's clock, and not by that on the wall: a busy machine may give a process little of a core.
    const burn = 'for (let used = process.cpuUsage(); used.user + used.system < 500e3; ) used = process.cpuUsage();';
    const { timeline, outcome } = await launchOf(
      `const child = spawn(process.execPath, ['-e', '${burn}']);
       child.once('exit', () => { wire(${JSON.stringify(OK)} + '\\n'); process.exit(0); });`,
      { request: { timeoutMs: 50_000 } },
    );
    expect(outcome.status).toBe('ok');
    const { atMs = [], cores = [] } = timeline ?? {};
    expect(atMs).not.toEqual([]);
    for (const track of Object.values(timeline ?? {})) expect(track).toHaveLength(atMs.length);
    expect(atMs).toEqual(atMs.toSorted((a, b) => a - b));
    // What was used after the last point is not in it.
    const cpuMs = cores.reduce((sum, busy, at) => sum + busy * ((atMs[at] ?? 0) - (atMs[at - 1] ?? 0)), 0);
    expect(cpuMs).toBeGreaterThan(150);
    expect(Math.max(...(timeline?.threads ?? []))).toBeGreaterThan(10);
    expect(Math.min(...(timeline?.residentBytes ?? []))).toBeGreaterThan(1e6);
  });

  it('is absent where the launch was short', async () => {
    // A shell that answers in the place of the worker: where the machine is slow, Node.js alone starts for longer.
    const record = await launchOf('', { wrapper: ['sh', '-c', `echo '${OK}' >&3`] });
    expect(record.outcome.status).toBe('ok');
    expect(record).not.toHaveProperty('timeline');
  });
});

function failureOf({ outcome }: LaunchRecord) {
  if (outcome.status === 'ok') throw new Error('the launch was expected to fail');
  return outcome.failure;
}

describe('a launch', () => {
  it('hands its request over and records the answer with case, kind and duration', async () => {
    const record = await launchOf(
      `const { caseId, parameters } = JSON.parse(fs.readFileSync(0, 'utf8'));
       wire(JSON.stringify({ status: 'failed', failure: { reason: 'error', message: caseId + parameters.c } }) + '\\n');`,
    );
    expect(record).toMatchObject({ version: WIRE_VERSION, index: 7, caseId: 'a/b[c=1]', kind: 'verify' });
    expect(failureOf(record)).toEqual({ reason: 'error', message: 'a/b[c=1]1' });
    expect(record.durationMs).toBeGreaterThan(0);
  });

  it('runs without backtraces and without options of the node that started it', async () => {
    process.env.NODE_OPTIONS = '--no-warnings';
    try {
      const record = await launchOf(
        `const { RUST_BACKTRACE, RUST_LIB_BACKTRACE, NODE_OPTIONS } = process.env;
         wire(JSON.stringify({ status: 'failed', failure: { reason: 'error', message: RUST_BACKTRACE + RUST_LIB_BACKTRACE + NODE_OPTIONS } }) + '\\n');`,
      );
      expect(failureOf(record).message).toBe('00undefined');
    } finally {
      delete process.env.NODE_OPTIONS;
    }
  });

  it('counts an answer that was written before the process crashed', async () => {
    const record = await launchOf(`wire('${OK}\\n'); process.kill(process.pid, 'SIGSEGV');`);
    expect(record.outcome).toEqual({ status: 'ok', result: { kind: 'verify' } });
  });
});

describe('a launch that fails', () => {
  it('says that a program cannot be started, and why', async () => {
    const failure = failureOf(await launchOf('', { wrapper: ['/no/such/profiler'] }));
    expect(failure.reason).toBe('spawn');
    expect(failure.message).toMatch(/^Cannot start the process: .*ENOENT.*; run "forgebench doctor"$/);
  });

  it('says that its working folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    const failure = failureOf(await launchOf('', { cwd: join(folder, 'file', 'scratch') }));
    expect(failure).toMatchObject({ reason: 'spawn', message: expect.stringContaining('ENOTDIR') });
  });

  it.each([
    ['garbage', "wire('no outcome\\n')"],
    ['an answer that was cut', `wire('${OK.slice(0, 20)}')`],
    ['an answer of another shape', `wire('{"status":"fine"}\\n')`],
    ['two answers', `wire('${OK}\\n${OK}\\n')`],
  ])('takes %s for no outcome', async (_name, body) => {
    expect(failureOf(await launchOf(body))).toEqual({
      reason: 'protocol',
      message: 'The process wrote something that is no outcome',
      exitCode: 0,
    });
  });

  it('tells the exit code where nothing was written', async () => {
    expect(failureOf(await launchOf('process.exit(7)'))).toEqual({
      reason: 'crash',
      message: 'The process ended with exit code 7 and without an outcome',
      exitCode: 7,
    });
  });

  it('keeps the end of what was written to standard error', async () => {
    const body = "fs.writeSync(2, 'a'.repeat(100_000)); fs.writeSync(2, 'the last words'); process.exit(1)";
    const { stderr = '' } = failureOf(await launchOf(body));
    expect(stderr).toHaveLength(4000);
    expect(stderr.endsWith('aathe last words')).toBe(true);
  });

  it('tells the signal of a crash', async () => {
    const failure = failureOf(await launchOf("process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 9e9)"));
    expect(failure).toMatchObject({ reason: 'crash', signal: 'SIGSEGV' });
  });

  it("says that V8's heap was full", async () => {
    const body = 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));';
    const failure = failureOf(await launchOf(body, { nodeFlags: ['--max-old-space-size=16'] }));
    expect(failure).toMatchObject({
      reason: 'crash',
      signal: 'SIGABRT',
      message: "The process ran out of memory: V8's heap was full and it aborted (SIGABRT)",
    });
  });

  it('says that it was killed from outside', async () => {
    const failure = failureOf(await launchOf("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 9e9)"));
    expect(failure).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });
  });

  it('is killed when its time is over, also where it ignores signals', async () => {
    const body = "process.on('SIGTERM', () => {}); for (;;);";
    const failure = failureOf(await launchOf(body, { request: { timeoutMs: 1_200 } }));
    expect(failure.reason).toBe('timeout');
    expect(failure.message).toContain('No answer within 1 s');
  });

  it('is not cut off by a patience that is longer than timers can wait', async () => {
    const record = await launchOf(`setTimeout(() => wire('${OK}\\n'), 300)`, { request: { timeoutMs: 1e12 } });
    expect(record.outcome.status).toBe('ok');
  });

  it('is interrupted by the signal, and at once where that came before it', async () => {
    const controller = new AbortController();
    const launched = launchOf('for (;;);', { signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect(failureOf(await launched).reason).toBe('interrupted');
    expect(failureOf(await launchOf('for (;;);', { signal: controller.signal })).reason).toBe('interrupted');
  });
});

// A launch that waited for what it leaves behind would end with the patience of the test.
describe('what a launch leaves behind', () => {
  const START_SLEEP = "const { pid } = spawn('sleep', ['98763'], { stdio: 'inherit', detached: DETACHED });";
  const TELL = `process.stderr.write(String(pid)); wire('garbage\\n');`;

  it('ends with it, and is not waited for', async () => {
    const { stderr } = failureOf(await launchOf(`${START_SLEEP.replace('DETACHED', 'false')} ${TELL} process.exit()`));
    await waitFor(() => !isRunning(Number(stderr)));
    expect(Number(stderr)).toBeGreaterThan(1);
  });

  it('is not waited for where it has left the group and holds the pipes', async () => {
    const { stderr } = failureOf(await launchOf(`${START_SLEEP.replace('DETACHED', 'true')} ${TELL} process.exit()`));
    process.kill(Number(stderr), 'SIGKILL');
  });
});
