// Which tool wrote a file or folder, told by its content; names and endings say nothing.
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { StoreError } from '../store-error.js';
import { type StoredAlert, storedAlert } from '../stored-alert.js';
import { STORED_VERSION, type StoredRun, storedRun } from '../stored-run.js';
import { type StoredTriage, storedTriage } from '../stored-triage.js';
import { fromCriterion, isCriterion } from './criterion.js';
import { fromGo, isGo } from './go.js';
import { fromHyperfine, isHyperfine } from './hyperfine.js';
import type { ForeignFile } from './left-out.js';
import { readShape } from './read-json.js';
import { fromTinybench, fromVitest, isTinybench, isVitest } from './tinybench.js';

const triageLine = z.strictObject({ version: z.literal(STORED_VERSION), triage: storedTriage });
const alertLine = z.strictObject({ version: z.literal(STORED_VERSION), alert: storedAlert });

const READABLE =
  'an export of forgebench, a run folder or run.json, a "target/criterion" folder, JSON of hyperfine, tinybench or "vitest bench", text of "go test -bench"';

/** What a file has to import. */
export interface ImportedFile {
  runs: StoredRun[];
  /** What people decided about changes; exports of forgebench alone have it. */
  triages: StoredTriage[];
  /** What was told to whom. */
  alerts: StoredAlert[];
  /** What another tool's file has besides, and why that is no measurement: `task "parse", which failed`. */
  leftOut: string[];
}

/**
 * Reads the runs of a file that `export` or another tool has written, or of Criterion's folder.
 *
 * @throws StoreError where it is none of these, cut off, does not fit, or nothing in it was measured
 */
export function importFile(path: string): ImportedFile {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    if (isCriterion(path)) return runsAlone({ runs: fromCriterion(path), leftOut: [] });
    throw unknown(path);
  }
  const text = readFileSync(path, 'utf8');
  const source = { path, at: stat.mtime };
  const value = tryJson(text);
  if (isHyperfine(value)) return runsAlone(fromHyperfine(value, source));
  if (isVitest(value)) return runsAlone(fromVitest(value, source));
  if (isTinybench(value)) return runsAlone(fromTinybench(value, source));
  if (isExport(text)) return fromExport(text, path);
  if (isGo(text)) return runsAlone(fromGo(text, source));
  throw unknown(path);
}

function runsAlone({ runs, leftOut }: ForeignFile): ImportedFile {
  return { runs, triages: [], alerts: [], leftOut };
}

/** The first line may itself be cut off. */
function isExport(text: string): boolean {
  return /^\s*\{"version":\d+,"(?:id":"|triage":|alert":)/.test(text);
}

/** Every line is a run or a decision; one that cannot be read is named, and nothing of the file is taken. */
function fromExport(text: string, path: string): ImportedFile {
  const lines = text.split('\n');
  const imported = runsAlone({ runs: [], leftOut: [] });
  for (const [position, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = tryJson(line);
    if (typeof value !== 'object' || value === null)
      throw new StoreError(
        `Cannot import "${path}": line ${position + 1} is ${position === lines.length - 1 ? 'cut off' : 'no JSON object'}; export it again`,
      );
    const { version } = value as { version?: unknown };
    if (typeof version === 'number' && version > STORED_VERSION)
      throw new StoreError(
        `Cannot import "${path}": line ${position + 1} has version ${version}, this forgebench reads version ${STORED_VERSION}; update forgebench`,
      );
    addLine(imported, value, `${path}:${position + 1}`);
  }
  return imported;
}

function addLine({ runs, triages, alerts }: ImportedFile, value: object, place: string): void {
  const source = { path: place, tool: 'forgebench' };
  if ('triage' in value) triages.push(readShape(triageLine, value, source).triage);
  else if ('alert' in value) alerts.push(readShape(alertLine, value, source).alert);
  else runs.push(readShape(storedRun, value, source));
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
