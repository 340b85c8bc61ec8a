// Which tool wrote a file or folder, told by its content; names and endings say nothing.
import { readFileSync, statSync } from 'node:fs';
import { StoreError } from '../store-error.js';
import { STORED_VERSION, type StoredRun, storedRun } from '../stored-run.js';
import { fromCriterion, isCriterion } from './criterion.js';
import { fromGo, isGo } from './go.js';
import { fromHyperfine, isHyperfine } from './hyperfine.js';
import { readShape } from './read-json.js';
import { fromTinybench, fromVitest, isTinybench, isVitest } from './tinybench.js';

const READABLE =
  'an export of forgebench, a run folder or run.json, a "target/criterion" folder, JSON of hyperfine, tinybench or "vitest bench", text of "go test -bench"';

/**
 * Reads the runs of a file that `export` or another tool has written, or of Criterion's folder.
 *
 * @throws StoreError where it is none of these, cut off, or does not fit
 */
export function importFile(path: string): StoredRun[] {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    if (isCriterion(path)) return fromCriterion(path);
    throw unknown(path);
  }
  const text = readFileSync(path, 'utf8');
  const source = { path, at: stat.mtime };
  const value = tryJson(text);
  if (isHyperfine(value)) return fromHyperfine(value, source);
  if (isVitest(value)) return fromVitest(value, source);
  if (isTinybench(value)) return fromTinybench(value, source);
  if (isExport(text)) return fromExport(text, path);
  if (isGo(text)) return fromGo(text, source);
  throw unknown(path);
}

/** The first line may itself be cut off. */
function isExport(text: string): boolean {
  return /^\s*\{"version":\d+,"id":"/.test(text);
}

/** Every line is a run; one that cannot be read is named, and nothing of the file is taken. */
function fromExport(text: string, path: string): StoredRun[] {
  const lines = text.split('\n');
  return lines.flatMap((line, position) => {
    if (line.trim() === '') return [];
    const value = tryJson(line);
    if (value === undefined)
      throw new StoreError(
        `Cannot import "${path}": line ${position + 1} is ${position === lines.length - 1 ? 'cut off' : 'no JSON'}; export it again`,
      );
    const { version } = value as { version?: unknown };
    if (typeof version === 'number' && version > STORED_VERSION)
      throw new StoreError(
        `Cannot import "${path}": line ${position + 1} has version ${version}, this forgebench reads version ${STORED_VERSION}; update forgebench`,
      );
    return [readShape(storedRun, value, { path: `${path}:${position + 1}`, tool: 'forgebench' })];
  });
}

function unknown(path: string): StoreError {
  return new StoreError(`Cannot import "${path}": it is none of what can be read: ${READABLE}`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
