// Addons of others, seen while node opens them.
import { createRequire } from 'node:module';

/** What node fills when it opens an addon. */
export interface OpenedAddon {
  exports: Record<string, unknown>;
}

/**
 * Calls `opened` with each addon that is opened from now on, before anybody else gets its exports.
 *
 * @returns a function that ends it
 * @example
 * const stop = watchAddons((file, addon) => console.log(file, Object.keys(addon.exports)));
 */
export function watchAddons(opened: (file: string, addon: OpenedAddon) => void): () => void {
  const open = process.dlopen;
  process.dlopen = (...words: unknown[]) => {
    Reflect.apply(open, process, words);
    const [addon, file] = words as [OpenedAddon, string];
    opened(file, addon);
  };
  return () => {
    process.dlopen = open;
  };
}

/** Addons that are open, by their file, as those got them who asked for them. */
export function openAddons(): Map<string, OpenedAddon['exports']> {
  const modules = Object.values(createRequire(import.meta.url).cache).filter((each) => each !== undefined);
  return new Map(
    modules.filter(({ filename }) => filename.endsWith('.node')).map(({ filename, exports }) => [filename, exports]),
  );
}
