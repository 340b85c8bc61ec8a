// The Firefox Profiler's processed format as a profile, as far as we write it.
import { z } from 'zod';
import { originOf } from '../origin-of.js';
import { type Frame, ORIGINS, type Profile, UNITS, type Unit } from '../profile.js';
import { ProfileBuilder, type ThreadBuilder } from '../profile-builder.js';
import { FIREFOX_VERSION, SUBCATEGORIES } from './to-firefox.js';

/** Since this version a stack says by how many rows its parent comes before it. */
const OLDEST_VERSION = 66;

const index = z.int().nonnegative();
const numbers = z.array(z.number().nullable());
const entry = z.object({ label: z.string(), value: z.unknown() });
const firefox = z.object({
  meta: z.object({
    preprocessedProfileVersion: z.number(),
    interval: z.number().optional(),
    categories: z.array(z.object({ name: z.string(), subcategories: z.array(z.string()) })),
    extra: z.array(z.object({ label: z.string(), entries: z.array(entry) })).optional(),
  }),
  shared: z.object({
    stringArray: z.array(z.string()),
    sources: z.object({ filename: z.array(index) }),
    funcTable: z.object({ name: z.array(index), source: z.array(index.nullable()) }),
    frameTable: z.object({
      func: z.array(index),
      category: numbers,
      subcategory: numbers,
      inlineDepth: z.array(index),
      line: numbers,
      column: numbers,
    }),
    stackTable: z.object({ frame: z.array(index), prefixOffset: z.array(index) }),
  }),
  threads: z.array(
    z.object({
      name: z.string(),
      tid: z.union([z.number(), z.string()]),
      isMainThread: z.boolean(),
      samples: z.object({
        stack: z.array(index.nullable()),
        weight: z.array(z.number()).nullish(),
        weightType: z.enum(['samples', 'tracing-ms', 'bytes']),
      }),
    }),
  ),
});
type Firefox = z.infer<typeof firefox>;
type Shared = Firefox['shared'];

/** What weights are, and by what they are multiplied. */
const WEIGHTS = { samples: ['samples', 1], 'tracing-ms': ['nanoseconds', 1e6], bytes: ['bytes', 1] } as const;

/**
 * The profile in the JSON that our exporter and the viewer's "Save" write, versions 66 to 70.
 *
 * @throws Error where the value is no such profile, or of another version
 */
export function fromFirefox(value: unknown): Profile {
  const { meta: head } = z.object({ meta: z.object({ preprocessedProfileVersion: z.number() }) }).parse(value);
  const version = head.preprocessedProfileVersion;
  if (version < OLDEST_VERSION || version > FIREFOX_VERSION)
    throw new Error(`it has version ${version}, and versions ${OLDEST_VERSION} to ${FIREFOX_VERSION} are read`);
  const file = firefox.parse(value);
  const { meta, shared, threads } = file;
  const builder = new ProfileBuilder();
  const frames = shared.frameTable.func.map((_, row) => builder.frame(readFrame(file, row)));
  const types = [...new Set(threads.map(({ samples }) => samples.weightType))];
  if (types.length > 1) throw new Error(`its threads count in ${types.join(' and ')}, which cannot be one`);
  const [unit, scale] = WEIGHTS[types[0] ?? 'samples'];
  for (const [position, { name, tid, isMainThread, samples }] of threads.entries()) {
    const id = Number(tid);
    const thread = builder.thread({ name, id: Number.isFinite(id) ? id : position, javascript: isMainThread });
    addSamples(samples, thread, { scale, pathOf: (stack) => pathOf(shared, stack).map((row) => at(frames, row)) });
  }
  return builder.build(readExtra(meta.extra ?? [], unit));
}

interface Reading {
  scale: number;
  pathOf(stack: number): number[];
}

function addSamples(
  { stack, weight }: Firefox['threads'][number]['samples'],
  thread: ThreadBuilder,
  { scale, pathOf: read }: Reading,
): void {
  const paths = new Map<number, number[]>();
  for (const [row, place] of stack.entries()) {
    const path = place === null ? [] : (paths.get(place) ?? read(place));
    if (place !== null) paths.set(place, path);
    const own = weight ? at(weight, row) : 1;
    thread.add(path, { weight: scale === 1 ? own : Math.round(own * scale), samples: 1 });
  }
}

/** Rows of the frame table, root first. */
function pathOf({ stackTable: { frame, prefixOffset } }: Shared, stack: number): number[] {
  const path: number[] = [];
  for (let row = stack; ; row -= at(prefixOffset, row)) {
    path.push(at(frame, row));
    if (at(prefixOffset, row) === 0) return path.reverse();
  }
}

function readFrame({ meta: { categories }, shared }: Firefox, row: number): Frame {
  const { stringArray, sources, funcTable, frameTable } = shared;
  const func = at(frameTable.func, row);
  const source = at(funcTable.source, func);
  const file = source === null ? undefined : at(stringArray, at(sources.filename, source));
  const category = categories[at(frameTable.category, row) ?? -1];
  const tier = category?.subcategories[at(frameTable.subcategory, row) ?? 0];
  const [line, column] = [at(frameTable.line, row), at(frameTable.column, row)];
  return {
    name: at(stringArray, at(funcTable.name, func)),
    origin: ORIGINS.find((origin) => origin === category?.name) ?? originOf(file),
    ...(file !== undefined && { file }),
    ...(line !== null && { line }),
    ...(column !== null && { column }),
    ...(tier !== undefined && (SUBCATEGORIES as readonly string[]).indexOf(tier) > 0 && { tier }),
    ...(at(frameTable.inlineDepth, row) > 0 && { inlined: true }),
  };
}

/** What our exporter wrote beside the format's own fields. */
function readExtra(
  sections: readonly { label: string; entries: z.infer<typeof entry>[] }[],
  unit: Unit,
): Pick<Profile, 'engine' | 'unit' | 'interval' | 'lost' | 'note'> {
  const entries = sections.find(({ label }) => label === 'forgebench')?.entries ?? [];
  const of = (label: string) => entries.find((each) => each.label === label)?.value;
  const [interval, lost, note] = [Number(of('interval')), Number(of('lost')), of('note')];
  return {
    engine: String(of('engine') ?? 'firefox'),
    unit: unit === 'samples' ? (UNITS.find((each) => each === of('unit')) ?? unit) : unit,
    interval: Number.isFinite(interval) ? Math.max(0, interval) : 0,
    ...(lost >= 0 && { lost }),
    ...(note !== undefined && { note: String(note) }),
  };
}

/** @throws Error where a table has no such row */
function at<T>(column: readonly T[], row: number): T {
  if (!(row in column)) throw new Error(`a table names row ${row} of ${column.length}`);
  return column[row] as T;
}
