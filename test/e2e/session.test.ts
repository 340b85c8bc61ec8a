// Sessions over real process trees: npm, shells, children, workers, and those that die.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCpuProfile, importHeapProfile, importProfile, totalWeight } from '../../src/profile/index.js';
import type { Session, SessionProcess } from '../../src/session/index.js';
import { type Finished, forgebench, ROOT, start } from './project.js';

// Blanks, quotes and letters that are no ASCII, as folders of users have them.
const folder = join(mkdtempSync(join(tmpdir(), 'forgebench session ')), 'größe "x" 日本');
cpSync(join(ROOT, 'test/fixtures/session'), folder, { recursive: true });
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

interface Seen {
  finished: Finished;
  session: Session;
  /** The process that has this word in its command. */
  process(word: string): SessionProcess;
  folder: string;
}

async function session(name: string, words: readonly string[], flags: readonly string[] = []): Promise<Seen> {
  const output = join(folder, '..', name);
  const finished = await forgebench(['session', '--output', output, ...flags, '--', ...words], folder);
  const result = JSON.parse(readFileSync(join(output, 'session.json'), 'utf8')) as Session;
  const process = (word: string) => {
    const found = result.processes.find(
      ({ command, kind }) => kind !== 'program' && command.slice(1).some((each) => each.endsWith(word)),
    );
    if (!found) throw new Error(`No process "${word}": ${finished.stderr}`);
    return found;
  };
  return { finished, session: result, process, folder: output };
}

/** Whether a line of folded stacks begins with a thread and holds these frames. */
function hasStack(folded: string, thread: string, ...frames: string[]): boolean {
  return folded
    .split('\n')
    .some((line) => line.startsWith(thread) && frames.every((frame) => line.includes(`;${frame}`)));
}

const perfWorks = spawnSync('perf', ['record', '-o', '/dev/null', '-e', 'cpu-clock:u', 'true']).status === 0;
if (!perfWorks && process.env.CI === 'true') throw new Error('perf cannot record here: install linux-perf');

describe('a session over npm, a shell, node children and a worker', () => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await session('tree', ['npm', 'run', '--silent', 'build']);
  }, 120_000);

  it('passes the output of the command through and keeps its own apart', () => {
    expect(seen.finished.stdout).toBe('built null SIGTERM\nshell went on\n');
    expect(seen.finished.stderr.startsWith('a warning\n\nSession: ')).toBe(true);
    expect(seen.finished.code).toBe(0);
  });

  it('profiles each node process and worker thread by itself', () => {
    for (const word of ['build.mjs', 'sync', 'forked', 'npm']) {
      const [thread] = seen.process(word).threads;
      const text = readFileSync(join(seen.folder, thread?.files.cpuprofile ?? ''), 'utf8');
      expect(importCpuProfile(text).threads[0]?.stacks.length, word).toBeGreaterThan(0);
    }
    const worker = seen.process('build.mjs').threads.find(({ thread }) => thread === 1);
    expect(readFileSync(join(seen.folder, worker?.files.cpuprofile ?? ''), 'utf8')).toContain('burnWorker');
  });

  it('knows parents, exit codes and what each process used', () => {
    const build = seen.process('build.mjs');
    const forked = seen.process('forked');
    expect(forked.parent).toBe(build.pid);
    expect(forked.ending).toEqual({ exitCode: 0, signal: null });
    expect(forked.cpuNs).toBeGreaterThan(50e6);
    expect(forked.wallNs).toBeGreaterThan(30e6);
    expect(forked.peakRssBytes).toBeGreaterThan(20e6);
  });

  it('says of a killed process that it has no profile, and keeps that of one that was ended politely', () => {
    const idle = seen.session.processes.filter(({ command }) => command.some((word) => word.endsWith('idle.cjs')));
    const [killed, ended] = ['SIGKILL', 'SIGTERM'].map((name) => idle.find(({ ending }) => ending.signal === name));
    expect(killed?.remark).toMatch(/^no profile: it was killed with SIGKILL/);
    expect(killed?.threads[0]?.files).toEqual({});
    expect(ended?.threads[0]?.files.cpuprofile).toBeDefined();
  });

  it('reports a node process that was started without its options', () => {
    const cleared = seen.session.processes.filter(
      ({ command }) => command.includes('cleared') && command.includes('200'),
    );
    const node = cleared.find(({ command }) => command[0]?.endsWith('node'));
    expect(node?.kind).toBe('not-followed');
    expect(node?.remark).toContain('not followed');
    expect(seen.finished.stderr).toContain(`! ${node?.pid}: not followed`);
  });

  it('merges all threads into one profile, a thread for each', () => {
    const folded = readFileSync(join(seen.folder, 'cpu.stacks.folded'), 'utf8');
    const threads = new Set(
      folded
        .trim()
        .split('\n')
        .map((line) => line.split(';')[0]),
    );
    const build = seen.process('build.mjs').pid;
    expect([...threads]).toEqual(
      expect.arrayContaining([
        `build.mjs [${build}]`,
        `build.mjs [${build}] worker 1`,
        `burn.cjs [${seen.process('sync').pid}]`,
        `burn.cjs [${seen.process('forked').pid}]`,
      ]),
    );
    expect(hasStack(folded, `burn.cjs [${seen.process('forked').pid}]`, 'burnChild')).toBe(true);
    expect(readFileSync(join(seen.folder, 'cpu.flame.html'), 'utf8').includes('burnWorker')).toBe(true);
  });

  it.skipIf(!perfWorks)('shows both languages in one stack for the whole tree, followed or not', () => {
    const folded = readFileSync(join(seen.folder, 'stacks.folded'), 'utf8');
    expect(hasStack(folded, `burn.cjs [${seen.process('forked').pid}]`, 'node::Start', 'burnChild')).toBe(true);
    expect(hasStack(folded, `build.mjs [${seen.process('build.mjs').pid}] worker 1`, 'burnWorker')).toBe(true);
    const cleared = seen.session.processes.find(({ kind }) => kind === 'not-followed');
    expect(cleared?.perfSamples).toBeGreaterThan(0);
    expect(seen.session.overhead.perfMs).toBeGreaterThanOrEqual(0);
  });

  it.skipIf(!perfWorks)('links a worker on its page to its part of the graphs of both engines', () => {
    const page = readFileSync(join(seen.folder, 'session.html'), 'utf8');
    const worker = encodeURIComponent(`build.mjs [${seen.process('build.mjs').pid}] worker 1`);
    for (const file of ['cpu.flame.html', 'flame.html']) expect(page).toContain(`href="${file}#thread=${worker}"`);
    const [main, other] = seen.process('build.mjs').threads;
    expect(main?.perfSamples).toBeGreaterThan(0);
    expect(other?.perfSamples).toBeGreaterThan(0);
  });

  it('leaves nothing in the folders of the command', () => {
    const names = [...readdirSync(folder), ...readdirSync(join(folder, 'elsewhere'))];
    expect(names.filter((name) => /isolate-|\.forgebench|perf/.test(name))).toEqual([]);
    const maps = seen.session.processes.map(({ pid }) => `/tmp/perf-${pid}.map`);
    expect(maps.filter((file) => existsSync(file))).toEqual([]);
  });
});

