// Profiles put together sample by sample: equal frames once, equal stacks of a thread once.
import { isJavaScript } from './javascript-frame.js';
import type { Frame, Profile, Stack, ThreadProfile } from './profile.js';

/** What a stack stands for. */
export type Amount = Pick<Stack, 'weight' | 'samples'>;

/**
 * Frames in all stacks together. A small file can describe a chain of a hundred thousand calls and a sample in each; what
 * would take gigabytes is refused instead.
 */
const MOST_FRAMES = 10e6;

/** Collects the samples of one profile. */
export class ProfileBuilder {
  readonly #frames: Frame[] = [];
  readonly #indices = new Map<string, number>();
  readonly #threads: ThreadBuilder[] = [];
  #room = MOST_FRAMES;

  /** The index of a frame. */
  frame(frame: Frame): number {
    const { name, origin, file, line, column, tier, inlined } = frame;
    const key = JSON.stringify([name, origin, file, line, column, tier, inlined]);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.#frames.length);
    return this.#frames.push(frame) - 1;
  }

  /** A new thread; where nobody says, it runs JavaScript if one of its frames is JavaScript. */
  thread(facts: { name: string; id: number; javascript?: boolean }): ThreadBuilder {
    const thread = new ThreadBuilder(facts, (frames) => this.#take(frames));
    this.#threads.push(thread);
    return thread;
  }

  build(facts: Omit<Profile, 'frames' | 'threads'>): Profile {
    return { ...facts, frames: this.#frames, threads: this.#threads.map((thread) => thread.build(this.#frames)) };
  }

  #take(frames: number): void {
    this.#room -= frames;
    if (this.#room < 0) throw new Error(`its stacks have more than ${MOST_FRAMES / 1e6} million frames in all`);
  }
}

/** Collects the samples of one thread. */
export class ThreadBuilder {
  readonly #facts: { name: string; id: number; javascript?: boolean };
  readonly #take: (frames: number) => void;
  readonly #stacks = new Map<string, Stack>();

  constructor(facts: { name: string; id: number; javascript?: boolean }, take: (frames: number) => void) {
    this.#facts = facts;
    this.#take = take;
  }

  /** @throws Error where an amount is below zero or no number */
  add(frames: readonly number[], { weight, samples }: Amount): void {
    if (!(weight >= 0 && samples >= 0 && weight + samples < Number.POSITIVE_INFINITY))
      throw new Error(`a stack weighs ${weight} with ${samples} samples, and both must be numbers from 0 up`);
    const key = frames.join(',');
    const known = this.#stacks.get(key);
    if (known) {
      known.weight += weight;
      known.samples += samples;
      return;
    }
    this.#take(frames.length);
    this.#stacks.set(key, { frames: [...frames], weight, samples });
  }

  build(frames: readonly Frame[]): ThreadProfile {
    const { name, id, javascript } = this.#facts;
    const stacks = [...this.#stacks.values()].sort((a, b) => b.weight - a.weight);
    const seen = () => stacks.some((stack) => stack.frames.some((index) => isJavaScript(frames[index] as Frame)));
    return { name, id, javascript: javascript ?? seen(), stacks };
  }
}
