// A folder of runs that are under way, as long as this process runs, or were killed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess } from '../../src/run/index.js';
import { createRunFolder, type PlanFile, type RunFolder } from '../../src/store/index.js';
import { planFile } from '../store/plan-file.js';

/** A run that a test adds launches to. */
export interface StartedRun extends Pick<RunFolder, 'append'> {
  /** Writes something in the place of the record. */
  end(): void;
}

/** A folder of runs. */
export interface LiveRuns {
  folder: string;
  /** Starts a run of three timed launches and one that counts memory. */
  start(id: string, more?: Partial<PlanFile> & { killed?: boolean }): StartedRun;
  remove(): void;
}

/** Makes a temporary folder. */
export function liveRuns(): LiveRuns {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-live-'));
  return {
    folder,
    start(id, { killed = false, ...more } = {}) {
      const writer = { ...identifyProcess(), ...(killed && { startTicks: 0 }) };
      const file = { ...planFile(id, ['time', 'time', 'time', 'memory']), writer, ...more };
      const { append, path } = createRunFolder(folder, file);
      return { append, end: () => writeFileSync(join(path, 'run.json'), '{}') };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