describe('a session that asks for allocations', () => {
  it('merges those of all threads, and shows each process and worker on a page', async () => {
    const words = [process.execPath, 'build.mjs'];
    const { session: result, process: find, folder: output } = await session('alloc', words, ['--with', 'alloc']);
    const [view] = result.views;
    expect(view).toMatchObject({ engine: 'alloc', intervalBytes: 131_072, files: { flame: 'alloc.flame.html' } });
    const profiles = result.processes
      .flatMap(({ threads }) => threads)
      .flatMap(({ files }) => files.heapprofile ?? [])
      .map((file) => importHeapProfile(readFileSync(join(output, file), 'utf8')));
    expect(profiles.length).toBeGreaterThan(4);
    const folded = importProfile(readFileSync(join(output, 'alloc.stacks.folded')), { unit: 'bytes' }).profile;
    expect(totalWeight(folded)).toBe(profiles.reduce((sum, profile) => sum + totalWeight(profile), 0));
    const page = readFileSync(join(output, 'session.html'), 'utf8');
    const worker = encodeURIComponent(`build.mjs [${find('build.mjs').pid}] worker 1`);
    expect(page).toContain(`href="alloc.flame.html#thread=${worker}"`);
    for (const { pid } of result.processes) expect(page).toContain(`<td>${pid}</td>`);
  }, 120_000);
});

