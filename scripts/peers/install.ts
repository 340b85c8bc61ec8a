// Installs peers outside the project, each set of packages in an environment of its own.
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { cargoEnvironment } from '../build/cargo.js';
import { runCommand } from '../setup/command.mjs';
import type { Peer } from './row.js';

/** Programs of contestants. */
const PROGRAMS = resolve('scripts/peers/programs');

/** Where environments lie; it may be deleted at any time. */
export function peersFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'forgebench', 'peers');
}

/** The command that starts this project's own program. */
export function ownCommand(): [string, ...string[]] {
  return [process.execPath, join(PROGRAMS, 'forgebench.mjs')];
}

/**
 * Installs what is not there.
 *
 * @returns The command that starts the peer's program.
 * @throws Error with the reason where the packages do not install.
 */
export function installPeer(peer: Peer, folder = peersFolder()): Promise<[string, ...string[]]> {
  return peer.language === 'rust' ? buildProgram(peer, folder) : makeEnvironment(peer, folder);
}

/** Cargo itself knows what is up to date. */
async function buildProgram(peer: Peer, folder: string): Promise<[string, ...string[]]> {
  const target = join(folder, peer.program);
  const manifest = join(PROGRAMS, peer.program, 'Cargo.toml');
  const options = ['--manifest-path', manifest, '--target-dir', target, '--release', '--locked', '--quiet'];
  await succeed(['cargo', 'build', ...options]);
  return [join(target, 'release', `forgebench-${peer.program}-peer`)];
}

async function makeEnvironment(peer: Peer, folder: string): Promise<[string, ...string[]]> {
  const name = createHash('sha256').update(JSON.stringify(peer.packages)).digest('hex').slice(0, 12);
  const environment = join(folder, name);
  const python = join(environment, 'bin', 'python');
  // The list is written last, so that an interrupted installation is begun anew.
  const installed = join(environment, 'installed.txt');
  if (!existsSync(installed)) {
    rmSync(environment, { recursive: true, force: true });
    await succeed(['python3', '-m', 'venv', environment]);
    await succeed([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...peer.packages]);
    writeFileSync(installed, `${peer.packages.join('\n')}\n`);
  }
  return [python, join(PROGRAMS, peer.program)];
}

async function succeed(command: [string, ...string[]]): Promise<void> {
  const { code, output } = await runCommand(command, { env: cargoEnvironment() });
  if (code === 0) return;
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const reason = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `exit code ${code}`;
  throw new Error(reason.trim());
}
