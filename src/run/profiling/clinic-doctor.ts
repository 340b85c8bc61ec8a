// clinic doctor: processor, memory, delay of the event loop and handles over time, and what it makes of them.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngineResult } from '../../profile/index.js';
import { slowdown } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn } from './profiled-launch.js';
import { runTool } from './run-tool.js';

const BLIND =
  'It sees a process that does nothing but this workload over and over: a busy processor and a busy event loop are to be expected. Which function took the time, others show.';
const DATA = /<script type="application\/json" id="clinic-data">(.*?)<\/script>/s;
const INTERVAL_MS = 10;

/** What its page carries, as far as it is used. */
const clinicData = z.object({
  processStat: z.array(z.unknown()),
  analysis: z.object({ issueCategory: z.string() }),
});

/** Writes `clinic-doctor.html`. */
export function clinicDoctor(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  return inFolderOfItsOwn(options.cwd, async (cwd) => {
    const tool = {
      name: 'clinic doctor',
      package: 'clinic',
      program: 'bin.js',
      arguments: [
        'doctor',
        '--open=false',
        '--sample-interval',
        String(INTERVAL_MS),
        '--dest',
        'data',
        '--name',
        'case',
      ],
    };
    const { profiled, output } = await runTool(tool, job, { ...options, cwd });
    const page = join(cwd, 'data/case.clinic-doctor.html');
    if (!existsSync(page)) throw new Error(`clinic doctor ended without a page${output}`);
    const { samples, finding } = readPage(page);
    if (samples === 0) throw new Error('clinic doctor took no sample: the workload never let the event loop turn');
    copyFileSync(page, join(job.folder, 'clinic-doctor.html'));
    return {
      engine: 'clinic-doctor',
      files: { html: 'clinic-doctor.html' },
      samples,
      intervalNs: INTERVAL_MS * 1e6,
      ...slowdown(job, profiled),
      finding,
      blind: BLIND,
    };
  });
}

function readPage(file: string): { samples: number; finding: string } {
  const text = DATA.exec(readFileSync(file, 'utf8'))?.[1];
  if (text === undefined) throw new Error('Cannot read the page of clinic doctor: it carries no data');
  const { processStat, analysis } = clinicData.parse(JSON.parse(text));
  return { samples: processStat.length, finding: `Its category for what it saw: "${analysis.issueCategory}".` };
}
