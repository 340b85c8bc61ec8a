// Files of any format that is known, told by their content: names and endings may say anything.
import { gunzipSync } from 'node:zlib';
import type { Profile, Unit } from '../profile.js';
import { ProfileError, readingAs } from '../profile-error.js';
import { importCallgrind } from './import-callgrind.js';
import { fromCpuProfile, type ImportOptions } from './import-cpu-profile.js';
import { fromFirefox } from './import-firefox.js';
import { importFolded } from './import-folded.js';
import { fromHeapProfile } from './import-heap-profile.js';
import { importMassif } from './import-massif.js';
import { importPprof } from './import-pprof.js';
import { fromSpeedscope } from './import-speedscope.js';
import { checkProfile } from './profile-json.js';

/** What is not in the file itself. */
export interface ImportFileOptions extends ImportOptions {
  /** What weights of folded stacks are, which do not say. */
  unit?: Unit;
}

/** A profile and the format that it was found in. */
export interface ImportedProfile {
  profile: Profile;
  format: string;
}

/** Bytes that are read at once; V8 has no longer strings than half a gigabyte. */
const MOST_BYTES = 512e6;
const KNOWN =
  'profile.json, .cpuprofile, .heapprofile, pprof, folded stacks, speedscope, Firefox profiles, callgrind.out and massif.out are read';

/** A JSON format: a key that only its files have, and how they are read. */
interface JsonFormat {
  format: string;
  has(value: Record<string, unknown>): boolean;
  read(value: unknown, options: ImportFileOptions): Profile;
}

const JSON_FORMATS: readonly JsonFormat[] = [
  { format: 'cpuprofile', has: (value) => 'nodes' in value && 'timeDeltas' in value, read: fromCpuProfile },
  { format: 'heapprofile', has: (value) => 'head' in value, read: fromHeapProfile },
  { format: 'firefox', has: ({ meta }) => hasKey(meta, 'preprocessedProfileVersion'), read: fromFirefox },
  { format: 'speedscope', has: ({ shared }) => hasKey(shared, 'frames'), read: fromSpeedscope },
  { format: 'profile', has: (value) => 'engine' in value && 'threads' in value, read: checkProfile },
];

/** Files that are often taken for profiles. */
const OTHERS: Readonly<Record<string, string>> = {
  snapshot: 'it is a heap snapshot, which says what lives and not where it was allocated',
  traceEvents: 'it is a trace of events; save the CPU profile alone',
};

/**
 * Reads a profile of whatever format, compressed or not.
 *
 * @throws ProfileError saying what the file is taken for and what is wrong with it
 *
 * @example
 * const { profile, format } = importProfile(readFileSync('cpu.cpuprofile'));
 */
export function importProfile(bytes: Uint8Array, options: ImportFileOptions = {}): ImportedProfile {
  const plain = unzip(bytes);
  if (plain.length === 0) throw unreadable('it is empty');
  if (plain.length > MOST_BYTES)
    throw unreadable(`it has ${plain.length} bytes, and ${MOST_BYTES} can be read at once`);
  if (isBinary(plain)) return { format: 'pprof', profile: importPprof(plain) };
  const text = Buffer.from(plain)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (/^\s*[[{]/.test(text)) return fromJson(text, options);
  if (isCallgrind(text)) return { format: 'callgrind', profile: importCallgrind(text) };
  if (isMassif(text)) return { format: 'massif', profile: importMassif(text) };
  if (!/^.*\S\s+\d+(\.\d+)?\s*$/m.test(text)) throw unreadable('it has no known format');
  return { format: 'folded', profile: importFolded(text, options) };
}

function unreadable(reason: string): ProfileError {
  return new ProfileError(`Cannot read the profile: ${reason}; ${KNOWN}`);
}

/** A small file may unfold into more than memory holds, so there is a limit. */
function unzip(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return readingAs(
    'the compressed profile',
    () => gunzipSync(bytes, { maxOutputLength: MOST_BYTES }),
    'record or export it again',
  );
}

/** Text has no control characters but white space; a protocol buffer begins with one. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 1000).some((byte) => byte < 9 || (byte > 13 && byte < 32));
}

function isCallgrind(text: string): boolean {
  const head = text.slice(0, 4000);
  return /^# callgrind format|^creator: callgrind|^events: /m.test(head);
}

function isMassif(text: string): boolean {
  return /^desc:.*\ncmd:.*\ntime_unit:/.test(text);
}

function fromJson(text: string, options: ImportFileOptions): ImportedProfile {
  const value = readingAs(
    'the profile',
    () => JSON.parse(text) as unknown,
    'it may be cut off: record or export it again',
  );
  if (typeof value !== 'object' || value === null) throw unreadable('it has no known format');
  const known = JSON_FORMATS.find(({ has }) => has(value as Record<string, unknown>));
  if (known === undefined) {
    const other = Object.keys(OTHERS).find((key) => key in value);
    throw unreadable(other === undefined ? 'it has no known format' : (OTHERS[other] as string));
  }
  const { format, read } = known;
  const profile = readingAs(`the profile as ${format}`, () => read(value, options), 'record or export it again');
  return { format, profile };
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}
