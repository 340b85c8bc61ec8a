// speedscope's file format (https://www.speedscope.app/file-format-schema.json), one profile for each thread.
import type { Frame, Profile, ThreadProfile } from '../profile.js';

/** A file of speedscope, https://www.speedscope.app/file-format-schema.json, as far as it is written here. */
export interface SpeedscopeFile {
  $schema: 'https://www.speedscope.app/file-format-schema.json';
  shared: { frames: { name: string; file?: string; line?: number }[] };
  profiles: SpeedscopeProfile[];
  name: string;
  activeProfileIndex: number;
  exporter: string;
}

interface SpeedscopeProfile {
  type: 'sampled';
  name: string;
  unit: 'nanoseconds' | 'bytes';
  startValue: number;
  endValue: number;
  /** Indices into the shared frames, root first. */
  samples: number[][];
  weights: number[];
}

/**
 * The profile for https://www.speedscope.app or `speedscope FILE`, the thread that runs JavaScript first.
 *
 * The model keeps no times of single samples, so speedscope's time order is by weight.
 */
export function toSpeedscope(profile: Profile, name: string): SpeedscopeFile {
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: profile.frames.map(toFrame) },
    profiles: profile.threads.map((thread) => toProfile(thread, profile.unit)),
    name,
    activeProfileIndex: 0,
    exporter: 'forgebench',
  };
}

function toFrame({ name, file, line, tier, inlined }: Frame): SpeedscopeFile['shared']['frames'][number] {
  const attribute = tier ?? (inlined ? 'inlined' : undefined);
  return {
    name: attribute ? `${name} [${attribute}]` : name,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
  };
}

function toProfile({ name, id, stacks }: ThreadProfile, unit: Profile['unit']): SpeedscopeProfile {
  const weights = stacks.map(({ weight }) => weight);
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    type: 'sampled',
    name: `${name} ${id}`,
    unit,
    startValue: 0,
    endValue,
    samples: stacks.map(({ frames }) => frames),
    weights,
  };
}
