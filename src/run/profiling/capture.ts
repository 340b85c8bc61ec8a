// A recording that is kept for another machine: made where the code runs, read where its symbols are.
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engine } from '../../native/index.js';
import { type EngineResult, perfCommand } from '../../profile/index.js';
import { LIMITED_FILES } from './bounded-file.js';
import { CAPTURE_FILE, type Captured, RECORDING } from './captured.js';
import type { Engine } from './engine.js';
import { perfTrouble } from './perf-trouble.js';
import { probePerf } from './probe-perf.js';
import { cost } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';

const FOLDER = 'capture';
const BLIND =
  'Time inside the kernel is not recorded, because its symbols are those of this machine alone. Read it with "forgebench symbolize", on a machine of the same architecture.';

/** Writes the folder `capture`: perf's recording, names of JavaScript, and a copy of each file that was mapped. */
export const capture: Engine = {
  name: 'capture',
  about: 'what flame would read, for another machine: "forgebench symbolize" names it there (perf)',
  probe: () => probePerf('nothing can be recorded'),
  profile: recordForLater,
};

async function recordForLater(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const trouble = await perfTrouble();
  if (trouble !== undefined) throw new Error(`perf cannot record here (${trouble}); run "forgebench doctor"`);
  const clean = await job.clean();
  const folder = join(job.folder, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const recording = join(folder, RECORDING);
  const profiled = await inFolderOfItsOwn(options.cwd, async (cwd) => {
    const wrapper = [...LIMITED_FILES, ...perfCommand({ output: recording, kernel: false })];
    const seen = await profiledLaunch(job, [], { ...options, cwd, nodeFlags: NAMES_ON_STACK, wrapper });
    // With the folder go the names of JavaScript, so they are copied before.
    copyNames(recording, folder);
    return seen;
  });
  const { startNs, endNs, iterations, operationsPerIteration } = profiled;
  const description: Captured = {
    version: 1,
    caseId: job.case.id,
    architecture: process.arch,
    node: process.versions.node,
    recordedAt: new Date().toISOString(),
    startNs,
    endNs,
    operations: iterations * operationsPerIteration,
    files: copyFiles(engine().listRecorded(recording).files, folder),
  };
  writeFileSync(join(folder, CAPTURE_FILE), `${JSON.stringify(description, null, 2)}\n`);
  return {
    engine: 'capture',
    files: { capture: join(FOLDER, CAPTURE_FILE) },
    ...cost(profiled, clean),
    blind: BLIND,
  };
}

function copyNames(recording: string, folder: string): void {
  for (const { pid } of engine().listRecorded(recording).processes) {
    const names = `/tmp/perf-${pid}.map`;
    if (existsSync(names)) copyFileSync(names, join(folder, basename(names)));
  }
}

function copyFiles(paths: readonly string[], folder: string): Captured['files'] {
  mkdirSync(join(folder, 'files'));
  const there = paths.filter((path) => existsSync(path) && statSync(path).isFile());
  return there.map((path, index) => {
    const copy = join('files', `${index}-${basename(path)}`);
    copyFileSync(path, join(folder, copy));
    return { path, buildId: engine().buildId(path) ?? null, copy };
  });
}
