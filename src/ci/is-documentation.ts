// Files that nothing runs.

const TEXTS = /\.(md|mdx|markdown|rst|adoc)$/i;
const NAMES = /^(licen[cs]e|copying|notice|authors|contributors|codeowners)(\.txt)?$/i;
const PICTURES = /^(.*\/)?docs?\/.*\.(png|svg|jpe?g|gif|webp)$/i;

/**
 * Whether a file is documentation by its path.
 *
 * @example
 * isDocumentation('docs/start.md') // true
 */
export function isDocumentation(path: string): boolean {
  return TEXTS.test(path) || PICTURES.test(path) || NAMES.test(path.split('/').at(-1) as string);
}
