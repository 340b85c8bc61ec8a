// The border between JavaScript and addons: a launch that counts what crosses, and one under perf that divides the time.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { borderCounts, borderReport, borderTime, type EngineResult, toBorderMarkdown } from '../../profile/index.js';
import type { Profiled } from '../../samples/index.js';
import { readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { recordWithPerf } from './perf-recording.js';
import { perfTrouble } from './perf-trouble.js';
import { probePerf } from './probe-perf.js';
import { sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';

const BLIND = 'It counts functions and methods that addons export, not what a promise brings later, nor getters.';

/** Writes `border.json` and `border.md`. */
export const border: Engine = {
  name: 'border',
  about: 'calls of JavaScript into addons: how many, with which bytes, and time in Rust and in the border (perf)',
  refuses: {
    native: 'border is not applicable: this case runs inside Rust, and no operation crosses into JavaScript; use flame',
    command: 'border is not applicable: this case is a command; use flame',
  },
  probe: () => probePerf('calls and bytes are counted all the same'),
  profile: reportBorder,
};

async function reportBorder(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const counted = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, ['border'], { ...options, cwd }));
  const file = join(job.folder, counted.files.border?.counts as string);
  const counts = borderCounts.parse(readBoundedJson(file));
  rmSync(file);
  const divided = counts.functions.length === 0 ? 'nothing crossed' : await divide(job, options);
  const report = borderReport({
    counts,
    operations: operationsOf(counted),
    ...(typeof divided !== 'string' && { profiled: divided }),
  });
  writeFileSync(join(job.folder, 'border.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(job.folder, 'border.md'), toBorderMarkdown(report, job.case.id));
  const warning =
    typeof divided === 'string' && counts.functions.length > 0
      ? `Time inside Rust is not told from the border: ${divided}.`
      : undefined;
  return {
    engine: 'border',
    files: { json: 'border.json', markdown: 'border.md' },
    finding: findingOf(report),
    blind: BLIND,
    ...sentences('warning', [warning]),
  };
}

/** Times by function, or why there are none. */
async function divide(job: ProfileJob, options: ProfileOptions) {
  const trouble = await perfTrouble();
  if (trouble !== undefined) return `perf cannot record here (${trouble})`;
  const seen = await recordWithPerf(job, options);
  if (typeof seen === 'string') return seen;
  return { times: borderTime(seen.profile), operations: operationsOf(seen.profiled) };
}

function operationsOf({ iterations, operationsPerIteration }: Profiled): number {
  return iterations * operationsPerIteration;
}

function findingOf({ functions, callsPerOperation, addons }: ReturnType<typeof borderReport>): string {
  if (addons.length === 0) return 'The workload opens no addon.';
  const hint = functions.find((each) => each.hint !== undefined);
  const calls = `${callsPerOperation.toLocaleString('en', { maximumFractionDigits: 2 })} calls into addons per operation`;
  return hint === undefined ? `${calls}.` : `${calls}; ${hint.name} is ${hint.hint}.`;
}
