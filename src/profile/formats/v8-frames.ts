// The call frames of V8's profilers as frames of a profile, each once.
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { javaScriptOrigin } from '../javascript-frame.js';
import type { Frame, Origin } from '../profile.js';

/** A function as V8's profilers write it; lines and columns from 0. */
export const v8CallFrame = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.number(),
  columnNumber: z.number(),
});
export type V8CallFrame = z.infer<typeof v8CallFrame>;

/** Which JavaScript is forgebench's own. */
export interface ImportOptions {
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders?: readonly string[];
}

/** Names that V8 puts where no function runs. */
const STATES: Readonly<Record<string, Origin>> = { '(garbage collector)': 'gc', '(program)': 'native' };

/** Equal frames once. */
export class V8Frames {
  readonly frames: Frame[] = [];
  readonly #indices = new Map<string, number>();
  readonly #ownFolders: readonly string[];

  constructor({ ownFolders = [] }: ImportOptions) {
    this.#ownFolders = ownFolders;
  }

  indexOf(call: V8CallFrame): number {
    const key = JSON.stringify([call.functionName, call.url, call.lineNumber]);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.frames.length);
    this.frames.push(toFrame(call, this.#ownFolders));
    return this.frames.length - 1;
  }
}

function toFrame({ functionName, url, lineNumber, columnNumber }: V8CallFrame, ownFolders: readonly string[]): Frame {
  const state = STATES[functionName];
  if (state) return { name: functionName, origin: state };
  // Built-in functions such as `push` have no script.
  if (url === '') return { name: functionName || '(anonymous)', origin: 'v8' };
  const file = url.startsWith('file://') ? fileURLToPath(url) : url;
  const unnamed = lineNumber === 0 && columnNumber === 0 ? '(module)' : '(anonymous)';
  return { name: functionName || unnamed, origin: javaScriptOrigin(file, ownFolders), file, line: lineNumber + 1 };
}
