// Stacks as the tree of calls that V8's formats are made of.
import type { Frame, Profile, ThreadProfile } from '../profile.js';

/** A node: the root, a thread where there are several, or a call. Ids count from 1 in the order of `flatten`. */
export interface CallNode {
  id: number;
  frame?: Frame;
  thread?: ThreadProfile;
  children: CallNode[];
  /** What was seen in this very call, callees left out. */
  weight: number;
  samples: number;
}

/** Stands for what ran where a stack could not be told. */
export const UNKNOWN: Frame = { name: '(unknown)', origin: 'unknown' };

/** The tree of a profile. A lone thread is the root itself. */
export function callTree({ frames, threads }: Profile): CallNode {
  let ids = 0;
  const node = (content: Pick<CallNode, 'frame' | 'thread'>): CallNode => {
    ids += 1;
    return { id: ids, ...content, children: [], weight: 0, samples: 0 };
  };
  const [only, ...others] = threads;
  const alone = only !== undefined && others.length === 0;
  const root = node(alone ? { thread: only } : {});
  for (const thread of threads) {
    const top = alone ? root : node({ thread });
    if (!alone) root.children.push(top);
    const children = new Map<CallNode, Map<Frame, CallNode>>();
    for (const stack of thread.stacks) {
      const path = stack.frames.length === 0 ? [UNKNOWN] : stack.frames.map((index) => frames[index] as Frame);
      const last = path.reduce((parent, frame) => childOf(parent, { frame, children, node }), top);
      last.weight += stack.weight;
      last.samples += stack.samples;
    }
  }
  return root;
}

interface Step {
  frame: Frame;
  children: Map<CallNode, Map<Frame, CallNode>>;
  node(content: Pick<CallNode, 'frame'>): CallNode;
}

function childOf(parent: CallNode, { frame, children, node }: Step): CallNode {
  const known = children.get(parent) ?? new Map<Frame, CallNode>();
  children.set(parent, known);
  const found = known.get(frame);
  if (found) return found;
  const made = node({ frame });
  known.set(frame, made);
  parent.children.push(made);
  return made;
}

/** All nodes, parents before their children; without recursion, because stacks may be deep. */
export function flatten(root: CallNode): CallNode[] {
  const nodes = [root];
  for (const node of nodes) for (const child of node.children) nodes.push(child);
  return nodes;
}
