// The runner: the workloads of the addon as a program without Node.js, for tools that watch a process.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { addonFile, loadAddon, programFile } from '../../src/native/index.js';

const RUNNER = programFile('forgebench-moduforge-runner');
const NODE_CREATE = ['model/node-create', '{"attributes":3,"via":"new"}'] as const;

const hasValgrind = spawnSync('valgrind', ['--version']).status === 0;
/** Where `CI=true` promises all of Debian's tools, a missing one is a failure. */
const withValgrind = hasValgrind || process.env.CI === 'true' ? it : it.skip;

function runner(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(RUNNER, args, { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Instructions that callgrind counts: of the whole program, where nothing more is said. */
function instructions(
  args: readonly string[],
  environment: Record<string, string> = {},
  more: readonly string[] = [],
): number {
  const flags = ['--tool=callgrind', ...more, '--callgrind-out-file=/dev/null', RUNNER];
  const { stderr } = spawnSync('valgrind', [...flags, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const count = /Collected\s*:\s*(\d+)/.exec(stderr)?.[1];
  expect(count, stderr).toBeDefined();
  return Number(count);
}

describe('the runner of the ModuForge workloads', () => {
  it('lists what the addon lists', () => {
    const listed = loadAddon(addonFile('moduforge', '.')).list();
    const lines = listed.map(({ id, parameters }) => `${id} [${parameters.join(', ')}]\n`);
    expect(lines.length).toBeGreaterThan(10);
    expect(runner('list').stdout).toBe(lines.join(''));
  });

  it('verifies a case', () => {
    expect(runner('verify', ...NODE_CREATE)).toEqual({
      code: 0,
      stdout: 'model/node-create {"attributes":3,"via":"new"}: the answer is right\n',
      stderr: '',
    });
  });

  it('times a case', () => {
    const median = /median ([\d.]+) ns per operation/.exec(runner('time', ...NODE_CREATE).stdout)?.[1];
    expect(Number(median)).toBeGreaterThan(10);
  });

  it.each([
    [['verify', 'model/node-create', '{}'], 3, 'missing field `attributes`'],
    [['verify', 'model/no-such', '{}'], 3, 'Cannot find workload "model/no-such"'],
    [['iterate', ...NODE_CREATE, 'many'], 3, 'COUNT "many" is no whole number'],
    [['measure'], 2, 'usage: runner list'],
  ])('says what is wrong with %j', (args, code, message) => {
    const { stderr, ...rest } = runner(...args);
    expect(rest).toEqual({ code, stdout: '' });
    expect(stderr).toContain(message);
  });
});

// Needs valgrind; without it these are left out, and fail where CI=true.
describe('instructions of the runner under callgrind (valgrind)', () => {
  const count = (iterations: number) => instructions(['iterate', ...NODE_CREATE, String(iterations)]);

  withValgrind('differ by less than 1 % between two executions', () => {
    const [first, second] = [count(100), count(100)];
    expect(Math.abs(second / first - 1)).toBeLessThan(0.01);
  });

  withValgrind('grow with the iterations and with nothing else', () => {
    const [none, some, twice] = [count(0), count(1_000), count(2_000)];
    expect((twice - some) / (some - none)).toBeGreaterThan(0.9);
    expect((twice - some) / (some - none)).toBeLessThan(1.1);
  });

  withValgrind('do not depend on RUST_BACKTRACE, which the runner switches off', () => {
    // Each iteration makes an error, which would capture a backtrace.
    const errors = ['iterate', 'transform/validate', '{"fault":"missing-node"}', '100'];
    const off = instructions(errors, { RUST_BACKTRACE: '0' });
    const on = instructions(errors, { RUST_BACKTRACE: '1', RUST_LIB_BACKTRACE: '1' });
    expect(Math.abs(on / off - 1)).toBeLessThan(0.01);
  });
});

// Needs valgrind, as above.
describe('the verb "instructions" of the runner under callgrind (valgrind)', () => {
  const traversal = ['instructions', 'model/tree-traverse', '{"fan":2,"depth":6,"walk":"down"}', '16'];
  const counting = ['--instr-atstart=no'];

  withValgrind(
    'counts a body that hashes to the instruction alike with the same seed, and otherwise with another',
    () => {
      const [first, again, other] = ['1', '1', '2'].map((seed) =>
        instructions(traversal, { FORGEBENCH_SEED: seed }, counting),
      );
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    },
  );

  withValgrind('leaves out what making and dropping takes', () => {
    const whole = instructions(['iterate', ...NODE_CREATE, '1024']);
    const timed = instructions(['instructions', ...NODE_CREATE, '1024'], {}, counting);
    expect(timed).toBeLessThan(whole);
    expect(timed).toBeGreaterThan(1024 * 100);
  });

  it('answers in a line that a program reads, also where nobody counts', () => {
    const answer = (...args: string[]) => JSON.parse(runner('instructions', ...args).stdout) as object;
    expect(answer(...NODE_CREATE, '128')).toEqual({ iterations: 128, operations: 1 });
    expect(runner('instructions', 'model/no-such', '{}').code).toBe(3);
    expect(answer('model/no-such', '{}')).toMatchObject({ failure: { reason: 'unknown-workload' } });
  });
});

describe('the programs that are built with the addons', () => {
  it('have the line tables that flame graphs and callgrind name lines by', () => {
    const sections = execFileSync('readelf', ['-S', '--wide', RUNNER], { encoding: 'utf8' });
    expect(sections).toContain('.debug_line');
  });
});
