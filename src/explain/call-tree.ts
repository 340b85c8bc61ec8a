// Both sides in one tree of calls, in the profiles' unit for each operation.

import type { Profile, ThreadProfile } from '../profile/index.js';
import type { Side } from '../samples/index.js';

/** A function where it was called, with what both sides weigh there, callees included. */
export interface CallNode extends Record<Side, number> {
  children: Map<number, CallNode>;
}

/** What both sides saw of threads of one name. */
export interface CallTree {
  name: string;
  javascript: boolean;
  samples: Record<Side, number>;
  root: CallNode;
}

/** A profile, whose frames are functions of a table. */
export interface SideProfile {
  side: Side;
  profile: Profile;
  /** The function of each frame. */
  functionOf: readonly number[];
  /** What a weight of the profile is multiplied by. */
  scale: number;
}

/** Merges profiles into a tree for each name of a thread, those that run JavaScript first. */
export function mergeTrees(profiles: readonly SideProfile[]): CallTree[] {
  const trees = new Map<string, CallTree>();
  for (const each of profiles)
    for (const thread of each.profile.threads) {
      const key = `${thread.javascript} ${thread.name}`;
      const tree = trees.get(key) ?? emptyTree(thread);
      trees.set(key, tree);
      addThread(tree, thread, each);
    }
  const weight = ({ root }: CallTree) => root.base + root.head;
  return [...trees.values()].sort((a, b) => Number(b.javascript) - Number(a.javascript) || weight(b) - weight(a));
}

function emptyTree({ name, javascript }: ThreadProfile): CallTree {
  return { name, javascript, samples: { base: 0, head: 0 }, root: emptyNode() };
}

function emptyNode(): CallNode {
  return { base: 0, head: 0, children: new Map() };
}

function addThread(tree: CallTree, { stacks }: ThreadProfile, { side, functionOf, scale }: SideProfile): void {
  for (const { frames, weight, samples } of stacks) {
    tree.samples[side] += samples;
    let node = tree.root;
    node[side] += weight * scale;
    for (const frame of frames) {
      const fn = functionOf[frame] as number;
      const child = node.children.get(fn) ?? emptyNode();
      node.children.set(fn, child);
      child[side] += weight * scale;
      node = child;
    }
  }
}

/** Weight of a node on a side that no callee has. */
export function selfOf(node: CallNode, side: Side): number {
  let rest = node[side];
  for (const child of node.children.values()) rest -= child[side];
  return Math.max(0, rest);
}
