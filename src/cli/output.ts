// Where reports go: the terminal, the run's folder, a file of the user's.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { toCsv, toHtml, toJson, toMarkdown, toTerminal } from '../report/index.js';
import { type RunRecord, writeRunFile } from '../store/index.js';
import { pageAssets } from './page-assets.js';
import { UsageError } from './usage-error.js';

/** Renders a run; `folder` is the run's own, where the files of its profiles are. */
type Render = (record: RunRecord, folder: string) => string;

const RENDERERS: Readonly<Record<string, Render>> = { '.json': toJson, '.md': toMarkdown, '.csv': toCsv };

/**
 * The renderer that a file's ending asks for.
 *
 * @throws UsageError before anything is measured, where the file could not be written afterwards
 */
export function checkOutput(path: string): { path: string; render: Render } {
  const render = extname(path) === '.html' ? htmlAt(path) : RENDERERS[extname(path)];
  if (!render)
    throw new UsageError(
      `Cannot write "${path}": its ending must be one of ${['.html', ...Object.keys(RENDERERS)].join(', ')}`,
    );
  const folder = dirname(path);
  if (!existsSync(folder))
    throw new UsageError(`Cannot write "${path}": the folder "${folder}" does not exist; make it first`);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(
      `Cannot write "${path}": the folder "${folder}" is not writable; choose another or change its mode`,
    );
  }
  return { path, render };
}

/** A page at `path`: its links lead from there to the files of the run's folder. */
function htmlAt(path: string): Render {
  return (record, folder) =>
    toHtml(record, {
      assets: pageAssets('report'),
      readProfileLink: (file) =>
        existsSync(join(folder, file)) ? relative(dirname(path), join(folder, file)) : undefined,
    });
}

/** Writes run.json and report.html into the run's folder; returns the path of the latter. */
export function writeReports(folder: string, record: RunRecord): string {
  const html = join(folder, 'report.html');
  writeRunFile(join(folder, 'run.json'), toJson(record));
  writeRunFile(html, htmlAt(html)(record, folder));
  return html;
}

/** Prints the run to standard output. */
export function printRun(record: RunRecord, { json }: { json: boolean }): void {
  const { stdout } = process;
  const colour = stdout.isTTY === true && process.env.NO_COLOR === undefined;
  stdout.write(json ? toJson(record) : toTerminal(record, { width: stdout.columns ?? 120, colour }));
}
