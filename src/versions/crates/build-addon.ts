// Builds the addon of a workspace with other versions of the crates under test.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { versionsFolder } from '../cache-folder.js';
import {
  brokenFeatures,
  type CompileError,
  compileErrors,
  crateOf,
  featuresNeeding,
  type Metadata,
} from './compile-errors.js';
import { type CrateWorkspace, PACKAGE } from './crate-workspace.js';
import { runCargo } from './run-cargo.js';
import { copySources, type Replacement, replaceCrates } from './workspace-copy.js';

/** What a build came to. */
export interface BuiltAddon {
  /** The shared object, in cargo's target folder; null where nothing could be built. */
  file: string | null;
  /** The program that runs the same workloads without Node.js; null where nobody asked for it. */
  runner: string | null;
  /** Crates that do not compile, or do not fit the workloads, with the first error. */
  leftOut: { what: string; reason: string }[];
  /** Versions of the crates under test by name. */
  subjects: Record<string, string>;
}

/** What is to be built, and who hears of it. */
export interface BuildOrder {
  workspace: CrateWorkspace;
  replacement: Replacement;
  features: readonly string[];
  /** Whether the runner is built too, which takes as long again. */
  runner: boolean;
  triple: string;
  /** Told each crate that is done. */
  onCrate: (name: string) => void;
}

/**
 * Builds with all features, and again without those that a crate is in the way of, until something is left. Triple,
 * profile and flags are those of any other build, so that two builds of the same sources are alike.
 */
export async function buildAddon(order: BuildOrder): Promise<BuiltAddon> {
  const copy = join(versionsFolder(), 'workspace');
  const leftOut: BuiltAddon['leftOut'] = [];
  const { metadata, replacement, absent } = await resolveCrates(copy, order);
  if (metadata === undefined) return nothing(absent.map(({ crate, reason }) => ({ what: crate, reason })));
  const resolved = { workspace: order.workspace, metadata };
  let features = [...order.features];
  const drop = (broken: readonly string[], because: string, reason: string) => {
    features = features.filter((feature) => !broken.includes(feature));
    if (broken.length > 0) leftOut.push({ what: `${broken.join(', ')} (${because})`, reason });
  };
  for (const { crate, reason } of absent) drop(featuresNeeding(crate, features, resolved), crate, reason);
  while (features.length > 0) {
    copySources(copy);
    replaceCrates(copy, order.workspace, { replacement, features });
    const result = await build(copy, order);
    if ('crates' in result) {
      const { crates, ...files } = result;
      return { ...files, leftOut, subjects: subjectsOf(metadata, crates, order) };
    }
    const fits = result.crate !== order.workspace.workloads.package;
    drop(brokenFeatures(result, features, resolved), fits ? result.crate : 'its workloads', result.message);
  }
  return nothing(leftOut);
}

function nothing(leftOut: BuiltAddon['leftOut']): BuiltAddon {
  return { file: null, runner: null, leftOut, subjects: {} };
}

/** Puts the crates into the copy and resolves them; versions that the registry lacks are left as they are pinned. */
async function resolveCrates(copy: string, order: BuildOrder) {
  const absent: { crate: string; reason: string }[] = [];
  const versions = { ...order.replacement.versions };
  for (;;) {
    copySources(copy);
    const replacement = { ...order.replacement, versions };
    replaceCrates(copy, order.workspace, { replacement, features: order.features });
    const metadata = await readMetadata(copy, order);
    if (typeof metadata !== 'string') return { metadata, replacement, absent };
    const crate = /requirement `(\S+) = "=/.exec(metadata)?.[1];
    absent.push({ crate: crate ?? order.features.join(', '), reason: metadata });
    if (crate === undefined || versions[crate] === undefined) return { metadata: undefined, replacement, absent };
    delete versions[crate];
  }
}

type Built = Pick<BuiltAddon, 'file' | 'runner'> & { crates: Set<string> };

/** The shared object, the runner and the crates in them, or the first error. */
async function build(copy: string, order: BuildOrder): Promise<Built | CompileError> {
  const { workspace, triple, onCrate } = order;
  const target = targetFolder();
  const library = `lib${workspace.addonCrate.library}.so`;
  const release = join(target, triple, 'release');
  // Cargo knows versions apart, but not their libraries, which have one name: a library that is gone is linked again.
  for (const file of [join(release, library), join(release, 'deps', library)]) rmSync(file, { force: true });
  const packages = [workspace.addonCrate.package, ...(order.runner ? [workspace.workloads.package] : [])];
  const command = ['cargo', 'build', '--release', '--target', triple, '--message-format=json'] as const;
  const crates = new Set<string>();
  const { code, lines, stderr } = await runCargo([...command, ...packages.flatMap((name) => ['-p', name])], {
    folder: join(copy, workspace.folder),
    target,
    onLine: (line) => {
      const id = /^\{"reason":"compiler-artifact","package_id":"([^"]+)"/.exec(line)?.[1];
      if (id === undefined) return;
      crates.add(crateOf(id));
      onCrate(crateOf(id));
    },
  });
  const runner = order.runner ? join(release, workspace.workloads.runner) : null;
  if (code === 0) return { file: join(release, library), runner, crates };
  return compileErrors(lines)[0] ?? { crate: workspace.addonCrate.package, message: firstError(stderr), file: '' };
}

/** What cargo resolved, or why it cannot. */
async function readMetadata(copy: string, { workspace, triple }: BuildOrder): Promise<Metadata | string> {
  const command = ['cargo', 'metadata', '--format-version', '1', '--filter-platform', triple] as const;
  const { code, lines, stderr } = await runCargo(command, { folder: join(copy, workspace.folder) });
  return code === 0 ? (JSON.parse(lines[0] ?? '') as Metadata) : firstError(stderr);
}

function firstError(stderr: string): string {
  const start = stderr.indexOf('error');
  return (start < 0 ? stderr : stderr.slice(start)).trim().split('\n').slice(0, 6).join(' ').replaceAll(/\s+/g, ' ');
}

/** Cargo resolves more than it builds. */
function subjectsOf(
  { packages }: Metadata,
  built: ReadonlySet<string>,
  { replacement }: BuildOrder,
): Record<string, string> {
  const local = new Set(replacement.local.map(({ name }) => name));
  const subjects = packages.filter(({ name }) => name.startsWith('moduforge-') && built.has(name));
  return Object.fromEntries(
    subjects.map(({ name, version }) => [name, local.has(name) ? `${version} (local)` : version]),
  );
}

/**
 * A target folder that only versions use: benchmarks of compile time take the newest crates of their own. It begins as a
 * copy of the package's, so that what both need is compiled once; files that nobody writes to again are linked.
 */
function targetFolder(): string {
  const target = join(versionsFolder(), 'target');
  const own = process.env.CARGO_TARGET_DIR ?? join(PACKAGE, 'target');
  if (existsSync(target) || !existsSync(own)) return target;
  mkdirSync(versionsFolder(), { recursive: true });
  const part = `${target}.${process.pid}.part`;
  try {
    execFileSync('cp', ['-a', '--reflink=auto', own, part]);
    execFileSync('mv', ['-T', part, target]);
  } catch {
    rmSync(part, { recursive: true, force: true }); // Everything is compiled anew then.
  }
  return target;
}
