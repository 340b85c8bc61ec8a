// How V8's formats name a function, and what we add to say what they have no words for.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { javaScriptOrigin } from '../javascript-frame.js';
import { type Frame, ORIGINS, type Origin, type Profile } from '../profile.js';
import type { CallNode } from './call-tree.js';

/** A function as V8 writes it; lines and columns count from 0, and -1 is unknown. */
export interface V8CallFrame {
  functionName: string;
  scriptId: string;
  url: string;
  lineNumber: number;
  columnNumber: number;
}

/** What we read of it. */
export const callFrame = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.number(),
  columnNumber: z.number(),
});

/** Our own part of a node, which V8's tools pass over: what a frame is beyond its name, or which thread it stands for. */
export const nodeNote = z.object({
  origin: z.enum(ORIGINS).optional(),
  tier: z.string().optional(),
  inlined: z.boolean().optional(),
  thread: z.object({ name: z.string(), id: z.number(), javascript: z.boolean() }).optional(),
});
export type NodeNote = z.infer<typeof nodeNote>;

/** Our own part of a file. */
export const fileNote = z.object({
  engine: z.string(),
  interval: z.number().nonnegative(),
  lost: z.number().exactOptional(),
  note: z.string().exactOptional(),
});

/** Our own part of a file with this profile. */
export function toFileNote({ engine, interval, lost, note }: Profile): z.infer<typeof fileNote> {
  return { engine, interval, ...(lost !== undefined && { lost }), ...(note !== undefined && { note }) };
}

/** Names that V8 puts where no function runs. `(idle)` is left out: waiting is no work. */
const STATES: Readonly<Record<string, Origin>> = { '(garbage collector)': 'gc', '(program)': 'native' };

/** The frame of V8's function. */
export function fromCallFrame(
  { functionName, url, lineNumber, columnNumber }: z.infer<typeof callFrame>,
  ownFolders: readonly string[],
  { origin, tier, inlined }: NodeNote = {},
): Frame {
  const state = STATES[functionName];
  const file = url.startsWith('file://') ? fileURLToPath(url) : url;
  const told = { ...(tier !== undefined && { tier }), ...(inlined !== undefined && { inlined }) };
  if (origin === undefined && state !== undefined) return { name: functionName, origin: state };
  // Built-in functions such as `push` have no script.
  if (url === '') return { name: functionName || '(anonymous)', origin: origin ?? 'v8', ...told };
  const unnamed = lineNumber === 0 && columnNumber === 0 ? '(module)' : '(anonymous)';
  return {
    name: functionName || unnamed,
    origin: origin ?? javaScriptOrigin(file, ownFolders),
    file,
    ...(lineNumber >= 0 && { line: lineNumber + 1 }),
    ...(columnNumber >= 0 && { column: columnNumber + 1 }),
    ...told,
  };
}

/** Turns nodes of a tree into what V8 writes of them; each file gets a script id of its own. */
export function callFrameWriter(): (node: CallNode) => { callFrame: V8CallFrame; forgebench: NodeNote } {
  const scripts = new Map<string, number>();
  const scriptId = (url: string) => {
    if (url === '') return '0';
    scripts.set(url, scripts.get(url) ?? scripts.size + 1);
    return String(scripts.get(url));
  };
  return ({ id, frame, thread }) => {
    const url = frame?.file?.startsWith('/') ? pathToFileURL(frame.file).href : (frame?.file ?? '');
    const name = frame?.name ?? (id === 1 ? '(root)' : `(thread ${thread?.name} ${thread?.id})`);
    return {
      callFrame: {
        functionName: name,
        scriptId: scriptId(url),
        url,
        lineNumber: (frame?.line ?? 0) - 1,
        columnNumber: (frame?.column ?? 0) - 1,
      },
      forgebench: {
        ...(frame && { origin: frame.origin }),
        ...(frame?.tier !== undefined && { tier: frame.tier }),
        ...(frame?.inlined && { inlined: true }),
        ...(thread && { thread: { name: thread.name, id: thread.id, javascript: thread.javascript } }),
      },
    };
  };
}
