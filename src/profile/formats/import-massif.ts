// The file of valgrind's massif as a profile in bytes: the heap at its peak, by who asked for it.
import type { Frame, Origin, Profile, Stack } from '../profile.js';

/** A line of the tree: depth by its indent, bytes with all below, and the function that was called from those below. */
const NODE = /^( *)n\d+: (\d+) (?:0x[0-9A-F]+: )?(.+)$/;
/** `name (file:line)` or `name (in library)`. */
const PLACE = /^(.*) \((?:in (.*)|(.*):(\d+))\)$/;

/**
 * Reads the most detailed snapshot of the peak.
 *
 * massif draws a tree from the allocator towards `main`; a profile has `main` first.
 *
 * @throws Error where the file is cut off or has no peak
 */
export function importMassif(text: string): Profile {
  const frames: Frame[] = [];
  const indices = new Map<string, number>();
  const stacks: Stack[] = [];
  const indexOf = (frame: Frame) => {
    const key = JSON.stringify([frame.name, frame.file]);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, frames.length);
    return frames.push(frame) - 1;
  };
  const path: number[] = [];
  const nodes = peakOf(text);
  for (const [at, { depth, bytes, label }] of nodes.entries()) {
    path.length = Math.max(0, depth - 1);
    // The root is the allocator as such, of whatever kind.
    if (depth > 0) path.push(indexOf(toFrame(label)));
    const below = belowOf(nodes, at);
    // massif leaves small callers out without a line: what they asked for ends here.
    const own = bytes - below;
    if (own > 0 && path.length > 0) stacks.push({ frames: [...path].reverse(), weight: own, samples: 1 });
  }
  if (stacks.length === 0)
    throw new Error('Cannot read massif file: it is cut off, or the heap was never used; profile again');
  stacks.sort((a, b) => b.weight - a.weight);
  const threads = [{ name: 'heap', id: 0, javascript: false, stacks }];
  return { engine: 'massif', unit: 'bytes', interval: 0, frames, threads };
}

interface Node {
  depth: number;
  bytes: number;
  label: string;
}

function peakOf(text: string): Node[] {
  const lines = text.split('\n');
  const start = lines.indexOf('heap_tree=peak');
  const nodes: Node[] = [];
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const [, indent, bytes, label] = NODE.exec(line) ?? [];
    if (indent === undefined || label === undefined) break;
    nodes.push({ depth: indent.length, bytes: Number(bytes), label });
  }
  return nodes;
}

/** Bytes of the nodes one level below, which follow until one is as high as this. */
function belowOf(nodes: readonly Node[], at: number): number {
  const depth = nodes[at]?.depth ?? 0;
  let sum = 0;
  for (let next = at + 1; next < nodes.length && (nodes[next] as Node).depth > depth; next++)
    if ((nodes[next] as Node).depth === depth + 1) sum += (nodes[next] as Node).bytes;
  return sum;
}

function toFrame(label: string): Frame {
  const [, name, library, file, line] = PLACE.exec(label) ?? [];
  if (name === undefined) return { name: label, origin: 'unknown' };
  if (library !== undefined) return { name, origin: originOf(name, library), file: library };
  return { name, origin: originOf(name, file as string), file: file as string, line: Number(line) };
}

function originOf(name: string, place: string): Origin {
  if (/\/(libc|ld-linux)[.-]/.test(place)) return 'libc';
  if (name === '???') return 'unknown';
  return place.endsWith('.rs') || name.includes('::') ? 'rust' : 'native';
}
