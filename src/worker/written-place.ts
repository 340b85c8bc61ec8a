// Places in a transpiled module as its author knows them. Read only where something failed: Node's own source maps would make
// every error of the code under test slower.
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const INLINE_MAP = /^\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/m;
const PLACE = /(file:\/\/\/[^()]+):(\d+):(\d+)/;
/** What the cache adds to a name. */
const HASH = /-[0-9a-f]{8}$/;

/** The file that a transpiled one was made of; `file` itself where it was not transpiled. */
export function writtenFile(file: string): string {
  const name = parse(file).name.replace(HASH, '');
  const source = readMap(file)?.payload.sources.find((each) => parse(each).name === name);
  return source === undefined ? file : resolve(dirname(file), source);
}

/**
 * `text` with its first place replaced by the one that a person wrote, where there is a source map that knows it.
 *
 * @example
 * withWrittenPlace('at parse (file:///mine/.forgebench/cache/parse-0a1b2c3d.mjs:41:9)') // 'at parse (/mine/benches/parse.ts:7:11)'
 */
export function withWrittenPlace(text: string): string {
  return text.replace(PLACE, (place, url: string, line: string, column: string) => {
    const file = fileURLToPath(url);
    const entry = readMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    return `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function readMap(file: string): SourceMap | undefined {
  try {
    const inline = INLINE_MAP.exec(readFileSync(file, 'utf8'))?.[1];
    if (inline === undefined) return undefined;
    return new SourceMap(JSON.parse(Buffer.from(inline, 'base64').toString()) as SourceMapPayload);
  } catch {
    // A file that is gone or a map that is none: the place in what ran is still right.
    return undefined;
  }
}
