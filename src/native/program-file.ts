// Where programs in Rust are: beside their crates.
import { fileURLToPath } from 'node:url';

const NATIVE = new URL('../../native/', import.meta.url);
const FOLDERS = {
  'forgebench-execute': 'measure',
  'forgebench-moduforge-runner': 'moduforge',
  'forgebench-moduforge-rules-runner': 'moduforge-rules',
} as const;

/** Runners by the built-in addon whose workloads they have. */
const RUNNERS: Readonly<Record<string, keyof typeof FOLDERS>> = {
  moduforge: 'forgebench-moduforge-runner',
  'moduforge-rules': 'forgebench-moduforge-rules-runner',
};

/**
 * Absolute path of the runner of a built-in addon; undefined where it has none.
 *
 * @example
 * runnerFile('moduforge') // '/…/native/moduforge/forgebench-moduforge-runner'
 */
export function runnerFile(addon: string): string | undefined {
  const name = RUNNERS[addon];
  return name && programFile(name);
}

/** Absolute path of a program that was built with the addons; it need not exist yet. */
export function programFile(name: keyof typeof FOLDERS): string {
  return fileURLToPath(new URL(`${FOLDERS[name]}/${name}`, NATIVE));
}
