// Where reports go: the terminal, the run's folder, a file of the user's.
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import type { RunComparison } from '../compare/index.js';
import { comparisonToHtml, comparisonToJson, toCsv, toHtml, toJson, toMarkdown, toTerminal } from '../report/index.js';
import { type RunRecord, writeRunFile } from '../store/index.js';
import { pagesFrom } from './explanation-pages.js';
import { pageAssets } from './page-assets.js';
import { hasColours, outputWidth } from './terminal.js';
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
  checkWritable(path);
  return { path, render };
}

/**
 * Tries whether a file could be written.
 *
 * @throws UsageError where it could not
 */
export function checkWritable(path: string): void {
  if (statIfThere(path)?.isDirectory()) throw new UsageError(`Cannot write "${path}": it is a folder; name a file`);
  tryFolder(path, dirname(path));
}

/**
 * Makes the folder that profiles go to.
 *
 * @throws UsageError before anything is measured, where files could not be written there afterwards
 */
export function checkOutputFolder(folder: string): string {
  // Tried first, because Node's recursive mkdir never returns where the kernel refuses with ENOENT, as below /proc.
  tryFolder(folder, nearestExisting(folder));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Permissions alone do not tell: a file system may be read-only or made by the kernel. */
function tryFolder(path: string, folder: string): void {
  const cannot = (reason: string) => new UsageError(`Cannot write "${path}": ${reason}`);
  const found = statIfThere(folder);
  if (found === undefined) throw cannot(`the folder "${folder}" does not exist; make it first`);
  if (!found.isDirectory()) throw cannot(`"${folder}" is no folder; choose another path`);
  const probe = join(folder, `.forgebench-${process.pid}`);
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw cannot(`the folder "${folder}" is not writable (${code}); choose another or change its mode`);
  }
}

function nearestExisting(path: string): string {
  return statIfThere(path) ? path : nearestExisting(dirname(path));
}

/** Below a file there is nothing, which `throwIfNoEntry` does not cover. */
function statIfThere(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** A page at `path`: its links lead from there to the files of the run's folder. */
function htmlAt(path: string): Render {
  return (record, folder) =>
    toHtml(record, {
      assets: pageAssets('report'),
      readProfileLink: (file) =>
        existsSync(resolve(folder, file)) ? relative(dirname(path), resolve(folder, file)) : undefined,
    });
}

/** Writes run.json and report.html into the run's folder; returns the path of the latter. */
export function writeReports(folder: string, record: RunRecord): string {
  const html = join(folder, 'report.html');
  writeRunFile(join(folder, 'run.json'), toJson(record));
  writeRunFile(html, htmlAt(html)(record, folder));
  return html;
}

/** Writes both sides of a run of two versions, each as a run of its own, and what comparing them says. */
export function writeVersions(
  folder: string,
  { base, head }: { base: RunRecord; head: RunRecord },
  comparison: RunComparison,
): void {
  const write = (name: string, text: string) => writeRunFile(join(folder, name), text);
  write('base.json', toJson(base));
  write('head.json', toJson(head));
  const inside = pagesFrom(folder, comparison);
  write('comparison.json', comparisonToJson(inside));
  write('comparison.html', comparisonToHtml(inside));
}

/** Prints the run to standard output. */
export function printRun(record: RunRecord, { json, folder }: { json: boolean; folder: string }): void {
  const { stdout } = process;
  stdout.write(
    json
      ? toJson(record)
      : toTerminal(record, {
          width: outputWidth(),
          colour: hasColours(),
          folder: relative(process.cwd(), folder) || '.',
        }),
  );
}
