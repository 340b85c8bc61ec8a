// Profiles of many threads as one, with a thread for each.
import type { Frame, Profile, ThreadProfile } from '../profile/index.js';

/** A profile of one thread, and what to call that thread among others. */
export interface NamedProfile {
  name: string;
  process: number;
  id: number;
  profile: Profile;
}

/**
 * One profile with a thread for each that is given, in their order; threads without a sample are left out. Equal frames
 * become one.
 *
 * @param facts what saw them all, and in which unit
 * @returns a profile whose interval is the mean of all samples, where the facts do not tell it
 */
export function mergeProfiles(
  { engine, unit, interval }: Pick<Profile, 'engine' | 'unit'> & { interval?: number },
  parts: readonly NamedProfile[],
): Profile {
  const frames: Frame[] = [];
  const indices = new Map<string, number>();
  const indexOf = (frame: Frame) => {
    const { name, origin, file, line, column, tier, inlined } = frame;
    const key = JSON.stringify([name, origin, file, line, column, tier, inlined]);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, frames.length);
    return frames.push(frame) - 1;
  };
  const threads = parts.flatMap(({ name, process, id, profile }): ThreadProfile[] => {
    const index = profile.frames.map(indexOf);
    const stacks = profile.threads
      .flatMap((thread) => thread.stacks)
      .map((stack) => ({ ...stack, frames: stack.frames.map((frame) => index[frame] as number) }));
    return stacks.length === 0 ? [] : [{ name, process, id, javascript: true, stacks }];
  });
  const stacks = threads.flatMap((thread) => thread.stacks);
  const [weight, samples] = stacks.reduce(([w, s], stack) => [w + stack.weight, s + stack.samples], [0, 0]);
  return {
    engine,
    unit,
    interval: interval ?? (samples === 0 ? 0 : Math.round(weight / samples)),
    frames,
    threads,
  };
}

/** What to call processes and threads. */
export interface ThreadNames {
  label(pid: number): string;
  /** Names of worker threads that are known, by the kernel's number. */
  workers: ReadonlyMap<number, string>;
}

/**
 * Names the threads of a recording after their processes. Threads that run no JavaScript become one for each process:
 * V8 alone has four helpers in every node process.
 */
export function nameThreads(profile: Profile, { label, workers }: ThreadNames): Profile {
  const threads = new Map<string, ThreadProfile>();
  for (const thread of profile.threads) {
    const process = thread.process ?? thread.id;
    const worker = thread.javascript && thread.id !== process;
    const main = thread.id === process;
    const role = worker ? ` worker thread ${thread.id}` : main ? '' : ' helpers';
    const key = `${process}${role}`;
    const known = threads.get(key);
    if (known) known.stacks.push(...thread.stacks);
    else {
      const name = (worker && workers.get(thread.id)) || `${label(process)}${role}`;
      threads.set(key, { ...thread, name, stacks: [...thread.stacks] });
    }
  }
  return { ...profile, threads: [...threads.values()] };
}
