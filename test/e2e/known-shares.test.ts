// The known truth: 60 % in a function of Rust, 25 % in one of JavaScript, 15 % collecting garbage, shown within 3 points.
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Profile, readProfile } from '../../src/profile/index.js';
import type { EngineResult, ProfileArtefacts } from '../../src/store/index.js';
import { forgebench, makeProject } from './project.js';

const project = makeProject('known');
afterAll(() => project.remove());
let engines: EngineResult[];

// perf and the sampler see processor time; V8's profiler sees what passes, waiting for the collector's helpers included.
const CASES = [
  ['known/shares[clock=thread]', 'flame,native'],
  ['known/shares[clock=wall]', 'cpu'],
] as const;

beforeAll(async () => {
  engines = [];
  for (const [id, names] of CASES) {
    const words = ['profile', id, '--with', names, '--output', `profiles-${names}`, '--json'];
    const { stdout, stderr } = await forgebench(words, project.folder);
    if (stdout === '') throw new Error(stderr);
    engines.push(...(JSON.parse(stdout) as [ProfileArtefacts])[0].engines);
  }
}, 120_000);

function read(engine: string): Profile {
  const file = engines.find((each) => each.engine === engine)?.files.profile;
  if (file === undefined) throw new Error(`${engine} left no profile: ${JSON.stringify(engines)}`);
  return readProfile(readFileSync(file, 'utf8'));
}

/** Share of the JavaScript thread in which the innermost of these functions that is on the stack is the one. */
function shareOf(profile: Profile, parts: Record<string, RegExp>): Record<string, number> {
  const shares = Object.fromEntries(Object.keys(parts).map((part) => [part, 0]));
  let all = 0;
  for (const { frames, weight } of profile.threads
    .filter(({ javascript }) => javascript)
    .flatMap(({ stacks }) => stacks)) {
    all += weight;
    const names = frames.map((frame) => `${profile.frames[frame]?.origin} ${profile.frames[frame]?.name}`).reverse();
    const part = names.flatMap((name) => Object.keys(parts).find((each) => parts[each]?.test(name)) ?? [])[0];
    if (part !== undefined) shares[part] = (shares[part] ?? 0) + weight;
  }
  return Object.fromEntries(Object.entries(shares).map(([part, weight]) => [part, weight / all]));
}

const TRUTH = { rust: 0.6, javascript: 0.25, collector: 0.15 };

/** Three points; on a busy machine with few samples what chance allows, four deviations. */
function expectTruth(profile: Profile, shares: Record<string, number>, truth: Record<string, number> = TRUTH): void {
  const stacks = profile.threads.filter(({ javascript }) => javascript).flatMap((thread) => thread.stacks);
  const samples = stacks.reduce((sum, stack) => sum + stack.samples, 0);
  for (const [part, share] of Object.entries(truth)) {
    const scatter = 4 * Math.sqrt((share * (1 - share)) / samples);
    const off = Math.abs((shares[part] ?? 0) - share);
    expect(off, `${part}: ${JSON.stringify(shares)}, ${samples} samples`).toBeLessThanOrEqual(Math.max(0.03, scatter));
  }
}

describe('a workload whose shares are known', () => {
  it.each(['flame', 'native'])('is shown so within 3 points by %s', (engine) => {
    const profile = read(engine);
    expectTruth(
      profile,
      shareOf(profile, {
        rust: /^rust forgebench_border::profile::/,
        javascript: /^user spinInJavaScript$/,
        collector: /^gc /,
      }),
    );
  });

  it('is shown so within 3 points by the CPU profile, which books Rust to the JavaScript that called it', () => {
    const profile = read('cpu');
    const shares = shareOf(profile, {
      rust: /^user spinInRust$/,
      javascript: /^user spinInJavaScript$/,
      collector: /^gc /,
    });
    // Where cores are missing, V8's sampler runs most often while the collector waits for its helpers, and sees it more often.
    if ((loadavg()[0] ?? 0) <= availableParallelism()) return expectTruth(profile, shares);
    const both = (shares.rust ?? 0) + (shares.javascript ?? 0);
    expectTruth(profile, { rust: (shares.rust ?? 0) / both }, { rust: 0.6 / 0.85 });
  });
});
