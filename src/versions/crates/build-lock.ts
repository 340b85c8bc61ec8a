// One build of versions at a time: they share a workspace.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/**
 * Does something while no other process does, as far as both ask for the same file. A lock whose process has died
 * counts for nothing.
 *
 * @param onWait is called once where another process has to be waited for
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: (owner: number) => void): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let waited = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    if (owner !== undefined && isAlive(owner)) {
      if (!waited) onWait(owner);
      waited = true;
      await setTimeout(LOOK_EVERY_MS);
    } else removeDead(file);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The file appears with its owner in it: one that were created first and written then would belong to nobody meanwhile. */
function take(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Puts the lock of a dead process aside; what another has taken since then is given back. */
function removeDead(file: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
    const owner = ownerOf(aside);
    if (owner !== undefined && isAlive(owner)) linkSync(aside, file);
  } catch (error) {
    // Somebody else was faster.
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined; // It was given back meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
