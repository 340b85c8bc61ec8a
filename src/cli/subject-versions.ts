// Versions of the crates under test, read from the lock file that their addon was built with.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../definition/index.js';

const LOCK = fileURLToPath(new URL('../../Cargo.lock', import.meta.url));

/** Version by crate, for the crates that the suites name. */
export function subjectVersions(benchmarks: readonly Benchmark[]): Record<string, string> {
  const crates = new Set(benchmarks.flatMap(({ crate }) => crate ?? []));
  if (crates.size === 0 || !existsSync(LOCK)) return {};
  const lock = readFileSync(LOCK, 'utf8');
  const packages = [...lock.matchAll(/^name = "([^"]+)"\nversion = "([^"]+)"/gm)];
  return Object.fromEntries(
    packages.flatMap(([, name, version]) => (name && version && crates.has(name) ? [[name, version]] : [])),
  );
}
