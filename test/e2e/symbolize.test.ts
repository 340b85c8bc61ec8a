// A recording of a stripped addon, named at home: the target has no symbols, and home has not the target.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addonFile, engine } from '../../src/native/index.js';
import { type Profile, readProfile } from '../../src/profile/index.js';
import type { Symbolized } from '../../src/run/index.js';
import type { ProfileArtefacts } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject();
afterAll(() => project.remove());
const at = (...words: string[]) => join(project.folder, ...words);

/** The definitions of all that the engine has, over the addon that is captured. */
function plantDefinitions(): void {
  const all = readdirSync('benches').filter((name) => name.endsWith('.bench.ts'));
  const definitions = all.map((name): [string, string] => [
    `benches/${name}`,
    readFileSync(join('benches', name), 'utf8'),
  ]);
  const ofEngine = definitions.filter(([, text]) => text.includes("addon: 'engine'"));
  const moved = ofEngine.map(([name, text]) => [name, text.replace("addon: 'engine'", "addon: '../target.node'")]);
  plant(project.folder, Object.fromEntries(moved));
  cpSync('benches/self', at('benches/self'), { recursive: true });
}

function symbolize(symbols: string, output: string): Promise<Finished> {
  mkdirSync(at(output), { recursive: true });
  return forgebench(['symbolize', 'capture', '--symbols', symbols, '--output', output, '--json'], project.folder);
}

async function profileWith(symbols: string, output: string): Promise<Profile> {
  const { code, stderr, stdout } = await symbolize(symbols, output);
  expect(code, stderr).toBe(0);
  return readProfile(readFileSync((JSON.parse(stdout) as Symbolized).files.profile ?? '', 'utf8'));
}

/** Name, file and line of Rust frames that have samples. */
function rust({ frames }: Profile) {
  return frames.filter(({ origin, line }) => origin === 'rust' && line !== undefined);
}

/** Rust frames in the stacks of half of the JavaScript thread's samples or more, with file and line. */
function hottest(profile: Profile): string[] {
  const stacks = profile.threads.find(({ javascript }) => javascript)?.stacks ?? [];
  const seen = new Map<number, number>();
  for (const { frames, samples } of stacks)
    for (const frame of new Set(frames)) seen.set(frame, (seen.get(frame) ?? 0) + samples);
  const all = stacks.reduce((sum, { samples }) => sum + samples, 0);
  return [...seen]
    .filter(([index, samples]) => profile.frames[index]?.origin === 'rust' && samples > all / 2)
    .map(([index]) => JSON.stringify(profile.frames[index]))
    .sort();
}

/** Profiles the addon that lies at `target.node`, and keeps the capture in a folder. */
async function record(folder: string): Promise<void> {
  const words = ['profile', 'self/spin', '--quick', '--with', 'capture', '--output', 'profiles', '--json'];
  const { code, stderr, stdout } = await forgebench(words, project.folder);
  expect(code, stderr).toBe(0);
  const [artefacts] = JSON.parse(stdout) as ProfileArtefacts[];
  cpSync(join(artefacts?.engines[0]?.files.capture ?? '', '..'), at(folder), { recursive: true });
}

describe('a capture of a stripped addon', () => {
  beforeAll(async () => {
    const unstripped = addonFile('engine', '.');
    plantDefinitions();
    cpSync(unstripped, at('target.node'));
    await record('unstripped');
    execFileSync('strip', ['--strip-all', at('target.node')]);
    await record('capture');
    // The target is far away: nothing is left where the recording says.
    rmSync(at('target.node'));
    rmSync(at('profiles'), { recursive: true });

    mkdirSync(at('plain/anything'), { recursive: true });
    cpSync(unstripped, at('plain/anything/engine.node'));
    const id = engine().buildId(unstripped) ?? '';
    mkdirSync(at('layout/.build-id', id.slice(0, 2)), { recursive: true });
    const debug = at('layout/.build-id', id.slice(0, 2), `${id.slice(2)}.debug`);
    execFileSync('objcopy', ['--only-keep-debug', unstripped, debug]);
    mkdirSync(at('empty'));
  }, 120_000);

  it('has no Rust names by itself', async () => {
    const profile = await profileWith('empty', 'none');
    expect(rust(profile).filter(({ name }) => name.includes('forgebench_'))).toEqual([]);
  });

  it('has crate, function and line with the unstripped file, found by its build id', async () => {
    const profile = await profileWith('plain', 'from-plain');
    const frames = rust(profile);
    expect(profile.operations).toBeGreaterThan(0);
    expect(readFileSync(at('from-plain/hotspots.md'), 'utf8')).toContain('forgebench_measure::clock::now_ns');
    const body = frames.find(({ name }) => name === 'forgebench_self_workloads::run');
    expect(body?.file).toMatch(/self-workloads\/src\/lib\.rs$/);
    expect(body?.line).toBeGreaterThan(40);
  });

  it('is the same profile with symbols that were taken out of the file', async () => {
    const plain = await profileWith('plain', 'again');
    const layout = await profileWith('layout', 'from-layout');
    expect(layout).toEqual(plain);
  });

  it('has the hot functions, files and lines of the addon that was never stripped', async () => {
    const { code, stderr } = await forgebench(
      ['symbolize', 'unstripped', '--symbols', 'empty', '--output', 'unstripped'],
      project.folder,
    );
    expect(code, stderr).toBe(0);
    const unstripped = readProfile(readFileSync(at('unstripped/profile.json'), 'utf8'));
    const hot = hottest(unstripped);
    expect(hot.some((frame) => frame.includes('forgebench_self_workloads::run'))).toBe(true);
    expect(hottest(await profileWith('layout', 'hot'))).toEqual(hot);
  });

  it('refuses a file of the same name and another build', async () => {
    mkdirSync(at('wrong'));
    cpSync('/bin/true', at('wrong/target.node'));
    const { code, stderr } = await symbolize('wrong', 'refused');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /Cannot use ".*wrong\/target\.node" for ".*target\.node": its build id is [0-9a-f]{40}, that of the recorded file is [0-9a-f]{40}/,
    );
  });

  it('refuses what is no capture, and one of another architecture', async () => {
    plant(project.folder, { 'nothing/x': '' });
    const words = ['symbolize', 'nothing', '--symbols', 'plain'];
    const nothing = await forgebench(words, project.folder);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Cannot read the capture')]);
    const text = readFileSync(at('capture/capture.json'), 'utf8').replace(
      /"architecture": "[^"]*"/,
      '"architecture": "s390"',
    );
    plant(project.folder, { 'foreign/capture.json': text });
    const foreign = await forgebench(['symbolize', 'foreign', '--symbols', 'plain'], project.folder);
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('it was recorded on s390')]);
  });
});
