// Operations as objects: what a difference is made of, to be read, stored as JSON and applied.
import type { NativeTreeBatch } from '../native/index.js';
import { CODES, stringsOf, VALUE_BITS, VALUES, WORDS } from './tree-batch.js';
import type { DocumentValue, Mark, NodeId } from './tree-node.js';

/** One step from one version to another. The `index` of a move counts the other children only. */
export type TreeOperation =
  | { type: 'create'; node: NodeId; kind: string }
  | { type: 'insert'; node: NodeId; parent: NodeId; index: number }
  | { type: 'move'; node: NodeId; parent: NodeId; index: number }
  | { type: 'remove'; node: NodeId }
  | { type: 'setKind'; node: NodeId; kind: string }
  | { type: 'setAttribute'; node: NodeId; name: string; value: DocumentValue }
  | { type: 'removeAttribute'; node: NodeId; name: string }
  | { type: 'addMark'; node: NodeId; mark: Mark }
  | { type: 'removeMark'; node: NodeId; name: string };

/** The operations of a batch that comes from Rust. */
export function readOperations(batch: NativeTreeBatch): TreeOperation[] {
  const strings = stringsOf(batch);
  const count = batch.words.length / WORDS;
  return Array.from({ length: count }, (_, at) =>
    readOperation(batch.words.subarray(at * WORDS, (at + 1) * WORDS), strings, batch.numbers),
  );
}

function readOperation(words: Uint32Array, strings: readonly string[], numbers: Float64Array): TreeOperation {
  const [first = 0, node = 0, third = 0, fourth = 0] = words;
  const name = strings[third] ?? '';
  const value = (): DocumentValue => readValue(first >>> VALUE_BITS, strings[fourth] ?? '', numbers[fourth] ?? NaN);
  switch (first & ((1 << VALUE_BITS) - 1)) {
    case CODES.create:
      return { type: 'create', node, kind: name };
    case CODES.insert:
      return { type: 'insert', node, parent: third, index: fourth };
    case CODES.move:
      return { type: 'move', node, parent: third, index: fourth };
    case CODES.remove:
      return { type: 'remove', node };
    case CODES.setKind:
      return { type: 'setKind', node, kind: name };
    case CODES.setAttribute:
      return { type: 'setAttribute', node, name, value: value() };
    case CODES.removeAttribute:
      return { type: 'removeAttribute', node, name };
    case CODES.addMark:
      return { type: 'addMark', node, mark: readMark(name, value()) };
    case CODES.removeMark:
      return { type: 'removeMark', node, name };
    default:
      throw new Error(`Cannot read operation ${first} of a difference: engine and package differ; run "npm run setup"`);
  }
}

function readValue(what: number, text: string, number: number): DocumentValue {
  if (what === VALUES.number) return number;
  if (what === VALUES.text) return text;
  if (what === VALUES.json) return JSON.parse(text) as DocumentValue;
  return what === VALUES.null ? null : what === VALUES.true;
}

function readMark(type: string, attrs: DocumentValue): Mark {
  return attrs === null ? { type } : { type, attrs };
}
