// 0x: a flame graph of JavaScript from V8's ticks.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineResult } from '../../profile/index.js';
import { slowdown } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn } from './profiled-launch.js';
import { runTool } from './run-tool.js';

const BLIND = 'It sees JavaScript alone, and start-up and set-up with it.';

/** Writes `0x.html`. */
export function zeroX(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  return inFolderOfItsOwn(options.cwd, async (cwd) => {
    const page = join(cwd, '0x.html');
    const tool = {
      name: '0x',
      package: '0x',
      program: 'cmd.js',
      arguments: ['--quiet', '--write-ticks', '--title', job.case.id, '--output-dir', 'data', '--output-html', page],
    };
    const { profiled, output } = await runTool(tool, job, { ...options, cwd });
    const samples = countTicks(join(cwd, 'data/ticks.json'));
    if (samples === 0 || !existsSync(page)) throw new Error(`0x ended without a flame graph${output}`);
    copyFileSync(page, join(job.folder, '0x.html'));
    return { engine: '0x', files: { html: '0x.html' }, samples, ...slowdown(job, profiled), blind: BLIND };
  });
}

/** Samples with a stack; 0x ends well where there is none. */
function countTicks(file: string): number {
  if (!existsSync(file)) return 0;
  return (JSON.parse(readFileSync(file, 'utf8')) as unknown[][]).filter((stack) => stack.length > 0).length;
}
