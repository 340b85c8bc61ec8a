// Proves that imports flow one way: a room of `src` uses only rooms of lower rank, through their doors (programs of browsers
// through one for them as well),
// and N-API stays in the border and the addons, where no panic ends the process.
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { type Crate, dependencyNames, listCrates } from './build/crates.js';
import { parse, place, readSources } from './check/source-files.js';

/** Rooms by rank, lowest first; rooms of one line do not know each other. */
const RANKS = [
  ['units', 'page'],
  ['native'],
  ['heap', 'documents', 'histogram', 'inference'],
  ['samples', 'profile'],
  ['definition', 'timeline'],
  ['plan', 'statistics', 'explain'],
  ['worker', 'run', 'versions'],
  ['store', 'session'],
  ['compare', 'history'],
  ['report', 'monitoring'],
  ['dashboard', 'ci'],
  ['alert'],
  ['cli'],
];

/** Libraries that are linked into addons for what they export to JavaScript. */
const BORDERS: ReadonlySet<string> = new Set(['forgebench-border', 'forgebench-recorder-border']);

/**
 * Looks for imports against the ranks.
 *
 * @param root The repository.
 * @returns A sentence for each violation, with its place.
 * @example
 * checkRooms('.'); // ['src/units/format.ts:3: units (rank 0) imports plan (rank 4)']
 */
export function checkRooms(root: string): string[] {
  return [...checkTypeScript(root), ...checkCrates(listCrates(root)), ...checkExports(root)];
}

function checkTypeScript(root: string): string[] {
  return readSources(root, ['src'], ['.ts']).flatMap((file) => {
    const tree = parse(file);
    const room = roomOf(file.path);
    if (rankOf(room) === -1) return [`${file.path}: no room of this name has a rank; add it to scripts/check-rooms.ts`];
    const opened = room === 'native' ? [] : dlopens(tree);
    return [
      ...opened,
      ...importsOf(tree).flatMap(({ specifier, position }) =>
        judge(file.path, specifier).map((text) => `${place(tree, position)}: ${text}`),
      ),
    ];
  });
}

/** What is wrong with an import, if anything. */
function judge(importer: string, specifier: string): string[] {
  const room = roomOf(importer);
  if (specifier.endsWith('.node') && room !== 'native') return ['an addon is opened outside src/native'];
  if (!specifier.startsWith('.')) return [];
  const target = normalize(join(dirname(importer), specifier));
  if (!target.startsWith('src/')) {
    const typesOfAddon = room === 'native' && target.startsWith('native/');
    return typesOfAddon ? [] : [`imports ${target}, which is outside src`];
  }
  const other = roomOf(target);
  if (other === room) return [];
  const isOfBrowser = importer.split('/')[2] === 'client';
  const doors = [`src/${other}/index.js`, ...(isOfBrowser ? [`src/${other}/client/index.js`] : [])];
  if (!doors.includes(target)) return [`imports ${target}; the only door of ${other} is ${doors.join(' or ')}`];
  if (rankOf(other) < rankOf(room)) return [];
  return [`${room} (rank ${rankOf(room)}) imports ${other} (rank ${rankOf(other)})`];
}

function checkCrates(crates: readonly Crate[]): string[] {
  const border = crates.filter((crate) => BORDERS.has(crate.name) || crate.binaryName !== undefined);
  const names = border.map((crate) => crate.name);
  const pure = crates.filter((crate) => !border.includes(crate));
  return pure.flatMap((crate) => {
    const forbidden = dependencyNames(crate.manifest).filter((name) => /^napi(-|$)/.test(name) || names.includes(name));
    return forbidden.map(
      (name) => `${crate.folder}/Cargo.toml: depends on ${name}, which only the border and addons may`,
    );
  });
}

interface Unguarded {
  pattern: RegExp;
  /** Where it is guarded. */
  home: readonly string[];
  remedy: string;
}

/** What ends the process of Node.js where it panics. */
const UNGUARDED: readonly Unguarded[] = [
  {
    pattern: /\bnapi_derive::/,
    home: ['native/border-attribute/src/lib.rs'],
    remedy:
      'a function of napi-derive ends the process where it panics; use the attribute of forgebench-border-attribute',
  },
  {
    pattern: /\bTask for\b/,
    home: ['native/border/src/tasks.rs', 'native/engine-addon/src/work.rs'],
    remedy: 'a task of its own ends the process where it panics; use work_task',
  },
];

function checkExports(root: string): string[] {
  return readSources(root, ['native'], ['.rs']).flatMap(({ path, text }) => {
    const wanted = UNGUARDED.filter(({ home }) => !home.includes(path));
    const judge = (line: string, at: number): string[] =>
      wanted.filter(({ pattern }) => pattern.test(line)).map(({ remedy }) => `${path}:${at + 1}: ${remedy}`);
    return text.split('\n').flatMap(judge);
  });
}

interface Import {
  specifier: string;
  position: number;
}

/** Static, dynamic and type imports, and exports from elsewhere. */
function importsOf(tree: ts.SourceFile): Import[] {
  return ts
    .preProcessFile(tree.text, true, true)
    .importedFiles.map(({ fileName, pos }) => ({ specifier: fileName, position: pos }));
}

function dlopens(tree: ts.SourceFile): string[] {
  const position = tree.text.indexOf('process.dlopen');
  return position === -1 ? [] : [`${place(tree, position)}: an addon is opened outside src/native`];
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function rankOf(room: string): number {
  return RANKS.findIndex((rooms) => rooms.includes(room));
}
