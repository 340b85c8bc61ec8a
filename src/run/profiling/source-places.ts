// Places in measured JavaScript as a person knows them: paths within the project, lines of the TypeScript behind them.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DifferenceOptions, declarationLine } from '../../heap/index.js';

const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;
const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const LINES_TRIED = 50;

interface Source {
  path: string;
  text: string;
  map: SourceMap | undefined;
}

/**
 * Tells places and the sources that files belong to.
 *
 * @param ownFolders folders whose JavaScript is forgebench's own
 */
export function sourcePlaces({ ownFolders }: { ownFolders: readonly string[] }): DifferenceOptions {
  const known = new Map<string, Source | undefined>();
  const read = (file: string) => {
    if (!known.has(file)) known.set(file, readSource(file));
    return known.get(file);
  };
  const isOwn = (file: string) => ownFolders.some((folder) => pathOf(file).startsWith(folder));
  return {
    sourceOf(file, line) {
      if (file.startsWith('node:')) return 'Node.js';
      if (isOwn(file)) return 'forgebench';
      return PACKAGE.exec(file)?.[1] ?? placeIn(read(file), file, line).file;
    },
    showPlace(file, line, variable) {
      // What leads through forgebench to the workload is named well enough by its variables.
      if (isOwn(file)) return undefined;
      const source = read(file);
      const declared = source && variable !== undefined ? declarationLine(source.text, variable) : undefined;
      const place = placeIn(source, file, declared ?? line);
      return place.line === undefined ? place.file : `${place.file}:${place.line}`;
    },
  };
}

function placeIn(source: Source | undefined, file: string, line: number | undefined): { file: string; line?: number } {
  const shown = (path: string) => {
    const inside = relative(process.cwd(), path);
    return inside.startsWith('..') ? path : inside;
  };
  const entry = source?.map && mapped(source.map, line ?? 1);
  if (source && entry) {
    const original = resolve(dirname(source.path), entry.originalSource.replace(/^file:\/\//, ''));
    return { file: shown(original), ...(line !== undefined && { line: entry.originalLine + 1 }) };
  }
  return { file: source ? shown(source.path) : file, ...(line !== undefined && { line }) };
}

/** The entry of a line, or of the next that has one: comments have none. */
function mapped(map: SourceMap, line: number): SourceMapping | undefined {
  for (let at = line - 1; at < line + LINES_TRIED; at++) {
    const entry = map.findEntry(at, 0);
    if ('originalSource' in entry && entry.originalSource) return entry;
  }
  return undefined;
}

function pathOf(file: string): string {
  return file.startsWith('file://') ? fileURLToPath(file) : file;
}

function readSource(file: string): Source | undefined {
  const path = pathOf(file);
  if (!path.startsWith('/') || !existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const inline = INLINE_MAP.exec(text)?.[1];
  const payload = inline && (JSON.parse(Buffer.from(inline, 'base64').toString()) as SourceMapPayload);
  return { path, text, map: payload ? new SourceMap(payload) : undefined };
}
