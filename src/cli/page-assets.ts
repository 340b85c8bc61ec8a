// The programs that pages carry, as the build has bundled them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where this program's own JavaScript lies. */
export const PROGRAM_FOLDER: string = fileURLToPath(new URL('..', import.meta.url));

/** Script and style of a page; flame graphs lie in the room `profile`, the others in their own. */
export function pageAssets(page: 'report' | 'flame' | 'differential' | 'timeline' | 'dashboard'): {
  script: string;
  style: string;
} {
  const room = page === 'flame' || page === 'differential' ? 'profile' : page;
  const read = (ending: string) => readFileSync(`${PROGRAM_FOLDER}${room}/${page}.client.${ending}`, 'utf8');
  return { script: read('js'), style: read('css') };
}
