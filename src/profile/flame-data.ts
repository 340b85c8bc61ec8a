// What the page of a flame graph carries inside: written by flame-html.ts, read by client/flame.ts.
import { isJavaScript } from './javascript-frame.js';
import type { Frame, Origin, Profile, ThreadProfile } from './profile.js';

/** Id of the element with the data, which the page's program reads. */
export const FLAME_ELEMENT = 'flame-data';

/** A function, whatever tier it ran in and whether it was inlined. */
export interface FlameFunction {
  name: string;
  origin: Origin;
  file?: string;
  line?: number;
  javascript?: true;
}

/** A node of the tree: function, weight with all callees, callees, and weight by tier or `inlined` where that is known. */
export type FlameNode = [fn: number, weight: number, children: FlameNode[], tiers?: Record<string, number>];

/** One thread as a tree of frames. */
export interface FlameThread {
  name: string;
  javascript: boolean;
  samples: number;
  weight: number;
  roots: FlameNode[];
}

/** What the page of a flame graph draws. */
export interface FlameData {
  unit: Profile['unit'];
  functions: FlameFunction[];
  threads: FlameThread[];
}

/** A tree for each thread; frames that differ in tier or inlining only become one function. */
export function flameData({ unit, frames, threads }: Profile): FlameData {
  const functions: FlameFunction[] = [];
  const indices = new Map<string, number>();
  const functionOf = frames.map((frame) => {
    const key = JSON.stringify([frame.name, frame.origin, frame.file]);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, functions.length);
    return functions.push(toFunction(frame)) - 1;
  });
  return { unit, functions, threads: threads.map((thread) => toThread(thread, frames, functionOf)) };
}

function toFunction(frame: Frame): FlameFunction {
  const { name, origin, file, line } = frame;
  return {
    name,
    origin,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(isJavaScript(frame) && { javascript: true }),
  };
}

interface Growing {
  weight: number;
  children: Map<number, Growing>;
  tiers: Map<string, number>;
}

function toThread(
  { name, javascript, stacks }: ThreadProfile,
  frames: readonly Frame[],
  functionOf: readonly number[],
): FlameThread {
  const root: Growing = { weight: 0, children: new Map(), tiers: new Map() };
  let samples = 0;
  for (const stack of stacks) {
    samples += stack.samples;
    root.weight += stack.weight;
    let node = root;
    for (const index of stack.frames) {
      node = childOf(node, functionOf[index] as number);
      node.weight += stack.weight;
      const { tier, inlined } = frames[index] as Frame;
      const state = tier ?? (inlined ? 'inlined' : undefined);
      if (state) node.tiers.set(state, (node.tiers.get(state) ?? 0) + stack.weight);
    }
  }
  return { name, javascript, samples, weight: root.weight, roots: toNodes(root) };
}

function childOf(parent: Growing, fn: number): Growing {
  let child = parent.children.get(fn);
  if (!child) {
    child = { weight: 0, children: new Map(), tiers: new Map() };
    parent.children.set(fn, child);
  }
  return child;
}

function toNodes({ children }: Growing): FlameNode[] {
  return [...children].map(([fn, node]) => {
    const short: FlameNode = [fn, node.weight, toNodes(node)];
    if (node.tiers.size > 0) short.push(Object.fromEntries(node.tiers));
    return short;
  });
}
