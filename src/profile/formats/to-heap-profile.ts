// V8's .heapprofile: allocation sampling, as Chrome's DevTools opens it.
import type { Profile } from '../profile.js';
import { ProfileError } from '../profile-error.js';
import { type CallNode, callTree, flatten } from './call-tree.js';
import { spreadSamples } from './spread-samples.js';
import { callFrameWriter, type NodeNote, toFileNote, type V8CallFrame } from './v8-call-frame.js';

/**
 * The type `HeapProfiler.SamplingHeapProfile` of the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile), and what we add to it.
 */
export interface HeapProfileFile {
  head: HeapNode;
  samples: { size: number; nodeId: number; ordinal: number }[];
  forgebench: ReturnType<typeof toFileNote>;
}

interface HeapNode {
  callFrame: V8CallFrame;
  /** Bytes. */
  selfSize: number;
  id: number;
  children: HeapNode[];
  forgebench: NodeNote;
}

/** Calls in each other above which readers, which walk the tree by recursion, run out of stack. */
const DEEPEST = 2000;

/**
 * A profile of bytes as a .heapprofile. Origin, tier, inlining, threads and the engine stand in fields `forgebench`, which
 * other tools pass over; where there are several threads, each is a node below the root.
 *
 * @throws ProfileError where weights are no bytes, or a stack has more frames than readers of the format can follow
 */
export function toHeapProfile(profile: Profile): HeapProfileFile {
  if (profile.unit !== 'bytes')
    throw new ProfileError(
      `Cannot write a heap profile: the weights are ${profile.unit}, and the format knows bytes alone; choose another format`,
    );
  if (profile.threads.some(({ stacks }) => stacks.some(({ frames }) => frames.length > DEEPEST)))
    throw new ProfileError(
      `Cannot write a heap profile: a stack has more than ${DEEPEST} frames, which no reader of the format can follow; choose another format`,
    );
  const root = callTree(profile);
  const tree = flatten(root);
  const spread = spreadSamples(tree);
  const samples = tree
    .filter(({ weight, samples }) => weight + samples > 0)
    .flatMap((node) => spread(node).map((size) => ({ size, nodeId: node.id })));
  return {
    head: toNode(root, callFrameWriter()),
    samples: samples.map((sample, index) => ({ ...sample, ordinal: index + 1 })),
    forgebench: toFileNote(profile),
  };
}

function toNode(node: CallNode, write: ReturnType<typeof callFrameWriter>): HeapNode {
  const written = write(node);
  return {
    callFrame: written.callFrame,
    selfSize: node.weight,
    id: node.id,
    children: node.children.map((child) => toNode(child, write)),
    forgebench: written.forgebench,
  };
}
