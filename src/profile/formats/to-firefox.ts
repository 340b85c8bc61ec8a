// The Firefox Profiler's processed format, https://profiler.firefox.com.
import { isJavaScript } from '../javascript-frame.js';
import { ORIGINS, type Origin, type Profile, type ThreadProfile } from '../profile.js';
import { FirefoxTables } from './firefox-tables.js';
import { spreadSamples } from './spread-samples.js';

/** The version of August 2026; the viewer brings older ones up to date itself. */
export const FIREFOX_VERSION = 70;

/** Colours are names out of the viewer's own list. */
const COLORS: Readonly<Record<Origin, string>> = {
  user: 'yellow',
  node_modules: 'brown',
  forgebench: 'darkgrey',
  node: 'green',
  v8: 'lightblue',
  gc: 'orange',
  rust: 'red',
  native: 'purple',
  libc: 'magenta',
  kernel: 'blue',
  unknown: 'grey',
};
/** Subcategories of every category: the viewer shows tiers of JavaScript so. The first must be `Other`. */
export const SUBCATEGORIES = ['Other', 'interpreted', 'baseline', 'maglev', 'optimised'] as const;

const MILLISECOND = 1e6;

/**
 * The profile for https://profiler.firefox.com (docs-developer/processed-profile-format.md in its repository): categories
 * are origins, subcategories tiers; inlined functions have an inline depth. Engine, unit, interval and what was lost stand
 * under `meta.extra`, which the viewer shows.
 *
 * Entries of a thread follow each other by weight, because the model keeps no times of single samples.
 */
export function toFirefox(profile: Profile, name: string): object {
  const tables = new FirefoxTables(profile.frames, {
    category: (frame) => ORIGINS.indexOf(frame.origin),
    subcategory: ({ tier = 'Other' }) => Math.max(0, (SUBCATEGORIES as readonly string[]).indexOf(tier)),
    isJavaScript,
  });
  const spread = spreadSamples(profile.threads.flatMap(({ stacks }) => stacks));
  const threads = profile.threads.map((thread) => toThread(thread, { profile, tables, spread }));
  return {
    meta: { ...META, product: name, interval: intervalMs(profile), extra: [extra(profile)] },
    libs: [],
    shared: tables.shared(),
    threads,
  };
}

const META = {
  startTime: 0,
  processType: 0,
  stackwalk: 1,
  version: 31,
  preprocessedProfileVersion: FIREFOX_VERSION,
  importedFrom: 'forgebench',
  symbolicated: true,
  symbolicationNotSupported: true,
  usesOnlyOneStackType: false,
  sourceCodeIsNotOnSearchfox: true,
  keepProfileThreadOrder: true,
  markerSchema: [],
  categories: ORIGINS.map((name) => ({ name, color: COLORS[name], subcategories: [...SUBCATEGORIES] })),
};

function intervalMs({ unit, interval }: Profile): number {
  return unit === 'nanoseconds' && interval > 0 ? interval / MILLISECOND : 1;
}

/** What the format has no field for. */
function extra({ engine, unit, interval, lost, note }: Profile): object {
  const facts = { engine, unit, interval, ...(lost !== undefined && { lost }), ...(note !== undefined && { note }) };
  const entries = Object.entries(facts).map(([label, value]) => ({ label, format: 'string', value: String(value) }));
  return { label: 'forgebench', entries };
}

interface Work {
  profile: Profile;
  tables: FirefoxTables;
  spread: ReturnType<typeof spreadSamples>;
}

function toThread({ name, id, javascript, stacks }: ThreadProfile, { profile, tables, spread }: Work): object {
  const isTime = profile.unit === 'nanoseconds';
  const rows = stacks.flatMap((stack) => {
    const at = stack.frames.length === 0 ? null : tables.stack(stack.frames);
    return spread(stack).map((weight) => ({ at, weight: isTime ? weight / MILLISECOND : weight }));
  });
  const step = intervalMs(profile);
  let now = 0;
  const time = rows.map(({ weight }) => {
    const start = now;
    now += isTime ? weight : step;
    return start;
  });
  return {
    processType: 'default',
    processStartupTime: 0,
    processShutdownTime: null,
    registerTime: 0,
    unregisterTime: null,
    pausedRanges: [],
    name: name || 'thread',
    isMainThread: javascript,
    pid: '1',
    tid: id,
    samples: {
      length: rows.length,
      stack: rows.map(({ at }) => at),
      time,
      weight: rows.map(({ weight }) => weight),
      weightType: isTime ? 'tracing-ms' : profile.unit === 'bytes' ? 'bytes' : 'samples',
    },
    markers: { length: 0, data: [], name: [], startTime: [], endTime: [], phase: [], category: [] },
  };
}
