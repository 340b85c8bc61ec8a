// Files with symbols for those of a capture: the same build, told by its build id and by nothing else.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Captured } from './captured.js';

/** A file of a capture with the file that names its code. */
export interface FoundSymbols {
  path: string;
  /** Absent where the folder has none of this build. */
  symbols?: string;
}

/** Where to look, and how to tell what is there. */
export interface SymbolFolder {
  folder: string;
  /** The build id of a file; nothing where it has none. */
  buildIdOf(file: string): string | undefined;
}

/**
 * Looks for each file's symbols: as `.build-id/xx/yyyy.debug`, as distributions lay them out, and in all files of the
 * folder, whatever they are called.
 *
 * @throws Error where a file of the same name is of another build: its lines would be wrong
 */
export function findSymbols(files: Captured['files'], { folder, buildIdOf }: SymbolFolder): FoundSymbols[] {
  const ids = new Map<string, string>();
  const others = new Map<string, string>();
  for (const file of filesBelow(folder)) {
    const id = buildIdOf(file);
    if (id !== undefined && !ids.has(id)) ids.set(id, file);
    others.set(plainName(file), file);
  }
  return files.map(({ path, buildId }) => {
    const symbols = buildId === null ? undefined : (byLayout(folder, buildId, buildIdOf) ?? ids.get(buildId));
    if (symbols !== undefined) return { path, symbols };
    const namesake = others.get(plainName(path));
    if (namesake !== undefined) throw refusal(path, { buildId, namesake, its: buildIdOf(namesake) });
    return { path };
  });
}

function byLayout(folder: string, id: string, buildIdOf: SymbolFolder['buildIdOf']): string | undefined {
  const file = join(folder, '.build-id', id.slice(0, 2), `${id.slice(2)}.debug`);
  return existsSync(file) && buildIdOf(file) === id ? file : undefined;
}

function refusal(
  path: string,
  { buildId, namesake, its }: { buildId: string | null; namesake: string; its: string | undefined },
): Error {
  if (buildId === null)
    return new Error(
      `Cannot use "${namesake}" for "${path}": the recorded file has no build id; link it with "-Wl,--build-id" and record again`,
    );
  return new Error(
    `Cannot use "${namesake}" for "${path}": its build id is ${its ?? 'missing'}, that of the recorded file is ${buildId}; give the file of the build that ran`,
  );
}

/** `addon.node.debug` and `addon.debug` are the symbols of `addon.node`. */
function plainName(file: string): string {
  return basename(file)
    .replace(/\.debug$/, '')
    .replace(/\.(node|so[.\d]*)$/, '');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
