// Which frames are JavaScript, and whose.
import type { Frame, Origin } from './profile.js';

/** True for a function written in JavaScript, node's own included. */
export function isJavaScript({ tier, origin, file }: Frame): boolean {
  return (
    tier !== undefined ||
    origin === 'user' ||
    origin === 'node_modules' ||
    origin === 'forgebench' ||
    (file?.startsWith('node:') ?? false)
  );
}

/**
 * The origin of JavaScript by its file.
 *
 * @param file path or `node:` name; empty for what has no file
 * @param ownFolders folders whose JavaScript is forgebench's own
 */
export function javaScriptOrigin(file: string, ownFolders: readonly string[]): Origin {
  if (file.startsWith('node:')) return 'node';
  if (ownFolders.some((folder) => file.startsWith(`${folder.replace(/\/+$/, '')}/`))) return 'forgebench';
  return file.includes('/node_modules/') ? 'node_modules' : 'user';
}
