// pprof's profile.proto, compressed: what `go tool pprof`, Pyroscope and Parca read.
import { gzipSync } from 'node:zlib';
import {
  type LabelInput,
  Line,
  Location,
  Mapping,
  Function as PprofFunction,
  Profile as PprofProfile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { isJavaScript } from '../javascript-frame.js';
import type { Frame, Origin, Profile, Stack, ThreadProfile, Unit } from '../profile.js';
import { UNKNOWN } from './call-tree.js';

/** Type and unit of the weights beside `samples/count`; bare samples have no weights beside that. */
const WEIGHTS: Readonly<Record<Unit, readonly [string, string] | undefined>> = {
  nanoseconds: ['cpu', 'nanoseconds'],
  bytes: ['space', 'bytes'],
  instructions: ['instructions', 'count'],
  allocations: ['allocations', 'count'],
  samples: undefined,
};

/**
 * The profile as a compressed protocol buffer (https://github.com/google/pprof/blob/main/proto/profile.proto).
 *
 * Samples carry the labels `thread`, `thread_id`, and `origin` and `tier` of their innermost function. The origin of every
 * function is the name of its mapping, `[rust]`; functions that were inlined share a location with their caller, as far as
 * both have one origin. Engine, lost samples and what the profile cannot show are comments. Lost are the tiers of
 * callers, and weights are rounded to whole numbers.
 */
export function toPprof(profile: Profile): Uint8Array {
  return gzipSync(new PprofWriter(profile).write().encode());
}

/** Tables that refer to each other by number, which count from 1. */
class PprofWriter {
  readonly #profile: Profile;
  readonly #strings = new StringTable();
  readonly #functions = new Map<string, PprofFunction>();
  readonly #mappings = new Map<Origin, Mapping>();
  readonly #locations = new Map<string, Location>();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  write(): PprofProfile {
    const { threads, unit, interval } = this.#profile;
    const weight = WEIGHTS[unit];
    const types = [['samples', 'count'] as const, ...(weight ? [weight] : [])].map((type) => this.#valueType(type));
    const sample = threads.flatMap((thread) => thread.stacks.map((stack) => this.#sample(thread, stack)));
    const comment = this.#comments().map((text) => this.#text(text));
    return new PprofProfile({
      sampleType: types,
      sample,
      mapping: [...this.#mappings.values()],
      location: [...this.#locations.values()],
      function: [...this.#functions.values()],
      stringTable: this.#strings,
      periodType: this.#valueType(weight ?? ['samples', 'count']),
      period: Math.round(interval),
      comment,
      defaultSampleType: this.#text((weight ?? ['samples'])[0] as string),
    });
  }

  #text(text: string): number {
    return this.#strings.dedup(text);
  }

  #valueType([type, unit]: readonly [string, string]): ValueType {
    return new ValueType({ type: this.#text(type), unit: this.#text(unit) });
  }

  #comments(): string[] {
    const { engine, lost, note } = this.#profile;
    return [`engine: ${engine}`, ...(lost === undefined ? [] : [`lost: ${lost}`]), ...(note ? [`note: ${note}`] : [])];
  }

  #sample({ name, id }: ThreadProfile, { frames, weight, samples }: Stack): Sample {
    const stack = frames.length === 0 ? [UNKNOWN] : frames.map((index) => this.#profile.frames[index] as Frame);
    const { origin, tier } = stack.at(-1) as Frame;
    const label = [
      this.#label('thread', name),
      { key: this.#text('thread_id'), num: id },
      this.#label('origin', origin),
      ...(tier === undefined ? [] : [this.#label('tier', tier)]),
    ];
    const locationId = withInlined(stack).map((functions) => this.#location(functions));
    const weighed = this.#profile.unit === 'samples' ? [weight] : [samples, weight];
    return new Sample({ locationId: locationId.reverse(), value: weighed.map(Math.round), label });
  }

  #label(key: string, text: string): LabelInput {
    return { key: this.#text(key), str: this.#text(text) };
  }

  /** Functions of one place in the code, the innermost first. */
  #location(functions: readonly Frame[]): number {
    const line = functions.map((frame) => this.#line(frame));
    const mappingId = this.#mapping((functions.at(-1) as Frame).origin);
    const key = JSON.stringify([mappingId, line.map((each) => [each.functionId, each.line, each.column])]);
    const known = this.#locations.get(key);
    if (known) return Number(known.id);
    const id = this.#locations.size + 1;
    this.#locations.set(key, new Location({ id, mappingId, line }));
    return id;
  }

  #line(frame: Frame): Line {
    return new Line({ functionId: this.#function(frame), line: frame.line ?? 0, column: frame.column ?? 0 });
  }

  #function(frame: Frame): number {
    const { name, file = '' } = frame;
    // Of JavaScript the line is that of the definition, which tells anonymous functions apart.
    const startLine = isJavaScript(frame) ? (frame.line ?? 0) : 0;
    const key = JSON.stringify([name, file, startLine]);
    const known = this.#functions.get(key);
    if (known) return Number(known.id);
    const id = this.#functions.size + 1;
    // Without a system name pprof takes the name as it is; from an equal one it would cut what stands in `<…>`.
    this.#functions.set(key, new PprofFunction({ id, name: this.#text(name), filename: this.#text(file), startLine }));
    return id;
  }

  /** Says that names are there already, so that nobody looks for a file of this name. */
  #mapping(origin: Origin): number {
    const known = this.#mappings.get(origin);
    if (known) return Number(known.id);
    const id = this.#mappings.size + 1;
    const named = { hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: true };
    this.#mappings.set(origin, new Mapping({ id, filename: this.#text(`[${origin}]`), ...named }));
    return id;
  }
}

/** Splits a stack into places, root first; each holds the functions inlined there, the innermost first. */
function withInlined(stack: readonly Frame[]): Frame[][] {
  const places: Frame[][] = [];
  for (const frame of stack) {
    const caller = places.at(-1);
    if (frame.inlined && caller?.[0]?.origin === frame.origin) caller.unshift(frame);
    else places.push([frame]);
  }
  return places;
}
