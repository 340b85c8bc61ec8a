// The sampler of allocations, tried on Rust whose allocations are known: in this addon, and in another with a copy of its own.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addonFile, engine } from '../../src/native/index.js';
import { inAllocations, isJavaScript, type Profile, totalWeight } from '../../src/profile/index.js';

const everything = { startNs: 0, endNs: Number.MAX_SAFE_INTEGER, ownFolders: [] };
const folder = mkdtempSync(join(tmpdir(), 'forgebench-allocations-'));
const other = join(folder, 'other.node');
beforeAll(() => cpSync(addonFile('engine', '.'), other));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the body of `self/allocate` asks for: 64 blocks of 64 bytes, and one of three times as many. */
const BYTES = 64 * 64 * 4;
const CALLS = 65;

interface Seen {
  profile: Profile;
  iterations: number;
  addons: string[];
  samples: number;
  countedBytes: number;
  countedCalls: number;
  sampledBytes: number;
  sampledCalls: number;
}

/** Runs `self/allocate` of an addon for 300 ms under the sampler, in a node of its own that names compiled code. */
function profileAllocate(addon: string): Seen {
  const script = `
    const engine = require(${JSON.stringify(addonFile('engine', '.'))});
    const addon = require(${JSON.stringify(addon)});
    async function main() {
      engine.startAllocationSampler(16384);
      const span = (function callsTheAddon() { return addon.profile('self/allocate', '{"small":64}', 300e6); })();
      const seen = await engine.stopAllocationSampler({ startNs: span.startNs, endNs: span.endNs, ownFolders: [] });
      // Node leaves its map of names behind.
      require('node:fs').rmSync('/tmp/perf-' + process.pid + '.map', { force: true });
      console.log(JSON.stringify({ ...seen, profile: JSON.parse(seen.profile), iterations: span.iterations }));
    }
    main();`;
  const flags = ['--perf-basic-prof', '--interpreted-frames-native-stack', '-e', script];
  return JSON.parse(execFileSync(process.execPath, flags, { cwd: folder, encoding: 'utf8' }));
}

/** The part of a profile that runs through a function. */
function through(profile: Profile, name: string): Profile {
  const named = profile.frames.map((frame) => frame.name.includes(name));
  const threads = profile.threads.map((thread) => ({
    ...thread,
    stacks: thread.stacks.filter(({ frames }) => frames.some((index) => named[index])),
  }));
  return { ...profile, threads };
}

function samplesOf({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { samples }) => sum + samples, 0);
}

/** Four standard errors of what so many samples say. */
const tolerance = (samples: number) => 4 / Math.sqrt(samples);

describe.each([
  ['the addon that samples', () => addonFile('engine', '.')],
  ['another addon', () => other],
])('the sampler of allocations, over %s', (_, addon) => {
  let seen: Seen;
  let body: Profile;
  beforeAll(() => {
    seen = profileAllocate(addon());
    body = through(seen.profile, 'case::timed_held');
  });

  it('says which bytes and calls an iteration asks for, to within four standard errors', () => {
    const samples = samplesOf(body);
    // A slow machine makes fewer iterations; with so few samples the tolerance still says something.
    expect(samples).toBeGreaterThan(100);
    const small = samplesOf(through(body, 'small_blocks'));
    expect(Math.abs(totalWeight(body) / seen.iterations / BYTES - 1)).toBeLessThan(tolerance(samples));
    // Nearly all calls are for small blocks, which are fewer samples.
    expect(Math.abs(totalWeight(inAllocations(body)) / seen.iterations / CALLS - 1)).toBeLessThan(tolerance(small));
  });

  it('gives each function its share', () => {
    const [large, all] = [through(body, 'large_block'), totalWeight(body)];
    expect(Math.abs(totalWeight(large) / all - 0.75)).toBeLessThan(tolerance(samplesOf(body)));
    expect(totalWeight(through(body, 'small_blocks')) + totalWeight(large)).toBeGreaterThan(all * 0.99);
  });

  it('agrees with the counters of the allocators over the same time', () => {
    expect(Math.abs(seen.sampledBytes / seen.countedBytes - 1)).toBeLessThan(tolerance(seen.samples));
    expect(seen.addons).toContain(addon());
  });

  it('shows JavaScript and Rust in one stack, which ends with who asked the allocator', () => {
    const { frames, threads } = seen.profile;
    const stacks = threads.flatMap((thread) => thread.stacks);
    const named = stacks.filter(({ frames: stack }) => stack.some((index) => frames[index]?.name === 'callsTheAddon'));
    const sum = (some: typeof stacks) => some.reduce((total, { samples }) => total + samples, 0);
    expect(sum(named) / sum(stacks)).toBeGreaterThan(0.97);
    expect(threads[0]?.javascript).toBe(true);
    for (const { frames: stack } of stacks) expect(frames[stack.at(-1) as number]?.name).not.toMatch(/__rust|Counting/);
    const small = frames.find(({ name }) => name.endsWith('small_blocks'));
    expect(small).toMatchObject({ origin: 'rust', file: expect.stringContaining('self-workloads/src/lib.rs') });
    expect(small?.line).toBeGreaterThan(1);
    const caller = frames.find(({ name }) => name === 'callsTheAddon');
    expect(caller && isJavaScript(caller)).toBe(true);
    expect(caller?.column).toBeGreaterThan(1);
  });
});

describe('starting and stopping the sampler of allocations', () => {
  it('refuses a second start until it is stopped', async () => {
    engine().startAllocationSampler(65_536);
    expect(() => engine().startAllocationSampler(65_536)).toThrow('it is running already; stop it first');
    await engine().stopAllocationSampler(everything);
    engine().startAllocationSampler(65_536);
    await engine().stopAllocationSampler(everything);
  });

  it('cannot be stopped before it was started', async () => {
    await expect(engine().stopAllocationSampler(everything)).rejects.toThrow('call startAllocationSampler first');
  });

  it.each([0, 1023, -1, Number.NaN])('refuses to sample every %d bytes', (interval) => {
    expect(() => engine().startAllocationSampler(interval)).toThrow('take at least 1024');
  });
});
