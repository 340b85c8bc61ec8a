// Real modules, transpiled by esbuild and run under V8's profiler: frames point at what was written.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addonFile } from '../../src/native/index.js';
import { type Frame, importCpuProfile, mapSources, type Profile, parseProfile } from '../../src/profile/index.js';

const SOURCE = `interface Options { rounds: number }

type Never = never;

export function collatzOfEverything(options: Options): number {
  let sum = 0;
  for (let start = 1; start < options.rounds; start += 1)
    for (let at = start; at !== 1; at = at % 2 === 0 ? at / 2 : at * 3 + 1) sum += 1;
  return sum;
}

const until = Date.now() + 300;
while (Date.now() < until) collatzOfEverything({ rounds: 20000 });
`;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'forgebench-maps-')));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/busy.ts'), SOURCE);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function buildModule(options: BuildOptions): Promise<string> {
  const outfile = join(folder, 'out/busy.mjs');
  await build({ entryPoints: [join(folder, 'src/busy.ts')], outfile, bundle: true, format: 'esm', ...options });
  return outfile;
}

/** Builds the module and profiles what was built; `change` may spoil it in between. */
async function profileBuilt(options: BuildOptions, change: (built: string) => void = () => {}): Promise<Profile> {
  const outfile = await buildModule(options);
  change(outfile);
  rmSync(join(folder, 'cpu'), { recursive: true, force: true });
  const flags = ['--cpu-prof', `--cpu-prof-dir=${join(folder, 'cpu')}`, '--cpu-prof-name=a.cpuprofile'];
  execFileSync(process.execPath, [...flags, outfile]);
  return importCpuProfile(readFileSync(join(folder, 'cpu/a.cpuprofile'), 'utf8'));
}

/** The same by the sampler of native stacks, which knows JavaScript by the names that V8 writes for perf. */
async function sampleBuilt(options: BuildOptions): Promise<Profile> {
  const outfile = await buildModule(options);
  const script = `
    const engine = require(${JSON.stringify(addonFile('engine', '.'))});
    engine.startSampler(1_000_000);
    import(${JSON.stringify(pathToFileURL(outfile).href)}).then(async () => {
      const everything = { startNs: 0, endNs: Number.MAX_SAFE_INTEGER, ownFolders: [] };
      console.log(await engine.stopSampler(everything));
      require('node:fs').rmSync('/tmp/perf-' + process.pid + '.map', { force: true });
    });`;
  const flags = ['--perf-basic-prof', '--interpreted-frames-native-stack', '-e', script];
  return parseProfile(execFileSync(process.execPath, flags, { cwd: folder, encoding: 'utf8' }));
}

/** The frames of files in the folder, the heaviest function of which is the busy one. */
function busiest({ frames, threads }: Profile): Frame {
  const self = frames.map((_, index) =>
    threads
      .flatMap(({ stacks }) => stacks)
      .reduce((sum, { frames: stack, weight }) => sum + (stack.at(-1) === index ? weight : 0), 0),
  );
  return frames[self.indexOf(Math.max(...self))] as Frame;
}

describe('a frame of a transpiled module', () => {
  it.each([
    ['inline', { sourcemap: 'inline' }],
    ['beside it', { sourcemap: 'linked' }],
    ['inline, and minified', { sourcemap: 'inline', minify: true }],
  ] as const)('with its map %s points at the line of the TypeScript', async (_, options) => {
    const recorded = await profileBuilt(options);
    expect(busiest(recorded).file).toBe(join(folder, 'out/busy.mjs'));
    expect(busiest(mapSources(recorded))).toMatchObject({
      name: 'collatzOfEverything',
      origin: 'user',
      file: join(folder, 'src/busy.ts'),
      line: 5,
    });
  });

  it('that was sampled from the native stack is found by its column in the one line of a minified file', async () => {
    const recorded = await sampleBuilt({ sourcemap: 'inline', minify: true });
    const written = { name: 'collatzOfEverything', file: join(folder, 'src/busy.ts'), line: 5 };
    expect(mapSources(recorded).frames).toContainEqual(expect.objectContaining(written));
    const frames = recorded.frames.map(({ column: _, ...frame }) => frame);
    expect(mapSources({ ...recorded, frames }).frames).not.toContainEqual(expect.objectContaining(written));
  });

  it('has its shortened name until the map gives the one that was written', async () => {
    const recorded = await profileBuilt({ sourcemap: 'linked', minify: true });
    expect(busiest(recorded).name).not.toBe('collatzOfEverything');
  });

  it('whose column nobody knows gets the line of what stands first there', async () => {
    const recorded = await profileBuilt({ sourcemap: 'inline' });
    const frames = recorded.frames.map(({ column: _, ...frame }) => frame);
    expect(busiest(mapSources({ ...recorded, frames }))).toMatchObject({ file: join(folder, 'src/busy.ts'), line: 5 });
  });

  it.each([
    ['missing', (built: string) => rmSync(`${built}.map`)],
    ['broken', (built: string) => writeFileSync(`${built}.map`, '{"version":3,"mappings":')],
    [
      'of something else',
      (built: string) => writeFileSync(`${built}.map`, '{"version":3,"sources":[],"names":[],"mappings":""}'),
    ],
  ])('whose map is %s stays as it is', async (_, change) => {
    const recorded = await profileBuilt({ sourcemap: 'linked' }, change);
    expect(mapSources(recorded)).toEqual(recorded);
  });

  it('whose file is gone stays as it is', async () => {
    const recorded = await profileBuilt({ sourcemap: 'inline' });
    rmSync(join(folder, 'out'), { recursive: true });
    expect(mapSources(recorded)).toEqual(recorded);
  });
});
