// A server of PostgreSQL for one test file: its own data, reached by a socket in a temporary folder.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Debian keeps the programs of the server out of the path. */
const DEBIAN = '/usr/lib/postgresql';

/** Folder of `initdb` and `postgres`; undefined where they are not installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** A running server. */
export interface PostgresServer {
  /** The URL of an empty database. */
  createDatabase(name: string): string;
  stop(): Promise<void>;
}

/** Starts a server; it needs no port, which another program might have. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fb-pg-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const as = (program: string, ...args: string[]): [string, string[]] =>
    unprivileged([join(programs, program), ...args]);
  const [initdb, initdbArgs] = as(
    'initdb',
    '-D',
    data,
    '-U',
    'bench',
    '--auth=trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  );
  execFileSync(initdb, initdbArgs, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const [postgres, postgresArgs] = as(
    'postgres',
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'fsync=off',
  );
  const server = spawn(postgres, postgresArgs, { cwd: folder, stdio: 'ignore' });
  const ready = () => spawnSync(join(programs, 'pg_isready'), ['-h', folder], { stdio: 'ignore' }).status;
  await untilItAnswers(ready, server);
  return {
    createDatabase(name) {
      const make = `create database ${name}`;
      execFileSync(join(programs, 'psql'), ['-h', folder, '-U', 'bench', '-d', 'postgres', '-q', '-c', make]);
      return `postgres://bench@localhost/${name}?host=${folder}`;
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(command: [string, ...string[]]): [string, string[]] {
  const [program, ...args] = command;
  if (process.getuid?.() !== 0) return [program, args];
  return ['setpriv', ['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', program, ...args]];
}

async function untilItAnswers(ready: () => number | null, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (ready() === 0) return;
    if (server.exitCode !== null) throw new Error(`postgres ended with exit code ${server.exitCode}`);
    await setTimeout(100);
  }
  throw new Error('postgres does not answer within 30 s');
}
