// Where a search for a commit is told: the terminal, and a file of the user's.
import { dirname, extname, resolve } from 'node:path';
import { type BisectionReport, bisectionToJson, bisectionToMarkdown, bisectionToText } from '../report/index.js';
import { writeRunFile } from '../store/index.js';
import { pagesFrom } from './explanation-pages.js';
import { checkWritable } from './output.js';
import { outputWidth } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Flags of how a search is told. */
export interface BisectShowFlags {
  output?: string;
  json?: boolean;
}

const RENDERERS: Readonly<Record<string, (report: BisectionReport) => string>> = {
  '.md': bisectionToMarkdown,
  '.json': bisectionToJson,
};

/** Prints a search and writes it where flags say; made before anything is measured, so that a wrong path costs nothing. */
export function bisectOutput(flags: BisectShowFlags): (report: BisectionReport) => void {
  const path = flags.output === undefined ? undefined : resolve(flags.output);
  const render = path === undefined ? undefined : RENDERERS[extname(path)];
  if (path !== undefined && render === undefined)
    throw new UsageError(`Cannot write "${path}": its ending must be one of ${Object.keys(RENDERERS).join(', ')}`);
  if (path !== undefined) checkWritable(path);
  return (report) => {
    const here = seenFrom(process.cwd(), report);
    process.stdout.write(flags.json ? bisectionToJson(here) : bisectionToText(here, outputWidth()));
    if (path !== undefined && render !== undefined) writeRunFile(path, render(seenFrom(dirname(path), report)));
  };
}

function seenFrom(folder: string, report: BisectionReport): BisectionReport {
  const { step } = report;
  return step === null ? report : { ...report, step: { ...step, comparison: pagesFrom(folder, step.comparison) } };
}
