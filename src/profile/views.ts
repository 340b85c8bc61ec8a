// The files that a profile of stacks is looked at and kept in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlameHtmlOptions, toFlameHtml } from './flame-html.js';
import { toProfileJson } from './formats/profile-json.js';
import { toFolded } from './formats/to-folded.js';
import { toHotspots } from './formats/to-hotspots.js';
import { toSpeedscope } from './formats/to-speedscope.js';
import type { Profile } from './profile.js';

/** Names and texts of files by kind. */
export type Views = Readonly<Record<string, readonly [name: string, text: string]>>;

/** Its stacks: `flame.html`, `stacks.folded` and `speedscope.json`. */
export function graphViews(profile: Profile, page: FlameHtmlOptions): Views {
  return {
    flame: ['flame.html', toFlameHtml(profile, page)],
    folded: ['stacks.folded', toFolded(profile)],
    speedscope: ['speedscope.json', JSON.stringify(toSpeedscope(profile, page.title))],
  };
}

/** What is read again, and what costs most: `profile.json` and `hotspots.md`. */
export function modelViews(profile: Profile, title: string): Views {
  return {
    profile: ['profile.json', toProfileJson(profile)],
    hotspots: ['hotspots.md', toHotspots(profile, title)],
  };
}

/**
 * Writes files into a folder.
 *
 * @param prefix stands before their names
 * @returns their names in the folder by kind
 */
export function writeViews(folder: string, views: Views, prefix = ''): Record<string, string> {
  const names = Object.entries(views).map(([kind, [name, text]]) => {
    writeFileSync(join(folder, `${prefix}${name}`), text);
    return [kind, `${prefix}${name}`] as const;
  });
  return Object.fromEntries(names);
}
