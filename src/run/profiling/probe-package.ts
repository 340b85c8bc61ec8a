// Whether a package with native code is installed and loads.
import { createRequire } from 'node:module';
import type { Usable } from './engine.js';

/** Loads the package into this process. */
export async function probePackage(name: string, fix: string): Promise<Usable> {
  const require = createRequire(import.meta.url);
  try {
    const { version } = require(`${name}/package.json`) as { version: string };
    require(name);
    return { found: version };
  } catch (error) {
    return { trouble: (error as Error).message.split('\n')[0] as string, fix };
  }
}
