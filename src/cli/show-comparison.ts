// Where comparisons go: the terminal, and a file of the user's.
import { dirname, extname, resolve } from 'node:path';
import type { RunComparison } from '../compare/index.js';
import {
  comparisonToHtml,
  comparisonToJson,
  comparisonToJunit,
  comparisonToMarkdown,
  runComparisonText,
} from '../report/index.js';
import { writeRunFile } from '../store/index.js';
import { pagesFrom } from './explanation-pages.js';
import { checkWritable } from './output.js';
import { hasColours, outputWidth } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Flags of verbs that show a comparison. */
export interface ShowFlags {
  output?: string;
  all?: boolean;
  json?: boolean;
}

type Render = (comparison: RunComparison, tolerance: number) => string;

const RENDERERS: Readonly<Record<string, Render>> = {
  '.html': comparisonToHtml,
  '.json': comparisonToJson,
  '.md': comparisonToMarkdown,
  '.xml': comparisonToJunit,
};

/** Prints a comparison and writes it where flags say; made before anything is measured, so that a wrong path costs nothing. */
export function comparisonOutput(flags: ShowFlags): (comparison: RunComparison, tolerance: number) => void {
  const file = flags.output === undefined ? undefined : rendererFor(resolve(flags.output));
  return (comparison, tolerance) => {
    const { stdout } = process;
    const here = pagesFrom(process.cwd(), comparison);
    stdout.write(
      flags.json
        ? comparisonToJson(here)
        : runComparisonText(here, { width: outputWidth(), colour: hasColours(), all: flags.all ?? false }),
    );
    if (file) writeRunFile(file.path, file.render(pagesFrom(dirname(file.path), comparison), tolerance));
  };
}

function rendererFor(path: string): { path: string; render: Render } {
  const render = RENDERERS[extname(path)];
  if (!render)
    throw new UsageError(
      `Cannot write "${path}": its ending must be one of ${Object.keys(RENDERERS).join(', ')} (JUnit)`,
    );
  checkWritable(path);
  return { path, render };
}
