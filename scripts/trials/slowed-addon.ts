// The addon over a crate with slowed functions, twice: once they are not slowed, once they are.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Versions from '../../src/versions/index.js';
import { withShare } from './guards.js';
import { injectSlowdowns } from './inject.js';
import type { SlowedCrate } from './slowdowns.js';

/** Both sides of a comparison; both have the guard, and differ in nothing but how long it waits. */
export interface SlowedAddons {
  base: string;
  head: string;
}

/**
 * Builds the addon once, as `forgebench ab` does for a folder, and keeps two copies of it.
 *
 * @param share 0.05 makes the functions of the head take 5 % longer
 * @throws Error where the crate does not compile
 */
export async function buildSlowed(
  crate: SlowedCrate,
  { folder, share }: { folder: string; share: number },
): Promise<SlowedAddons> {
  const versions = (await import(pathToFileURL(resolve('dist/versions/index.js')).href)) as typeof Versions;
  // Crates are looked for in all folders below, those of an earlier trial among them.
  rmSync(folder, { recursive: true, force: true });
  const copies = injectSlowdowns(crate, folder, 'time');
  const suites = new Set(crate.slowdowns.flatMap(({ cases }) => cases.map((each) => each.slice(0, each.indexOf('/')))));
  const addon = crate.crate.startsWith('moduforge-rules-') ? 'moduforge-rules' : 'moduforge';
  const wanted = { features: [...suites], runner: false };
  const built = await versions.openCrates(addon, wanted, { local: await versions.findSubjects(copies) }, HOOKS);
  if (built.file === null)
    throw new Error(`Cannot build ${crate.crate}: ${built.leftOut.map(({ reason }) => reason).join('; ')}`);
  const bytes = readFileSync(built.file);
  const copyWith = (side: string, share: number) => {
    const file = join(folder, `${side}.node`);
    writeFileSync(file, withShare(bytes, share));
    return file;
  };
  return { base: copyWith('base', 0), head: copyWith('head', share) };
}

const HOOKS: Versions.BuildHooks = {
  onBuild: (features) => process.stderr.write(`  Building the workloads of ${features.join(', ')}\n`),
  onCrate: () => {},
  onWait: (owner) => process.stderr.write(`  Waiting for process ${owner}, which builds another version\n`),
};
