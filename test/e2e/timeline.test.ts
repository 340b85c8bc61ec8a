// A time line by the real program, and its page in a real browser.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineResult, ProfileArtefacts } from '../../src/store/index.js';
import type { LaunchTimeline } from '../../src/timeline/index.js';
import { forgebench, makeProject } from './project.js';

const project = makeProject('leaking');
const browserFolder = mkdtempSync(join(tmpdir(), 'forgebench-chromium-'));
afterAll(() => {
  project.remove();
  rmSync(browserFolder, { recursive: true, force: true });
});

const hasBrowser = process.env.CI === 'true' || spawnSync('chromium', ['--version']).status === 0;
const WITHOUT_BROWSER = 'Chromium is not installed; run "apt install chromium"';

describe('the time line of a workload with phases', () => {
  let result: EngineResult;
  let timeline: LaunchTimeline;
  beforeAll(async () => {
    const words = ['profile', 'time/phases', '--with', 'timeline', '--output', 'profiles', '--json'];
    const { stdout, stderr } = await forgebench(words, project.folder);
    result = (JSON.parse(stdout) as ProfileArtefacts[])[0]?.engines[0] as EngineResult;
    if (result.failure !== undefined) throw new Error(`${result.failure}${stderr}`);
    timeline = JSON.parse(readFileSync(result.files.timeline as string, 'utf8'));
  }, 60_000);

  const workload = () => timeline.phases.find(({ name }) => name === 'workload');
  const inWorkload = (ns: number) => ns >= (workload()?.startNs ?? 0) && ns <= (workload()?.endNs ?? 0);

  it('has the phases of the launch, one after another, and those that the workload measures itself', () => {
    const launch = timeline.phases.filter(({ own }) => !own);
    expect(launch.map(({ name }) => name)).toEqual(['start-up', 'set-up', 'workload', 'teardown']);
    for (const [index, phase] of launch.slice(1).entries()) expect(phase.startNs).toBe(launch[index]?.endNs);
    const own = timeline.phases.filter((phase) => phase.own && inWorkload(phase.startNs));
    expect(new Set(own.map(({ name }) => name))).toEqual(new Set(['writing', 'making objects']));
    expect(timeline.marks.map(({ name }) => name)).toContain('opened');
  });

  it('has collections with their kind, and the heap that they found and left', () => {
    const majors = timeline.collections.filter(({ kind, atNs }) => kind === 'major' && inWorkload(atNs));
    const minors = timeline.collections.filter(({ kind, atNs }) => kind === 'minor' && inWorkload(atNs));
    expect(minors.length).toBeGreaterThan(5);
    for (const { pauseNs, beforeBytes, afterBytes } of [...majors, ...minors]) {
      expect(pauseNs).toBeGreaterThan(0);
      expect(beforeBytes).toBeGreaterThan(1e6);
      expect(afterBytes).toBeGreaterThan(1e6);
    }
  });

  it('sees the event loop blocked for as long as it is', () => {
    expect(Math.max(...timeline.eventLoop.lateNs)).toBeGreaterThan(50e6);
    expect(Math.min(...timeline.eventLoop.lateNs)).toBeLessThan(20e6);
  });

  it('sees who was at work, what was written and what was resident', () => {
    const total = (origin: string) => (timeline.cpu.shares[origin] ?? []).reduce((sum, share) => sum + share, 0);
    expect(total('user')).toBeGreaterThan(1);
    expect(total('gc')).toBeGreaterThan(1);
    const { process } = timeline;
    expect(Math.max(...(process?.residentBytes ?? []))).toBeGreaterThan(60e6);
    const writes = timeline.phases.filter(({ name }) => name === 'writing').length;
    const written = (process?.writtenBytes ?? []).reduce((sum, bytes) => sum + bytes, 0);
    expect(written).toBeGreaterThan(((writes - 2) * 2 ** 20) / 2);
  });

  it('is drawn by a browser, all tracks of it', async ({ skip }) => {
    skip(!hasBrowser, WITHOUT_BROWSER);
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${browserFolder}`, '--dump-dom'];
    const { stdout } = await promisify(execFile)('chromium', [...flags, `file://${result.files.html}`], {
      maxBuffer: 64e6,
    });
    expect(stdout.match(/<canvas/g)).toHaveLength(6);
    expect(stdout.match(/class="phase [a-z-]+"/g)?.length).toBeGreaterThan(4);
    expect(stdout).toContain('making objects');
  }, 60_000);
});
