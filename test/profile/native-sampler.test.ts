// The in-process sampler, tried on a workload in Rust: JavaScript and Rust in one stack, without perf.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addonFile, engine } from '../../src/native/index.js';
import type { Frame, Profile } from '../../src/profile/index.js';

const everything = { startNs: 0, endNs: Number.MAX_SAFE_INTEGER, ownFolders: [] };
const folder = mkdtempSync(join(tmpdir(), 'forgebench-sampler-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `self/spin` for 600 ms under the sampler, in a node of its own that names compiled code. */
function profileSpin({ before = '', after = '' } = {}): { profile: Profile; cpuNs: number; seen: unknown } {
  const script = `
    const engine = require(${JSON.stringify(addonFile('engine', '.'))});
    async function main() {
      let seen;
      ${before}
      engine.startSampler(1_000_000);
      const used = process.cpuUsage();
      const span = (function callsTheAddon() { return engine.profile('self/spin', '{"ns":1000}', 600e6); })();
      const { user, system } = process.cpuUsage(used);
      const profile = await engine.stopSampler({ startNs: span.startNs, endNs: span.endNs, ownFolders: [] });
      ${after}
      // Node leaves its map of names behind.
      require('node:fs').rmSync('/tmp/perf-' + process.pid + '.map', { force: true });
      console.log(JSON.stringify({ profile: JSON.parse(profile), cpuNs: (user + system) * 1000, seen }));
    }
    main();`;
  const flags = ['--perf-basic-prof', '--interpreted-frames-native-stack', '-e', script];
  return JSON.parse(execFileSync(process.execPath, flags, { cwd: folder, encoding: 'utf8' }));
}

const INSPECTOR = {
  before: `const { Session } = require('node:inspector');
    const session = new Session();
    session.connect();
    const post = (method, options) => new Promise((resolve, reject) => session.post(method, options, (error, result) => (error ? reject(error) : resolve(result))));
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: 1000 });
    await post('Profiler.start');`,
  after: `seen = (await post('Profiler.stop')).profile.samples.length;`,
};

function counts({ frames, threads }: Profile): { samples: number; withJavaScript: number; weight: number } {
  const isJavaScript = ({ origin, tier }: Frame) => tier !== undefined || origin === 'user';
  const sum = { samples: 0, withJavaScript: 0, weight: 0 };
  for (const { frames: stack, samples, weight } of threads.flatMap(({ stacks }) => stacks)) {
    sum.samples += samples;
    sum.weight += weight;
    if (stack.some((index) => isJavaScript(frames[index] as Frame))) sum.withJavaScript += samples;
  }
  return sum;
}

/** One sample for each millisecond of processor time is asked for; a machine's timers may be late, but not by far. */
const fewest = (cpuNs: number) => cpuNs / 1e6 / 4;

describe('the sampler inside the process', () => {
  it('sees JavaScript and Rust in one stack, without perf', () => {
    const { profile, cpuNs } = profileSpin();
    const { samples, withJavaScript, weight } = counts(profile);
    expect(samples).toBeGreaterThan(fewest(cpuNs));
    expect(withJavaScript / samples).toBeGreaterThanOrEqual(0.95);
    expect(profile).toMatchObject({ engine: 'native', unit: 'nanoseconds', threads: [{ javascript: true }] });
    const names = profile.frames.map(({ name }) => name);
    expect(names).toContain('callsTheAddon');
    expect(names.some((name) => name.includes('self_workloads'))).toBe(true);
    // Weights are CPU time, however little of it a busy machine gave; set-up lies outside the window.
    expect(weight).toBeGreaterThan(cpuNs * 0.8);
    expect(weight).toBeLessThan(cpuNs * 1.1);
  });

  it('runs beside the CPU profiler of V8, and neither takes the signals of the other', () => {
    const { profile, cpuNs, seen } = profileSpin(INSPECTOR);
    const { samples, withJavaScript } = counts(profile);
    expect(samples).toBeGreaterThan(fewest(cpuNs));
    expect(withJavaScript / samples).toBeGreaterThanOrEqual(0.95);
    // Sharing SIGPROF left V8 with 19 of 1500 samples.
    expect(seen).toBeGreaterThan(fewest(cpuNs));
  });

  it('refuses a second start until it is stopped', async () => {
    engine().startSampler(1_000_000);
    expect(() => engine().startSampler(1_000_000)).toThrow('it is running already; stop it first');
    await engine().stopSampler(everything);
    engine().startSampler(1_000_000);
    await engine().stopSampler(everything);
  });

  it('cannot be stopped before it was started', async () => {
    await expect(engine().stopSampler(everything)).rejects.toThrow('none runs on this thread; call startSampler first');
  });

  it.each([0, 99_999, -1, Number.NaN])('refuses to sample every %d ns', (interval) => {
    expect(() => engine().startSampler(interval)).toThrow('take at least 100000 ns');
  });
});
