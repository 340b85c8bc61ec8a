// pprof's profile.proto as a profile.
import { Profile as PprofProfile } from 'pprof-format';
import { originOf } from '../origin-of.js';
import { type Frame, ORIGINS, type Origin, type Profile, type Unit } from '../profile.js';
import { ProfileBuilder, type ThreadBuilder } from '../profile-builder.js';
import { readingAs } from '../profile-error.js';
import { TIME_UNITS } from './time-units.js';

/** What one of the format's units is of ours; the prefixes are those that pprof itself scales. */
const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  ...TIME_UNITS,
  bytes: ['bytes', 1],
  kilobytes: ['bytes', 1024],
  megabytes: ['bytes', 1024 ** 2],
};

/** Units of ours that are counts there, told by their type. */
const COUNTED = ['instructions', 'allocations'] as const;

/**
 * Reads a protocol buffer that is no longer compressed.
 *
 * Of several values a sample has (objects and bytes, in use and allocated), the one that the file names as its default is
 * read, or the last one, as pprof itself does.
 *
 * @throws ProfileError where the bytes are no such message, or hold differences, which may be below zero
 */
export function importPprof(bytes: Uint8Array): Profile {
  return readingAs('pprof file', () => fromPprof(PprofProfile.decode(bytes)), 'record or export it again');
}

function fromPprof(file: PprofProfile): Profile {
  const text = (index: number | bigint) => {
    const found = file.stringTable.strings[Number(index)];
    if (found === undefined) throw new Error(`it names text ${index}, which is not there`);
    return found;
  };
  const types = file.sampleType.map(({ type, unit }) => ({ type: text(type), unit: text(unit) }));
  const values = chooseValues(types, text(file.defaultSampleType));
  const builder = new ProfileBuilder();
  const frames = readFrames(file, builder, text);
  const threads = new Map<string, ThreadBuilder>();
  for (const { locationId, value, label } of file.sample) {
    if (value.length !== types.length) throw new Error('a sample has not one value for each type');
    const labels = new Map(label.map(({ key, str, num }) => [text(key), { str: text(str), num: Number(num) }]));
    const facts = { name: labels.get('thread')?.str ?? '', id: labels.get('thread_id')?.num ?? 0 };
    const key = JSON.stringify(facts);
    const thread = threads.get(key) ?? builder.thread(facts);
    threads.set(key, thread);
    const stack = locationId.toReversed().flatMap((id) => frames.at(Number(id)));
    thread.add(frames.withTier(stack, labels.get('tier')?.str), {
      weight: signed(value[values.weight] as number | bigint) * values.scale,
      samples: values.samples === undefined ? 1 : signed(value[values.samples] as number | bigint),
    });
  }
  return builder.build({ ...readComments(file.comment.map(text)), unit: values.unit, interval: Number(file.period) });
}

interface Values {
  unit: Unit;
  scale: number;
  /** Index of the weights among a sample's values. */
  weight: number;
  /** Index of the number of samples; each counts once where there is none. */
  samples: number | undefined;
}

function chooseValues(types: readonly { type: string; unit: string }[], preferred: string): Values {
  if (types.length === 0) throw new Error('it does not say what its values are');
  const named = types.findIndex(({ type }) => type === preferred);
  const weight = named === -1 ? types.length - 1 : named;
  const { type, unit } = types[weight] as { type: string; unit: string };
  const counts = types.findIndex((each) => each.type === 'samples' && each.unit === 'count');
  // Go writes objects before their bytes.
  const before = types[weight - 1]?.unit === 'count' ? weight - 1 : undefined;
  const known = UNITS[unit];
  const bare = COUNTED.find((each) => each === type) ?? 'samples';
  if (known === undefined && unit !== 'count')
    throw new Error(`its values "${type}" are in "${unit}", which is neither time, nor bytes, nor a count`);
  if (known === undefined && bare === 'samples') return { unit: bare, scale: 1, weight, samples: weight };
  const [of, scale] = known ?? [bare, 1];
  return { unit: of, scale, weight, samples: counts === -1 ? before : counts };
}

interface FrameReader {
  /** Frames of a location, the outermost first. */
  at(location: number): number[];
  /** The tier is a label of the sample, and belongs to the innermost function. */
  withTier(stack: number[], tier: string | undefined): number[];
}

function readFrames(
  file: PprofProfile,
  builder: ProfileBuilder,
  text: (index: number | bigint) => string,
): FrameReader {
  const functions = new Map(file.function.map((each) => [Number(each.id), each]));
  const mappings = new Map(file.mapping.map((each) => [Number(each.id), text(each.filename)]));
  const frames = new Map<number, Frame>();
  const intern = (frame: Frame) => {
    const index = builder.frame(frame);
    frames.set(index, frame);
    return index;
  };
  const locations = new Map<number, number[]>();
  for (const { id, mappingId, address, line } of file.location) {
    const mapping = mappings.get(Number(mappingId));
    const place = line.map((each, index): Frame => {
      const found = functions.get(Number(each.functionId));
      if (found === undefined) throw new Error(`it names function ${each.functionId}, which is not there`);
      const name = text(found.name) || text(found.systemName) || '(anonymous)';
      const where = {
        file: text(found.filename),
        line: Number(each.line || found.startLine),
        column: Number(each.column),
      };
      return toFrame(name, { ...where, inlined: index < line.length - 1 }, mapping);
    });
    const nameless = toFrame(`0x${address.toString(16)}`, { file: '', line: 0, column: 0, inlined: false }, mapping);
    locations.set(Number(id), (place.length === 0 ? [nameless] : place.reverse()).map(intern));
  }
  return {
    at(location) {
      const found = locations.get(location);
      if (found === undefined) throw new Error(`it names location ${location}, which is not there`);
      return found;
    },
    withTier(stack, tier) {
      const innermost = frames.get(stack.at(-1) ?? -1);
      return tier === undefined || !innermost ? stack : [...stack.slice(0, -1), intern({ ...innermost, tier })];
    },
  };
}

interface PlaceOfFrame {
  file: string;
  line: number;
  column: number;
  inlined: boolean;
}

function toFrame(name: string, { file, line, column, inlined }: PlaceOfFrame, mapping: string | undefined): Frame {
  const told = ORIGINS.find((origin) => mapping === `[${origin}]`);
  const origin: Origin = told ?? (file === '' ? originOf(mapping) : originOf(file));
  return {
    name,
    origin,
    ...(file !== '' && { file }),
    ...(line > 0 && { line }),
    ...(column > 0 && { column }),
    ...(inlined && { inlined }),
  };
}

/** Our exporter's comments; those of others are left out. */
function readComments(comments: readonly string[]): Pick<Profile, 'engine' | 'lost' | 'note'> {
  const of = (key: string) => comments.find((each) => each.startsWith(`${key}: `))?.slice(key.length + 2);
  const lost = Number(of('lost') ?? Number.NaN);
  const note = of('note');
  return { engine: of('engine') ?? 'pprof', ...(lost >= 0 && { lost }), ...(note !== undefined && { note }) };
}

/** The library decodes 64 bits as a number without a sign. */
function signed(value: number | bigint): number {
  const number = Number(typeof value === 'bigint' ? BigInt.asIntN(64, value) : value);
  if (number < 0) throw new Error('it holds values below zero, as a difference of two profiles does');
  return number;
}
