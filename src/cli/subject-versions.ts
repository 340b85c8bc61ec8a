// Versions of the crates under test, read from the lock files that their addons were built with.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../definition/index.js';

const LOCKS = ['../../Cargo.lock', '../../native/moduforge-rules/Cargo.lock'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Version by crate, for the crates that the suites name. */
export function subjectVersions(benchmarks: readonly Benchmark[]): Record<string, string> {
  const crates = new Set(benchmarks.flatMap(({ crate }) => crate ?? []));
  if (crates.size === 0) return {};
  const locks = LOCKS.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const packages = [...locks.join('\n').matchAll(/^name = "([^"]+)"\nversion = "([^"]+)"/gm)];
  return Object.fromEntries(
    packages.flatMap(([, name, version]) => (name && version && crates.has(name) ? [[name, version]] : [])),
  );
}
