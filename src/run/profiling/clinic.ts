// What the four tools of clinic share: how they are called, where they write, and how they are tried.
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineResult } from '../../profile/index.js';
import type { Engine } from './engine.js';
import { cost } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn } from './profiled-launch.js';
import { javascriptOnly, probeTool, runTool, type Tool } from './run-tool.js';

/** One of them. */
export interface ClinicTool {
  /** As clinic calls it: `doctor`, `flame`, `bubbleprof`, `heapprofiler`. */
  name: string;
  /** What it shows, in a line for the help. */
  about: string;
  /** Its own arguments. */
  arguments?: readonly string[];
  /** How long the workload runs, nanoseconds, where that must be bounded. */
  durationNs?: number;
  /** What it left, by the path of its files without their ending; throws where that is nothing. */
  read(left: string, job: ProfileJob): Omit<EngineResult, 'engine' | 'files'> & { files?: Record<string, string> };
}

/** Packages with another name than the tool's. */
const PACKAGES: Readonly<Record<string, string>> = { heapprofiler: '@clinic/heap-profiler' };

/** The tool as an engine that writes `clinic-NAME.html`. */
export function clinicEngine({ name, about, arguments: own = [], durationNs, read }: ClinicTool): Engine {
  const engine = `clinic-${name}`;
  const tool: Tool = {
    name: `clinic ${name}`,
    package: 'clinic',
    program: 'bin.js',
    arguments: [name, '--open=false', ...own, '--dest', 'data', '--name', 'case'],
    ...(durationNs !== undefined && { durationNs }),
  };
  const profile = (job: ProfileJob, options: ProfileOptions) =>
    inFolderOfItsOwn(options.cwd, async (cwd): Promise<EngineResult> => {
      const { profiled, output } = await runTool(tool, job, { ...options, cwd });
      const left = join(cwd, `data/case.${engine}`);
      if (!existsSync(`${left}.html`)) throw new Error(`clinic ${name} ended without a page${output}`);
      const { files, ...facts } = read(left, job);
      copyFileSync(`${left}.html`, join(job.folder, `${engine}.html`));
      return {
        engine,
        files: { html: `${engine}.html`, ...files },
        ...facts,
        ...cost(profiled, await job.clean()),
      };
    });
  return {
    name: engine,
    about,
    refuses: javascriptOnly(`clinic ${name}`),
    probe: () => probeTool(tool, PACKAGES[name] ?? `@clinic/${name}`),
    profile,
  };
}
