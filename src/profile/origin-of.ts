// Where code comes from, as far as its file tells: for profiles of other tools, which do not say.
import { javaScriptOrigin } from './javascript-frame.js';
import type { Origin } from './profile.js';

/** The origin that the file of a frame gives away; `unknown` rather than a guess from its name. */
export function originOf(file: string | undefined, ownFolders: readonly string[] = []): Origin {
  if (file === undefined || file === '') return 'unknown';
  if (file.startsWith('node:') || /\.[cm]?[jt]sx?$/.test(file)) return javaScriptOrigin(file, ownFolders);
  if (file.endsWith('.rs')) return 'rust';
  if (/^\[?(kernel|vmlinux)/.test(file)) return 'kernel';
  if (/(^|\/)(libc|libpthread|libm|ld-linux[^/]*)([.-][^/]*)?\.so/.test(file)) return 'libc';
  return /\.(c|cc|cpp|cxx|h|hpp|hh)$|\.so(\.|$)/.test(file) ? 'native' : 'unknown';
}
