// Frames of transpiled JavaScript get the file, line and name that a person wrote.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import { isJavaScript, javaScriptOrigin } from './javascript-frame.js';
import type { Frame, Profile } from './profile.js';

/**
 * Looks frames of JavaScript up in the source maps of their files, inline or beside them. Where there is no map, a broken
 * one, or none for the place, a frame stays as it is; so does forgebench's own code.
 *
 * Without a column the first place of the line is taken: that is right unless a minifier has put several functions into
 * a line. A name is taken only where the map has one for the function's
 * own identifier.
 */
export function mapSources(profile: Profile): Profile {
  const maps = new Map<string, Transpiled | undefined>();
  const frames = profile.frames.map((frame) => {
    const { file, line, origin } = frame;
    if (!isJavaScript(frame) || !file?.startsWith('/') || line === undefined || origin === 'forgebench') return frame;
    if (!maps.has(file)) maps.set(file, readMap(file));
    const transpiled = maps.get(file);
    return transpiled ? mapFrame(frame, line, transpiled) : frame;
  });
  return { ...profile, frames };
}

/** A file that was made from others. */
interface Transpiled {
  lines: string[];
  map: TraceMap;
}

function readMap(file: string): Transpiled | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const url = [...text.matchAll(/^\/\/[#@]\s*sourceMappingURL=(\S+)\s*$/gm)].at(-1)?.[1];
    if (url === undefined) return undefined;
    const [path, content] = url.startsWith('data:') ? [file, inline(url)] : beside(file, url);
    return { lines: text.split('\n'), map: new TraceMap(content, pathToFileURL(path).href) };
  } catch {
    // The file is gone, or its map is no map: the frame is still right about what ran.
    return undefined;
  }
}

function inline(url: string): string {
  const comma = url.indexOf(',');
  const data = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(data, 'base64').toString('utf8')
    : decodeURIComponent(data);
}

function beside(file: string, url: string): [string, string] {
  const path = resolve(dirname(file), decodeURIComponent(url));
  return [path, readFileSync(path, 'utf8')];
}

function mapFrame(frame: Frame, line: number, { lines, map }: Transpiled): Frame {
  const { column } = frame;
  const segment = column === undefined ? null : traceSegment(map, line - 1, column - 1);
  const [generated, source, sourceLine, sourceColumn, name] = segment ?? [];
  if (generated === undefined || source === undefined) {
    if (column !== undefined) return frame;
    const found = originalPositionFor(map, { line, column: 0, bias: LEAST_UPPER_BOUND });
    return found.source === null ? frame : at(frame, found.source, found.line);
  }
  const file = map.resolvedSources[source];
  if (!file) return frame;
  const text = lines[line - 1]?.slice(generated) ?? '';
  const written = name === undefined ? undefined : rename(frame.name, map.names[name], text);
  return {
    ...at(frame, file, (sourceLine as number) + 1),
    column: (sourceColumn as number) + 1,
    ...(written !== undefined && { name: written }),
  };
}

function at({ column: _, ...frame }: Frame, source: string, line: number): Frame {
  const file = source.startsWith('file://') ? fileURLToPath(source) : source;
  return { ...frame, file, line, origin: javaScriptOrigin(file, []) };
}

/** The name before it was shortened, where the text at the place is the function's own short name. */
function rename(short: string, name: string | undefined, text: string): string | undefined {
  const [identifier] = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/u.exec(text) ?? [];
  if (name === undefined || identifier === undefined) return undefined;
  if (short === identifier) return name;
  return short.endsWith(`.${identifier}`) ? `${short.slice(0, -identifier.length)}${name}` : undefined;
}
