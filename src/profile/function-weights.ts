// What functions weigh, whatever tiers they ran in and wherever they were inlined.
import type { Frame, Origin, Profile } from './profile.js';

/** A function of a profile with its weights over all threads, in the profile's unit. */
export interface FunctionWeight {
  name: string;
  origin: Origin;
  file?: string;
  line?: number;
  /** Weight of the stacks that end in it. */
  self: number;
  /** Weight of the stacks that it is part of; recursion counts once. */
  total: number;
}

/** The weights of all functions, those with the most of their own first. */
export function functionWeights({ frames, threads }: Profile): FunctionWeight[] {
  const functions = new Map<string, FunctionWeight>();
  const functionOf = frames.map((frame) => {
    const key = JSON.stringify([frame.name, frame.origin, frame.file]);
    const known = functions.get(key) ?? toFunction(frame);
    functions.set(key, known);
    return known;
  });
  for (const stack of threads.flatMap(({ stacks }) => stacks)) {
    const touched = new Set(stack.frames.map((index) => functionOf[index] as FunctionWeight));
    for (const each of touched) each.total += stack.weight;
    const innermost = functionOf[stack.frames.at(-1) ?? -1];
    if (innermost) innermost.self += stack.weight;
  }
  return [...functions.values()].sort((a, b) => b.self - a.self || b.total - a.total || (a.name < b.name ? -1 : 1));
}

/** Weight of all stacks of all threads, in the profile's unit. */
export function totalWeight({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { weight }) => sum + weight, 0);
}

function toFunction({ name, origin, file, line }: Frame): FunctionWeight {
  return {
    name,
    origin,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    self: 0,
    total: 0,
  };
}
