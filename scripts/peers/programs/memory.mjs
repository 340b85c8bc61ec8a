// @ts-check
// What the output of a run holds, wherever it lies.
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { engine } from '../../../dist/native/index.js';

/** Types for Node.js 20 leave it out. @type {any} */
const { WebAssembly } = globalThis;

/** Memories of WebAssembly that packages have made since this file was loaded. @type {{ buffer: ArrayBuffer }[]} */
const memories = [];

WebAssembly.Instance = class extends WebAssembly.Instance {
  /** @param {unknown[]} given */
  constructor(...given) {
    super(...given);
    for (const each of Object.values(this.exports)) if (each instanceof WebAssembly.Memory) memories.push(each);
  }
};

/** Outputs that are never given up. @type {unknown[]} */
const kept = [];

/**
 * Outputs that are held at once at most, and bytes that they may hold: collectors and allocators work in steps, beside
 * which a large output needs no company. Yjs takes seconds for one of 8 MB.
 */
const COPIES = 8;
const MOST_BYTES = 16e6;

/** Bytes that the output of one run holds: the mean of several. @param {() => unknown} run */
export async function bytesHeld(run) {
  const one = await growth(run, 1);
  const copies = Math.min(COPIES, Math.floor(MOST_BYTES / Math.max(one, 1)));
  return copies < 2 ? one : (await growth(run, copies)) / copies;
}

/** @param {() => unknown} run @param {number} copies */
async function growth(run, copies) {
  const before = await liveBytes();
  const outputs = Array.from({ length: copies }, run);
  const after = await liveBytes();
  // A memory of WebAssembly never shrinks: it would take the next output into the room of the last one and seem to hold nothing.
  if (memories.length > 0) kept.push(outputs);
  // Used once more, so that nothing of it is collected before.
  return outputs.includes(undefined) ? NaN : after - before;
}

/** Bytes of V8's heap, of WebAssembly, and of the C heap, where buffers lie too, after all garbage was collected. */
async function liveBytes() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  // What finalizers of native objects free comes a turn later.
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await setImmediate();
  }
  const inWebAssembly = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return process.memoryUsage().heapUsed + inWebAssembly + (engine().cHeapBytes() ?? NaN);
}
