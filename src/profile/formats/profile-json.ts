// profile.json: the model itself, as a run keeps it.
import { z } from 'zod';
import { ORIGINS, type Profile, UNITS } from '../profile.js';
import { readingAs } from '../profile-error.js';

/** Goes up with whatever an older reader would misunderstand. */
const PROFILE_VERSION = 1;

const amount = z.number().nonnegative();
const position = z.int().nonnegative();
const frame = z.object({
  name: z.string(),
  origin: z.enum(ORIGINS),
  file: z.string().exactOptional(),
  line: position.exactOptional(),
  column: position.exactOptional(),
  tier: z.string().exactOptional(),
  inlined: z.boolean().exactOptional(),
});
const thread = z.object({
  name: z.string(),
  id: z.number(),
  process: z.number().exactOptional(),
  javascript: z.boolean(),
  stacks: z.array(
    z.object({ frames: z.array(position), weight: amount, samples: amount, calls: amount.exactOptional() }),
  ),
});
const profile = z.object({
  engine: z.string(),
  unit: z.enum(UNITS),
  interval: amount,
  lost: amount.exactOptional(),
  note: z.string().exactOptional(),
  operations: z.number().positive().exactOptional(),
  capture: z.record(z.string(), z.string()).exactOptional(),
  frames: z.array(frame),
  threads: z.array(thread),
});

/** The text of profile.json; nothing is lost. */
export function toProfileJson(each: Profile): string {
  return `${JSON.stringify({ version: PROFILE_VERSION, ...each })}\n`;
}

/**
 * Reads profile.json back.
 *
 * @throws ProfileError where the text is cut off, of another version, or something else
 *
 * @example
 * const { frames, threads } = readProfile(readFileSync('profile.json', 'utf8'));
 */
export function readProfile(text: string): Profile {
  return readingAs('profile.json', () => checkProfile(JSON.parse(text)), 'profile the case again');
}

/** Checks what the engine's samplers hand over as JSON, which has no version because nobody keeps it. */
export function parseProfile(json: string): Profile {
  return readingAs('the profile of the sampler', () => checkIndices(profile.parse(JSON.parse(json))));
}

/** @throws Error for whatever is no profile of this version */
export function checkProfile(value: unknown): Profile {
  const { version } = z.object({ version: z.number() }).parse(value);
  if (version !== PROFILE_VERSION)
    throw new Error(`it has version ${version}, and this forgebench reads version ${PROFILE_VERSION}`);
  return checkIndices(profile.parse(value));
}

function checkIndices(each: Profile): Profile {
  for (const { frames } of each.threads.flatMap(({ stacks }) => stacks))
    for (const index of frames)
      if (index >= each.frames.length) throw new Error(`a stack names frame ${index} of ${each.frames.length}`);
  return each;
}
