// A user's project in a temporary folder, and the real program run in it.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = join(ROOT, 'bin/forgebench.mjs');
const TRIPLE = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.*)$/m)?.[1] as string;

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * A copy of a fixture inside this repository, so that `import 'forgebench'` finds the package as it does in a user's
 * project that has installed it.
 */
export function makeProject(fixture?: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(ROOT, '.forgebench-test-'));
  if (fixture) cpSync(join(ROOT, 'test/fixtures', fixture), folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Gives the tests of a file a cache of builds and checkouts in place of the user's own; the function returned removes it. */
export function useOwnCache(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-cache-'));
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = folder;
  return () => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(folder, { recursive: true });
  };
}

/** Starts `forgebench` with these arguments; `finished` resolves when it has ended. */
export function start(args: readonly string[], cwd: string, env = process.env) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const finished = new Promise<Finished>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, finished };
}

/** Runs `forgebench` to its end. */
export function forgebench(args: readonly string[], cwd: string): Promise<Finished> {
  return start(args, cwd).finished;
}

/** Writes files into a project by their path. */
export function plant(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Processes that are running and have this text in their command line. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandLine(pid).includes(text) && isRunning(pid));
}

/** Whether a process runs; one that has ended and waits to be asked does not. */
export function isRunning(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== 'Z';
}

/** All processes below this one, however deep. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))?.[1])]),
  );
  const below = (parent: number): number[] =>
    [...parents].filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Fields of /proc/PID/stat after the name: [0] is the state, [1] the parent, [11] user time in ticks. */
export function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
}

/** Program and arguments of a process, separated by spaces. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Looks again and again until there is something to see, for as long as a busy machine may take. */
export async function waitFor<T>(look: () => T | undefined | false, limitMs = 20_000): Promise<T> {
  for (const start = Date.now(); Date.now() - start < limitMs; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await setTimeout(50);
  }
  throw new Error(`Nothing came within ${limitMs} ms`);
}

/** Builds the addon of misbehaving workloads and puts it at `file`. */
export function buildHostileAddon(file: string): void {
  buildAddon('hostile-addon', file);
}

/** Builds an addon of the fixtures and puts it at `file`. */
export function buildAddon(fixture: string, file: string, features: readonly string[] = []): void {
  cpSync(join(buildFixture(fixture, features), `lib${fixture.replaceAll('-', '_')}.so`), file);
}

/** Builds the addon of workloads with known counts, and its runner, and puts both into `folder`. */
export function buildCountedAddon(folder: string): void {
  const built = buildFixture('counted-addon');
  cpSync(join(built, 'libcounted_addon.so'), join(folder, 'counted.node'));
  cpSync(join(built, 'counted-runner'), join(folder, 'counted-runner'));
}

/** Builds a crate outside the workspace; returns the folder of what cargo made. */
function buildFixture(name: string, features: readonly string[] = []): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const { RUSTFLAGS: _ours, ...env } = process.env;
  const command = ['build', '--release', '--locked', '--target', TRIPLE, '--features', features.join(',')];
  execFileSync('cargo', command, {
    cwd: join(ROOT, 'test/fixtures', name),
    env: { ...env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return join(target, TRIPLE, 'release');
}
