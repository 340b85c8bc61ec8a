// What may happen to a machine while the real workloads run on it: ports are taken, the disk runs full, the temporary
// folder goes, a process is killed. Only the case that is hit fails, with the reason, and nothing of it stays.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { commandLine, descendantsOf, isRunning, makeProject, ROOT, waitFor } from './project.js';

const project = makeProject();
const outside = mkdtempSync(join(tmpdir(), 'forgebench-faults-'));
beforeAll(() => cpSync(join(ROOT, 'benches'), join(project.folder, 'benches'), { recursive: true }));
afterAll(() => {
  project.remove();
  rmSync(outside, { recursive: true, force: true });
});

/** What no fault can hit: it needs neither ports nor files. */
const HEALTHY = 'model/id-generate';
const RUN = ['run', HEALTHY, '--quick', '--launches', '2', '--budget', '10s', '--seed', '1', '--json'];
const FORGEBENCH = [process.execPath, join(ROOT, 'bin/forgebench.mjs'), ...RUN];
/** Time between two looks at what runs; whatever is to be hit lives many times as long. */
const LOOK_MS = 15;

/** Id of a case that is hit, the reason of its failures, and their message. */
type Hit = [id: string, reason: string, message: RegExp];

interface Fault {
  hits: readonly Hit[];
  /** A program and its arguments that run forgebench in turn. */
  wrapper?: readonly string[];
  /** Called again and again while it runs, with all processes below it and the temporary folder. */
  strike?: (processes: readonly number[], temporary: string) => void;
}

interface Struck {
  code: number | null;
  stderr: string;
  run: RunRecord;
  /** Every process that was seen below the test. */
  seen: ReadonlySet<number>;
  /** Paths in the temporary folder afterwards. */
  left: readonly string[];
}

