// Where programs in Rust are: beside their crates.
import { fileURLToPath } from 'node:url';

const NATIVE = new URL('../../native/', import.meta.url);
const FOLDERS = {
  'forgebench-execute': 'measure',
  'forgebench-moduforge-runner': 'moduforge',
  'forgebench-moduforge-rules-runner': 'moduforge-rules',
} as const;

/** Absolute path of a program that was built with the addons; it need not exist yet. */
export function programFile(name: keyof typeof FOLDERS): string {
  return fileURLToPath(new URL(`${FOLDERS[name]}/${name}`, NATIVE));
}
