// Installs peers outside the project, each set of packages in an environment of its own.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
  return INSTALLERS[peer.language](peer, folder);
}

const INSTALLERS: Readonly<Record<Peer['language'], (peer: Peer, folder: string) => Promise<[string, ...string[]]>>> = {
  python: async (peer, folder) => {
    const environment = await makeEnvironment(peer, folder, installPython);
    return [join(environment, 'bin', 'python'), join(PROGRAMS, peer.program)];
  },
  // Packages are found from the folder that they were installed into, which the program is told.
  javascript: async (peer, folder) => {
    const environment = await makeEnvironment(peer, folder, installJavaScript);
    const { runtime } = peer;
    const node = runtime === undefined ? process.execPath : join(environment, 'node_modules', runtime, 'bin', 'node');
    return [node, join(PROGRAMS, peer.program), environment];
  },
  rust: async (peer, folder) => [join(await buildCrate(peer, folder), `forgebench-${peer.program}-peer`)],
  addon: async (peer, folder) => {
    const library = `libforgebench_${peer.program}_peer.so`;
    return [process.execPath, join(PROGRAMS, peer.program, 'peer.mjs'), join(await buildCrate(peer, folder), library)];
  },
};

/** Cargo itself knows what is up to date. Gives the folder of what it made. */
async function buildCrate(peer: Peer, folder: string): Promise<string> {
  const target = join(folder, peer.program);
  const manifest = join(PROGRAMS, peer.program, 'Cargo.toml');
  const options = ['--manifest-path', manifest, '--target-dir', target, '--release', '--locked', '--quiet'];
  await succeed(['cargo', 'build', ...options]);
  return join(target, 'release');
}

type Install = (environment: string, packages: readonly string[]) => Promise<void>;

/** A folder with a peer's packages, made where it is not there. */
async function makeEnvironment({ packages }: Peer, folder: string, install: Install): Promise<string> {
  const name = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12);
  const environment = join(folder, name);
  // The list is written last, so that an interrupted installation is begun anew.
  const installed = join(environment, 'installed.txt');
  if (!existsSync(installed)) {
    rmSync(environment, { recursive: true, force: true });
    await install(environment, packages);
    writeFileSync(installed, `${packages.join('\n')}\n`);
  }
  return environment;
}

async function installPython(environment: string, packages: readonly string[]): Promise<void> {
  const python = join(environment, 'bin', 'python');
  await succeed(['python3', '-m', 'venv', environment]);
  await succeed([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
}

async function installJavaScript(environment: string, packages: readonly string[]): Promise<void> {
  mkdirSync(environment, { recursive: true });
  // A manifest keeps npm from looking for one in the folders above.
  writeFileSync(join(environment, 'package.json'), '{ "private": true }\n');
  await succeed([
    'npm',
    'install',
    '--prefix',
    environment,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    ...packages,
  ]);
}

async function succeed(command: [string, ...string[]]): Promise<void> {
  const { code, output } = await runCommand(command, { env: cargoEnvironment() });
  if (code === 0) return;
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const reason = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `exit code ${code}`;
  throw new Error(reason.trim());
}