/** Runs the cases that are hit and the healthy one, in a temporary folder of their own. */
async function runUnder({ hits, wrapper = [], strike }: Fault): Promise<Struck> {
  const temporary = mkdtempSync(join(outside, 'tmp-'));
  const [program = '', ...words] = [...wrapper, ...FORGEBENCH, ...hits.map(([id]) => id)];
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(program, words, { cwd: project.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
    });
  const seen = new Set<number>();
  const timer = setInterval(() => {
    const processes = descendantsOf(child.pid as number);
    for (const pid of processes) seen.add(pid);
    strike?.(processes, temporary);
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(timer);
  expect(output.stdout, output.stderr).toMatch(/^\{/);
  return { code, stderr: output.stderr, run: JSON.parse(output.stdout) as RunRecord, seen, left: below(temporary) };
}

/** All paths in a folder, relative to it. */
function below(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return []; // It was removed, or something in it was while we looked.
  }
}

/** What holds under every fault. */
function itHits(fault: Fault): () => Struck {
  let struck: Struck;
  beforeAll(async () => {
    struck = await runUnder(fault);
  }, 180_000);

  it.each(fault.hits)('fails each launch of %s as "%s", saying %s', (id, reason, message) => {
    const failures = struck.run.failures.filter(({ caseId }) => caseId === id).map(({ failure }) => failure);
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) {
      expect(failure.message).toMatch(message);
      expect(failure.reason).toBe(reason);
    }
    const summary = struck.run.summaries.find(({ caseId }) => caseId === id);
    expect(summary?.launches).toEqual({ time: 0, memory: 0, failed: failures.length, interrupted: 0 });
  });

  it('measures what it does not hit, goes on to the end, and exits with 3', () => {
    const healthy = struck.run.summaries.find(({ caseId }) => caseId === HEALTHY);
    expect(healthy?.launches).toEqual({ time: 2, memory: 0, failed: 0, interrupted: 0 });
    expect(healthy?.p50).toHaveProperty('estimate');
    expect(struck.run.status).toBe('finished');
    expect(struck.code, struck.stderr).toBe(3);
  });

  it('leaves no process behind', async () => {
    expect(struck.seen.size).toBeGreaterThan(fault.hits.length);
    const survivors = () => [...struck.seen].filter(isRunning).map(commandLine);
    await waitFor(() => survivors().length === 0).catch(() => {});
    expect(survivors()).toEqual([]);
  });

  it('leaves no file behind', () => {
    expect(struck.left).toEqual([]);
  });

  return () => struck;
}

/** Runs a shell's script in namespaces of its own, in which it is root; "$@" are the words after it. */
const isolated = (script: string, ...words: string[]): string[] => [
  'unshare',
  ...['--map-root-user', '--net', '--mount', 'sh', '-c', script, 'sh'],
  ...words,
];

/** Whether this machine has the programs and allows what the script does. */
function allows(script: string): boolean {
  const [program = '', ...words] = isolated(script, 'true');
  const folder = mkdtempSync(join(outside, 'allows-'));
  return spawnSync(program, words, { env: { ...process.env, TMPDIR: folder }, stdio: 'ignore' }).status === 0;
}

// Listening sockets of other programs are in another network: what listens afterwards can only be the run's.
const FEW_PORTS = 'ip link set lo up && echo "50000 50031" >/proc/sys/net/ipv4/ip_local_port_range && "$@"';

describe.skipIf(!allows(FEW_PORTS))('all ports are taken, where "unshare" and "ip" may make a network', () => {
  const listening = join(outside, 'listening');
  const taker = join(ROOT, 'test/fixtures/faults/take-ports.mjs');
  itHits({
    hits: [
      [
        'collaboration/memory-per-user[users=10]',
        'setup',
        /^Cannot set up the workload: .*\bport\b.*: Address already in use/,
      ],
    ],
    wrapper: isolated(FEW_PORTS, process.execPath, taker, listening),
  });

  it('leaves no port behind that listens', () => {
    expect(readFileSync(listening, 'utf8')).toBe('');
  });
});

// The disk goes with its namespace, so what is left on it is named in the folder below it.
const SMALL_DISK = `mount -t tmpfs -o size=1m none "$TMPDIR" || exit
"$@"
code=$?
left=$(ls -A "$TMPDIR")
umount --lazy "$TMPDIR" && cd "$TMPDIR" && touch -- end $left && rm end
exit $code`;

describe.skipIf(!allows(SMALL_DISK))('the disk is full, where "unshare" and "mount" may make a small one', () => {
  itHits({
    hits: [
      ['file/export[mb=8,container=zip]', 'panic', /Cannot write ".*\/forgebench-file-.*": .*No space left on device/],
      [
        'file/export[mb=8,container=segments]',
        'panic',
        /Cannot write ".*\/forgebench-file-.*": .*No space left on device/,
      ],
      ['persistence/append[bytes=65536,mode=async]', 'setup', /^Cannot set up the workload: .*disk is full/],
      ['persistence/crash-recover[events=800]', 'setup', /^Cannot set up the workload: the writer .*disk is full/],
    ],
    wrapper: isolated(SMALL_DISK),
  });
});

describe('the temporary folder is removed under way', () => {
  let removed = 0;
  const struck = itHits({
    hits: (['zip', 'segments'] as const).map(
      (container): Hit => [
        `file/export[mb=1,container=${container}]`,
        'panic',
        /Cannot write ".*\/forgebench-file-.*": .*No such file or directory/,
      ],
    ),
    strike(_, temporary) {
      // The first file is the one that is verified; what comes after it is measured.
      if (!below(temporary).some((path) => /forgebench-file-[^/]+\/(?!1$)\d+$/.test(path))) return;
      removed += 1;
      // At once, so that the next launch finds either the whole folder or none.
      const gone = join(outside, `gone-${removed}`);
      renameSync(temporary, gone);
      rmSync(gone, { recursive: true });
    },
  });

  it('was removed once in each of the launches', () => {
    expect(removed).toBe(struck().run.failures.length);
  });
});

describe('a process is killed in the middle', () => {
  const ports = new Set<string>();
  itHits({
    hits: [
      ['collaboration/memory-per-user[users=100]', 'killed', /^The process was killed from outside/],
      ['persistence/append[bytes=4096,mode=async]', 'killed', /^The process was killed from outside/],
      [
        'persistence/crash-recover[events=800]',
        'setup',
        /^Cannot set up the workload: the writer was killed after \d+ of 800 events: .*SIGKILL/,
      ],
    ],
    strike(processes, temporary) {
      for (const pid of processes) {
        const files = openFiles(pid);
        const served = portsOf(files);
        for (const port of served) ports.add(port);
        // Of the last case it is the writer that has the database open, and not the worker that waits for it.
        if (served.length > 0 || files.some((file) => file.startsWith(temporary) && file.endsWith('.db-wal')))
          kill(pid);
      }
    },
  });

  it('leaves no port behind that listens', () => {
    expect(ports.size).toBeGreaterThan(0);
    expect(listeners().filter(({ port }) => ports.has(port))).toEqual([]);
  });
});

/** What a process has open: paths, and sockets as `socket:[INODE]`. */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const files: string[] = [];
  try {
    for (const name of readdirSync(folder)) files.push(readlinkSync(join(folder, name)));
  } catch {
    // The process has ended or closed one meanwhile; what was seen until then is true, and we look again.
  }
  return files;
}

/** Sockets that listen in this network; the port is in hexadecimal. */
function listeners(): { port: string; socket: string }[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].filter(existsSync).flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A')
      .map((fields) => ({ port: fields[1]?.split(':')[1] ?? '', socket: `socket:[${fields[9]}]` })),
  );
}

/** Ports on which the owner of these files listens. */
function portsOf(files: readonly string[]): string[] {
  if (!files.some((file) => file.startsWith('socket:'))) return [];
  return listeners()
    .filter(({ socket }) => files.includes(socket))
    .map(({ port }) => port);
}

/** Kills a process that may have ended by itself. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It had.
  }
}