describe('the exit code of a session', () => {
  it('is that of the command', async () => {
    const { finished, process } = await session('fails', ['npm', 'run', '--silent', 'fails'], ['--with', 'cpu']);
    expect(finished.code).toBe(7);
    expect(process('burn.cjs').threads[0]?.files.cpuprofile).toBeDefined();
  });

  it('is 128 and the signal that killed the command', async () => {
    const words = [process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'];
    const { finished } = await session('killed', words, ['--with', 'cpu']);
    expect(finished.code).toBe(137);
  });

  it('is 4 where nothing could be profiled although the command ended well', async () => {
    const { finished } = await session('nothing', ['true'], ['--with', 'cpu']);
    expect(finished.code).toBe(4);
    expect(finished.stderr).toContain('✗ cpu: no node process of the command left a profile');
  });

  it('is that of an uncaught exception, whose profile is kept', async () => {
    const { finished, session: result } = await session(
      'throws',
      [process.execPath, '-e', 'throw new Error("oh")'],
      ['--with', 'cpu,alloc'],
    );
    expect(finished.code).toBe(1);
    expect(Object.keys(result.processes[0]?.threads[0]?.files ?? {}).sort()).toEqual(['cpuprofile', 'heapprofile']);
  });

  it('is 2 for a program that does not exist, and for engines and intervals that do not', async () => {
    for (const words of [
      ['no-such-program'],
      ['--with', 'magic', 'true'],
      ['--interval', '1', 'true'],
      ['--interval', '1ns', 'true'],
      [],
    ]) {
      const { code, stderr } = await forgebench(['session', ...words], folder);
      expect(code, stderr).toBe(2);
    }
    expect(existsSync(join(folder, '.forgebench'))).toBe(false);
  });
});

describe('a session under unusual conditions', () => {
  it('prints JSON alone on standard output with --json', async () => {
    const output = join(folder, '..', 'json');
    const words = ['session', '--json', '--with', 'cpu', '--output', output, process.execPath, '-e', 'console.log(5)'];
    const { stdout, stderr, code } = await forgebench(words, folder);
    expect((JSON.parse(stdout) as Session).processes).toHaveLength(1);
    expect([stderr.startsWith('5\n'), code]).toEqual([true, 0]);
  });

  it('hands SIGTERM to the command and reports what it did', async () => {
    const output = join(folder, '..', 'terminated');
    const run = start(['session', '--with', 'cpu', '--output', output, process.execPath, 'idle.cjs'], folder);
    await new Promise((resolve) => run.child.stdout?.once('data', resolve));
    run.child.kill('SIGTERM');
    const { code, stderr } = await run.finished;
    expect(code).toBe(143);
    expect(stderr).toContain('cpu.flame.html');
  });

  it('lets a program that never yields be ended by SIGTERM', async () => {
    const output = join(folder, '..', 'busy');
    const words = ['timeout', '1', process.execPath, '-e', 'for (;;);'];
    const run = await forgebench(['session', '--with', 'cpu', '--output', output, '--', ...words], folder);
    expect(run.code).toBe(124);
    expect(run.stderr).toContain('no profile: it was killed');
  });

  it('does not disturb libraries that count the listeners of a signal', async () => {
    const script = `
      process.on('SIGTERM', function mine() {
        console.log('mine', process.listeners('SIGTERM').length);
        process.exit(9);
      });
      setTimeout(() => process.kill(process.pid, 'SIGTERM'), 200);
      setInterval(() => {}, 1000);`;
    const { finished } = await session('listeners', [process.execPath, '-e', script], ['--with', 'cpu']);
    expect([finished.stdout, finished.code]).toEqual(['mine 1\n', 9]);
  });

  it('follows the workers of a cluster', async () => {
    const { session: result } = await session('cluster', [process.execPath, 'cluster.cjs'], ['--with', 'cpu']);
    expect(result.processes.map(({ kind, threads }) => [kind, threads[0]?.files.cpuprofile !== undefined])).toEqual([
      ['node', true],
      ['node', true],
      ['node', true],
    ]);
  });

  it('follows hundreds of short processes', async () => {
    const script = 'for i in $(seq 150); do node -e 0 & [ $((i % 8)) -eq 0 ] && wait; done; wait';
    const { session: result } = await session('many', ['sh', '-c', script], ['--with', 'cpu']);
    const nodes = result.processes.filter(({ kind }) => kind === 'node');
    expect(nodes).toHaveLength(150);
    expect(nodes.every(({ threads }) => threads[0]?.files.cpuprofile !== undefined)).toBe(true);
  }, 180_000);

  it.skipIf(process.geteuid?.() !== 0)('keeps standard output clean in a folder that may not be written', async () => {
    const place = mkdtempSync(join(tmpdir(), 'forgebench-read-only-'));
    try {
      const script = "console.log('only this')";
      const program = [join(ROOT, 'bin/forgebench.mjs'), 'session', process.execPath, '-e', script];
      const run = spawnSync('setpriv', ['--reuid', '65534', '--clear-groups', process.execPath, ...program], {
        cwd: place,
        encoding: 'utf8',
        env: { ...process.env, HOME: '/tmp', CI: '1' },
      });
      expect(run.stdout).toBe('only this\n');
      expect(run.stderr).toContain('No mixed flame graph: the working folder is read-only');
      expect([run.status, readdirSync(place)]).toEqual([0, []]);
      rmSync(/Files: (.+)/.exec(run.stderr)?.[1] ?? '', { recursive: true, force: true });
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  it('takes the command from an npm script', async () => {
    mkdirSync(join(folder, 'elsewhere'), { recursive: true });
    writeFileSync(join(folder, 'elsewhere/package.json'), '{"scripts":{"session":"node \\"$PROGRAM\\" session"}}');
    const env = { ...process.env, PROGRAM: join(ROOT, 'bin/forgebench.mjs'), CI: '1' };
    const words = ['run', '--silent', 'session', '--', 'node', '../burn.cjs', '20', 'x', '5'];
    const run = spawnSync('npm', words, { cwd: join(folder, 'elsewhere'), encoding: 'utf8', env });
    expect(run.stderr).toContain('burn.cjs');
    expect(run.status).toBe(5);
    await setTimeout(0);
  });
});
