// Every format that a profile is written into, by the name that a person calls it.
import { type FlameHtmlOptions, toFlameHtml } from '../flame-html.js';
import type { Profile } from '../profile.js';
import { ProfileError } from '../profile-error.js';
import { toProfileJson } from './profile-json.js';
import { toCpuProfile } from './to-cpu-profile.js';
import { toFirefox } from './to-firefox.js';
import { toFolded } from './to-folded.js';
import { toHeapProfile } from './to-heap-profile.js';
import { toHotspots } from './to-hotspots.js';
import { toPprof } from './to-pprof.js';
import { toSpeedscope } from './to-speedscope.js';

/** What some formats need beside the profile. */
export interface WriteOptions {
  /** What the profile is of, such as the id of a case. */
  title: string;
  /** The browser program of flame graphs. */
  client: FlameHtmlOptions['client'];
}

/** A format: the ending of its files, what it is for, and its writer, which throws where it cannot hold the profile. */
export interface ProfileFormat {
  ending: string;
  about: string;
  write(profile: Profile, options: WriteOptions): string | Uint8Array;
}

/** All formats by their names. */
export const PROFILE_FORMATS = {
  profile: {
    ending: '.profile.json',
    about: "forgebench's own model, without loss",
    write: toProfileJson,
  },
  cpuprofile: {
    ending: '.cpuprofile',
    about: "Chrome's DevTools and VS Code; time alone",
    write: (profile) => JSON.stringify(toCpuProfile(profile)),
  },
  heapprofile: {
    ending: '.heapprofile',
    about: "Chrome's DevTools and VS Code; bytes alone",
    write: (profile) => JSON.stringify(toHeapProfile(profile)),
  },
  pprof: { ending: '.pb.gz', about: 'go tool pprof, Pyroscope, Parca', write: toPprof },
  folded: { ending: '.folded', about: 'flamegraph.pl, inferno and other text tools', write: toFolded },
  speedscope: {
    ending: '.speedscope.json',
    about: 'https://www.speedscope.app, or forgebench view',
    write: (profile, { title }) => JSON.stringify(toSpeedscope(profile, title)),
  },
  firefox: {
    ending: '.firefox.json',
    about: 'https://profiler.firefox.com',
    write: (profile, { title }) => JSON.stringify(toFirefox(profile, title)),
  },
  html: {
    ending: '.html',
    about: 'a flame graph in one file',
    write: writeFlameGraph,
  },
  markdown: {
    ending: '.md',
    about: 'the functions that cost most, for people and agents',
    write: (profile, { title }) => toHotspots(profile, title),
  },
} as const satisfies Record<string, ProfileFormat>;

/** Name of a format. */
export type ProfileFormatName = keyof typeof PROFILE_FORMATS;

/** The page draws its tree by recursion, so stacks of many thousand frames are too deep for it. */
function writeFlameGraph(profile: Profile, { title, client }: WriteOptions): string {
  try {
    return toFlameHtml(profile, { title, client, ...(profile.note !== undefined && { note: profile.note }) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProfileError('Cannot draw a flame graph: the stacks are too deep; choose another format', {
      cause: error,
    });
  }
}
