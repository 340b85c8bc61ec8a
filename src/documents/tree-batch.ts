// Operations on their way to Rust: columns of numbers and one text, whose layout is that of native/tree/src/batch.rs.
import type { NativeTree, NativeTreeBatch } from '../native/index.js';
import { expectText } from './arguments.js';
import type { DocumentValue, NodeId } from './tree-node.js';

/** What the first of an operation's four words says. */
export const CODES = {
  create: 0,
  insert: 1,
  move: 2,
  remove: 3,
  setKind: 4,
  setAttribute: 5,
  removeAttribute: 6,
  addMark: 7,
  removeMark: 8,
} as const;

/** What a value is, in the bits above the code. */
export const VALUES = { null: 0, false: 1, true: 2, number: 3, text: 4, json: 5 } as const;

/** Words of an operation. */
export const WORDS = 4;
/** A value's kind stands so many bits above the code. */
export const VALUE_BITS = 8;
/** The place after all other children. */
export const END = 0xffffffff;
/** Operations that wait at most, so that a long transaction takes no more memory than its document. */
const MOST = 8192;

/** Operations that wait to be done. */
export class TreeBatch {
  #words = new Uint32Array(64);
  #wordCount = 0;
  #numbers = new Float64Array(16);
  #numberCount = 0;
  #text = '';
  #lengths = new Uint32Array(16);
  #lengthCount = 0;
  /** Strings that are names: they come again and again, texts seldom do. */
  readonly #names = new Map<string, number>();

  /** Whether no operation waits. */
  get isEmpty(): boolean {
    return this.#wordCount === 0;
  }

  /** Whether it is time to do what waits. */
  get isFull(): boolean {
    return this.#wordCount >= MOST * WORDS;
  }

  /** An operation with two numbers. */
  add(code: number, node: NodeId, third = 0, fourth = 0): void {
    if (this.#wordCount + WORDS > this.#words.length) this.#words = larger(this.#words, Uint32Array);
    if (node >>> 0 !== node || third >>> 0 !== third || fourth >>> 0 !== fourth) throw notWhole(node, third, fourth);
    const words = this.#words;
    const at = this.#wordCount;
    words[at] = code;
    words[at + 1] = node;
    words[at + 2] = third;
    words[at + 3] = fourth;
    this.#wordCount = at + WORDS;
  }

  /** An operation with a name. */
  addNamed(code: number, node: NodeId, name: string): void {
    this.add(code, node, this.#name(name));
  }

  /** An operation with a name and a value. */
  addValued(code: number, node: NodeId, [name, value]: readonly [string, DocumentValue]): void {
    const [what, place] = this.#value(value);
    this.add(code | (what << VALUE_BITS), node, this.#name(name), place);
  }

  /** Does what waits, and forgets it whether it succeeds or not. */
  applyTo(tree: Pick<NativeTree, 'apply'>): void {
    const words = this.#words.subarray(0, this.#wordCount);
    const numbers = this.#numbers.subarray(0, this.#numberCount);
    const [text, lengths] = [this.#text, this.#lengths.subarray(0, this.#lengthCount)];
    this.clear();
    tree.apply(words, numbers, text, lengths);
  }

  /** Forgets what waits. */
  clear(): void {
    this.#wordCount = 0;
    this.#numberCount = 0;
    this.#lengthCount = 0;
    this.#text = '';
    this.#names.clear();
  }

  #name(name: string): number {
    let place = this.#names.get(name);
    if (place === undefined) {
      place = this.#string(name);
      this.#names.set(name, place);
    }
    return place;
  }

  /** What a value is, and where it stands. */
  #value(value: DocumentValue): readonly [number, number] {
    if (typeof value === 'number') return [VALUES.number, this.#number(value)];
    if (typeof value === 'string') return [VALUES.text, this.#string(value)];
    if (typeof value === 'boolean' || value === null) return [VALUES[`${value}`], 0];
    const json = typeof value === 'bigint' ? undefined : (JSON.stringify(value) as string | undefined);
    if (json === undefined) throw new TypeError(`Cannot hold a ${typeof value} in a document: JSON has none; use null`);
    return [VALUES.json, this.#string(json)];
  }

  #number(value: number): number {
    if (this.#numberCount === this.#numbers.length) this.#numbers = larger(this.#numbers, Float64Array);
    this.#numbers[this.#numberCount] = value;
    return this.#numberCount++;
  }

  #string(text: string): number {
    if (typeof text !== 'string') expectText('name a kind, an attribute or a mark', text);
    if (this.#lengthCount === this.#lengths.length) this.#lengths = larger(this.#lengths, Uint32Array);
    this.#text += text;
    this.#lengths[this.#lengthCount] = text.length;
    return this.#lengthCount++;
  }
}

/** The same numbers with as many places again behind them. */
function larger<T extends Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  array: T,
  Type: new (length: number) => T,
): T {
  const copy = new Type(array.length * 2);
  copy.set(array);
  return copy;
}

function notWhole(...numbers: readonly number[]): RangeError {
  const wrong = numbers.find((number) => number >>> 0 !== number);
  return new RangeError(`Cannot find node or place ${wrong}: both are whole numbers from 0 to ${END - 1}`);
}

/** The strings of a batch that comes from Rust. */
export function stringsOf({ text, lengths }: NativeTreeBatch): string[] {
  let end = 0;
  return Array.from(lengths, (length) => {
    end += length;
    return text.slice(end - length, end);
  });
}
