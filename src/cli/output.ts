// Where reports go: the terminal, the run's folder, a file of the user's.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { toCsv, toHtml, toJson, toMarkdown, toTerminal } from '../report/index.js';
import { type RunRecord, writeRunFile } from '../store/index.js';
import { UsageError } from './usage-error.js';

type Render = (record: RunRecord) => string;

const RENDERERS: Readonly<Record<string, Render>> = { '.json': toJson, '.html': toHtml, '.md': toMarkdown, '.csv': toCsv };

/**
 * The renderer that a file's ending asks for.
 *
 * @throws UsageError before anything is measured, where the file could not be written afterwards
 */
export function checkOutput(path: string): { path: string; render: Render } {
  const render = RENDERERS[extname(path)];
  if (!render) throw new UsageError(`Cannot write "${path}": its ending must be one of ${Object.keys(RENDERERS).join(', ')}`);
  const folder = dirname(path);
  if (!existsSync(folder)) throw new UsageError(`Cannot write "${path}": the folder "${folder}" does not exist; make it first`);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`Cannot write "${path}": the folder "${folder}" is not writable; choose another or change its mode`);
  }
  return { path, render };
}

/** Writes run.json and report.html into the run's folder; returns the path of the latter. */
export function writeReports(folder: string, record: RunRecord): string {
  const html = join(folder, 'report.html');
  writeRunFile(join(folder, 'run.json'), toJson(record));
  writeRunFile(html, toHtml(record));
  return html;
}

/** Prints the run to standard output. */
export function printRun(record: RunRecord, { json }: { json: boolean }): void {
  const { stdout } = process;
  const colour = stdout.isTTY === true && process.env.NO_COLOR === undefined;
  stdout.write(json ? toJson(record) : toTerminal(record, { width: stdout.columns ?? 120, colour }));
}
