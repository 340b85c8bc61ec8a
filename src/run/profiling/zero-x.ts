// 0x: a flame graph of JavaScript from V8's ticks.
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineResult } from '../../profile/index.js';
import { readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { cost } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn } from './profiled-launch.js';
import { javascriptOnly, probeTool, runTool } from './run-tool.js';

const BLIND = 'It sees JavaScript alone, and start-up and set-up with it.';
const TOOL = { name: '0x', package: '0x', program: 'cmd.js' };

/** Writes `0x.html`. */
export const zeroX: Engine = {
  name: '0x',
  about: 'flame graph of JavaScript from V8 ticks, as people know it',
  refuses: javascriptOnly('0x'),
  probe: () => probeTool({ ...TOOL, arguments: [] }),
  profile: drawWithZeroX,
};

function drawWithZeroX(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  return inFolderOfItsOwn(options.cwd, async (cwd) => {
    const page = join(cwd, '0x.html');
    const words = ['--quiet', '--write-ticks', '--title', job.case.id, '--output-dir', 'data', '--output-html', page];
    const { profiled, output } = await runTool({ ...TOOL, arguments: words }, job, { ...options, cwd });
    const samples = countTicks(join(cwd, 'data/ticks.json'));
    if (samples === 0 || !existsSync(page)) throw new Error(`0x ended without a flame graph${output}`);
    copyFileSync(page, join(job.folder, '0x.html'));
    const facts = { samples, ...cost(profiled, await job.clean()), blind: BLIND };
    return { engine: '0x', files: { html: '0x.html' }, ...facts };
  });
}

/** Samples with a stack; 0x ends well where there is none. */
function countTicks(file: string): number {
  if (!existsSync(file)) return 0;
  return (readBoundedJson(file) as unknown[][]).filter((stack) => stack.length > 0).length;
}
