// speedscope's file format (https://www.speedscope.app/file-format-schema.json), one profile for each thread.
import type { Frame, Origin, Profile, ThreadProfile } from '../profile.js';

/** A file of speedscope, https://www.speedscope.app/file-format-schema.json, as far as it is written here. */
export interface SpeedscopeFile {
  $schema: 'https://www.speedscope.app/file-format-schema.json';
  shared: { frames: SpeedscopeFrame[] };
  profiles: SpeedscopeProfile[];
  name: string;
  activeProfileIndex: number;
  exporter: string;
}

interface SpeedscopeFrame {
  /** With the tier, or `inlined`, in brackets. */
  name: string;
  file?: string;
  line?: number;
  col?: number;
  /** Ours; speedscope passes over it. */
  origin: Origin;
}

interface SpeedscopeProfile {
  type: 'sampled';
  name: string;
  unit: 'nanoseconds' | 'bytes' | 'none';
  startValue: number;
  endValue: number;
  /** Indices into the shared frames, root first. */
  samples: number[][];
  weights: number[];
}

/**
 * The profile for https://www.speedscope.app or `speedscope FILE`, the thread that runs JavaScript first.
 *
 * The model keeps no times of single samples, so speedscope's time order is by weight. The format has no place for the
 * number of samples, the interval and the engine; instructions and bare samples become its unit `none`.
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

function toFrame({ name, origin, file, line, column, tier, inlined }: Frame): SpeedscopeFrame {
  const attribute = tier ?? (inlined ? 'inlined' : undefined);
  return {
    name: attribute ? `${name} [${attribute}]` : name,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { col: column }),
    origin,
  };
}

function toProfile({ name, id, stacks }: ThreadProfile, unit: Profile['unit']): SpeedscopeProfile {
  const weights = stacks.map(({ weight }) => weight);
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    type: 'sampled',
    name: `${name} ${id}`,
    unit: unit === 'nanoseconds' || unit === 'bytes' ? unit : 'none',
    startValue: 0,
    endValue,
    samples: stacks.map(({ frames }) => frames),
    weights,
  };
}
