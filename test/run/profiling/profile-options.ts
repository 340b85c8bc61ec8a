// How tests let cases be profiled: by the programs that are built, without pages.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProfileOptions } from '../../../src/run/index.js';

/** The folder that `src` is compiled into. */
export const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** Options whose launches run in a folder. */
export function profileOptions(cwd: string): ProfileOptions {
  return {
    worker: join(DIST, 'worker/main.js'),
    standalone: join(DIST, 'worker/standalone.js'),
    cwd,
    signal: new AbortController().signal,
    ownFolders: [DIST],
    flameClient: { script: '', style: '' },
    timelineClient: { script: '', style: '' },
  };
}
