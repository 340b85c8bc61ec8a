// Edits in columns: what goes to Rust in one call.
import { expectText, expectWhole } from './arguments.js';

/** Units that are copied one by one, which is quicker than a call for so few. */
const SHORT_TEXT = 32;

/** No edit is made here. */
const NOWHERE = -1;

/** Units whose room a batch keeps when it is cleared: more is what a long text left behind. */
const KEPT_UNITS = 16 * 1024;

/**
 * Edits of a text that are made together, one after another. Positions and lengths count UTF-16 code units, as strings do.
 *
 * @example
 * import { EditBatch, TextDocument } from 'forgebench/documents';
 *
 * const batch = new EditBatch();
 * batch.add(0, 0, 'Hello');
 * batch.add(0, 1, 'J');
 * const text = new TextDocument('alice');
 * text.apply(batch);
 * text.toString(); // 'Jello'
 */
export class EditBatch {
  #positions: Uint32Array<ArrayBuffer>;
  #deleted: Uint32Array<ArrayBuffer>;
  #inserted: Uint32Array<ArrayBuffer>;
  #units: Uint16Array<ArrayBuffer>;
  #size = 0;
  #length = 0;
  /** The last edit, which comes into the columns when the next begins: where, units deleted, and where it left off. */
  #start = 0;
  #removed = 0;
  #end = 0;
  /** Where the next edit may be one with it. */
  #next = NOWHERE;

  /** An empty batch. @param room edits that it can take before it has to grow, where that is known */
  constructor(room = 1024) {
    expectWhole('make room for so many edits:', room);
    this.#positions = new Uint32Array(room);
    this.#deleted = new Uint32Array(room);
    this.#inserted = new Uint32Array(room);
    this.#units = new Uint16Array(room);
  }

  /** Number of edits; those that went on where the one before left off, as typing does, are one with it. */
  get size(): number {
    return this.#size;
  }

  /** Where each edit is made. A view, as all below: it holds until the batch changes. */
  get positions(): Uint32Array {
    this.#writeLast();
    return this.#positions.subarray(0, this.#size);
  }

  /** How many units each deletes. */
  get deleted(): Uint32Array {
    this.#writeLast();
    return this.#deleted.subarray(0, this.#size);
  }

  /** How many units each inserts. */
  get inserted(): Uint32Array {
    this.#writeLast();
    return this.#inserted.subarray(0, this.#size);
  }

  /** The units that all insert, one edit after another. */
  get units(): Uint16Array {
    return this.#units.subarray(0, this.#length);
  }

  /** How many units all insert. */
  get unitCount(): number {
    return this.#length;
  }

  /**
   * Adds an edit: at `position`, `deleted` units go and `inserted` comes. Whether it fits, the document says.
   *
   * @throws RangeError where `position` or `deleted` is no whole number from 0 to 2^32 - 1, TypeError where `inserted` is no string;
   *   the batch is as it was
   */
  add(position: number, deleted: number, inserted: string): void {
    // The columns would round another number, or wrap it around, and the edit would be made at another place.
    if (position >>> 0 !== position) throw notWhole('position', position);
    if (typeof inserted !== 'string') expectText('insert', inserted);
    const { length } = inserted;
    if (!this.#goesOn(position, deleted)) this.#begin(position, deleted);
    this.#removed += deleted;
    this.#end = position + length;
    this.#next = position + length;
    if (length === 0) return;
    const from = this.#length;
    const units = this.#units;
    this.#length = from + length;
    // One letter is what most edits insert.
    if (length === 1 && from < units.length) units[from] = inserted.charCodeAt(0);
    else this.#copyText(inserted, from);
  }

  /** Lets the next edit be one of its own, wherever it is made. */
  separate(): void {
    this.#next = NOWHERE;
  }

  /** Forgets all edits and keeps the room, but not that of a long text. */
  clear(): void {
    if (this.#units.length > KEPT_UNITS) this.#units = new Uint16Array(0);
    this.#size = 0;
    this.#length = 0;
    this.#next = NOWHERE;
  }

  /** Typing goes on behind what was inserted, deleting at the same place as long as nothing was. */
  #goesOn(position: number, deleted: number): boolean {
    return position === this.#next && (deleted === 0 || (deleted >>> 0 === deleted && position === this.#start));
  }

  #begin(position: number, deleted: number): void {
    if (deleted >>> 0 !== deleted) throw notWhole('deleted', deleted);
    this.#writeLast();
    if (this.#size === this.#positions.length) this.#growColumns();
    this.#size++;
    this.#start = position;
    this.#removed = 0;
  }

  #writeLast(): void {
    if (this.#size === 0) return;
    const last = this.#size - 1;
    this.#positions[last] = this.#start;
    this.#deleted[last] = this.#removed;
    this.#inserted[last] = this.#end - this.#start;
  }

  #copyText(text: string, from: number): void {
    const { length } = text;
    if (from + length > this.#units.length) this.#units = grown(this.#units, new Uint16Array(2 * (from + length)));
    const units = this.#units;
    if (length < SHORT_TEXT) for (let index = 0; index < length; index++) units[from + index] = text.charCodeAt(index);
    else Buffer.from(units.buffer, 2 * from, 2 * length).write(text, 'utf16le');
  }

  #growColumns(): void {
    const room = 2 * this.#size + 1;
    this.#positions = grown(this.#positions, new Uint32Array(room));
    this.#deleted = grown(this.#deleted, new Uint32Array(room));
    this.#inserted = grown(this.#inserted, new Uint32Array(room));
  }
}

function notWhole(name: string, wrong: number): RangeError {
  return new RangeError(`Cannot add an edit: its ${name} is ${wrong}; give a whole number from 0 to 4294967295`);
}

/** The longer array, with what the shorter one has. */
function grown<T extends Uint16Array | Uint32Array>(shorter: T, longer: T): T {
  longer.set(shorter);
  return longer;
}
