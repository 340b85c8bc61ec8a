// How fast the dashboard answers many visitors at once, also while a run is being written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Visit, visit } from './load/visitors.js';

const HELP = `Options: --visitors 50, --every 2000 (milliseconds between two pages of one), --seconds 60, --seed 1,
  --folder DIR (the project whose store is served, this one if absent), --url URL (a dashboard that runs already)
`;
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99, max: 1 };

/** Visits the dashboard and prints how long pages took; returns the exit code: 1 where one failed. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stderr.write(HELP);
    return 0;
  }
  const text = { type: 'string' } as const;
  const options = { visitors: text, every: text, seconds: text, seed: text, folder: text, url: text };
  const { values } = parseArgs({ args: [...args], options });
  const server = values.url === undefined ? await serve(values.folder ?? '.') : elsewhere(values.url);
  const before = server.cpuMs();
  const visits = await visit(server.url, {
    visitors: Number(values.visitors ?? 50),
    everyMs: Number(values.every ?? 2000),
    forMs: 1000 * Number(values.seconds ?? 60),
    seed: Number(values.seed ?? 1),
  });
  const cpuMs = server.cpuMs() - before;
  await server.end();
  if (cpuMs > 0)
    process.stdout.write(`The server took ${(cpuMs / visits.length).toFixed(1)} ms of a processor for a page.\n`);
  return report(visits);
}

interface Server {
  url: string;
  /** Processor time so far; 0 where it is not known. */
  cpuMs(): number;
  end(): Promise<void>;
}

function elsewhere(url: string): Server {
  return { url, cpuMs: () => 0, end: async () => {} };
}

async function serve(folder: string): Promise<Server> {
  const program = `${process.cwd()}/bin/forgebench.mjs`;
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    const url = /http:\S+/.exec(printed)?.[0];
    if (url === undefined) continue;
    return {
      url,
      cpuMs: () => cpuMsOf(child.pid as number),
      async end() {
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`Cannot serve the store of "${folder}": forgebench serve has ended`);
}

/** User and system time are fields 14 and 15 of `/proc/PID/stat`, in hundredths of a second (proc(5)). */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function report(visits: readonly Visit[]): number {
  const failed = visits.filter(({ error }) => error !== undefined);
  const paths = [...new Set(visits.map(({ path }) => path))].sort();
  const rows = [
    ...paths.map((path) =>
      row(
        path,
        visits.filter((each) => each.path === path),
      ),
    ),
    row('all', visits),
  ];
  process.stdout.write(['page visits failed p50 p95 p99 max (ms)', ...rows].join('\n').concat('\n'));
  for (const { error } of failed.slice(0, 5)) process.stdout.write(`${error}\n`);
  return failed.length > 0 ? 1 : 0;
}

function row(name: string, visits: readonly Visit[]): string {
  const sorted = visits.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  const failed = visits.filter(({ error }) => error !== undefined).length;
  return [name, visits.length, failed, ...Object.values(SHARES).map((share) => at(share).toFixed(0))].join(' ');
}
