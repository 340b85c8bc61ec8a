// How a session reaches every node process below it: options that shells, npm and node itself hand on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is preloaded; it is CommonJS because `--import` would load it too late for a program that ends at once. */
const HOOK = fileURLToPath(new URL('./hook.cjs', import.meta.url));
/** For perf: V8 names its code in `/tmp/perf-PID.map`, and keeps interpreted frames apart on the native stack. */
const NAME_FLAGS: readonly string[] = ['--perf-basic-prof', '--interpreted-frames-native-stack'];

/** What a sample of allocations stands for in the mean; half a megabyte sees too little of a short process. */
export const ALLOCATION_BYTES = 131_072;

/** What each thread is asked for. */
export interface FollowSettings {
  /** The folder for what threads leave. */
  folder: string;
  engines: readonly string[];
  intervalUs: number;
  /** Bytes between two samples of allocations. */
  allocationBytes: number;
  /** Whether perf watches, which wants names. */
  names: boolean;
}

/**
 * Writes the file that is preloaded, settings and all, so that NODE_OPTIONS is the one variable that must survive.
 *
 * @returns the value for NODE_OPTIONS, behind what was there before
 */
export function followOptions(settings: FollowSettings, before: string | undefined): string {
  const preload = join(settings.folder, 'follow.cjs');
  const nameFlags = settings.names ? NAME_FLAGS : [];
  const { names: _replaced, ...rest } = settings;
  const call = JSON.stringify({ ...rest, nameFlags, preload });
  writeFileSync(preload, `require(${JSON.stringify(HOOK)}).follow(${call});\n`);
  return [...(before ? [before] : []), '--require', quote(preload), ...nameFlags].join(' ');
}

/** Node splits NODE_OPTIONS at blanks outside double quotes, inside which a backslash escapes. */
function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
