// A text that several people edit at once, with its whole history.
import { engine } from '../native/index.js';
import { expectBytes, expectColumn, expectText } from './arguments.js';
import { EditBatch } from './text-batch.js';
import { type TextPatch, textPatches } from './text-patches.js';

/** The document in Rust. */
type NativeText = InstanceType<ReturnType<typeof engine>['BindingText']>;

/** Edits that wait for each other at most: a call into Rust costs as much as a hundred of them. */
const MOST_WAITING = 1024;

/** Units that wait at most, but for a longer text that comes at once: typing is one edit, however long it goes on. */
const MOST_UNITS = 64 * 1024;

/**
 * A text whose replicas are edited independently and merged: all that know of the same edits have the same text. Everything
 * that ever happened is kept, so any version can be read again.
 *
 * Positions and lengths count UTF-16 code units, as strings of JavaScript do. Edits wait until they are many or something is
 * asked that depends on them; what is wrong with an edit is said at once.
 *
 * @example
 * import { TextDocument } from 'forgebench/documents';
 *
 * const alice = new TextDocument('alice');
 * alice.insert(0, 'Hello');
 * const bob = new TextDocument('bob');
 * bob.merge(alice.changesSince(bob.version()));
 * bob.insert(5, ' world');
 * alice.replace(0, 5, 'Goodbye');
 * alice.merge(bob.changesSince(alice.version()));
 * bob.merge(alice.changesSince(bob.version()));
 * alice.toString(); // 'Goodbye world'
 * bob.toString(); // 'Goodbye world'
 */
export class TextDocument {
  /** Who edits here. */
  readonly agent: string;
  readonly #native: NativeText;
  /** Small at first: most documents of a program wait for nothing. */
  readonly #waiting = new EditBatch(16);
  #length: number;

  /**
   * An empty document.
   *
   * @param agent who edits here; no other replica may ever edit under this name, so a name for each session is best
   * @throws TypeError where the name is empty, or no string
   */
  constructor(agent: string, native?: NativeText) {
    expectText('make a document of the agent', agent);
    if (agent === '')
      throw new TypeError('Cannot make a document: its agent has no name; give one that nobody else has');
    this.agent = agent;
    this.#native = native ?? new (engine().BindingText)(agent);
    this.#length = this.#native.length();
  }

  /**
   * The document of a snapshot. Its text is there at once; its history is unpacked when something but the text is asked for.
   *
   * @throws Error where the bytes are no snapshot, or damaged; damage of the history is found when it is unpacked
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const text = new TextDocument('alice');
   * text.insert(0, 'Hello');
   * TextDocument.load(text.snapshot(), 'alice, second session').toString(); // 'Hello'
   */
  static load(snapshot: Uint8Array, agent: string): TextDocument {
    const bytes = expectBytes('load a document from', snapshot);
    return new TextDocument(agent, engine().BindingText.load(bytes, expectText('make a document of the agent', agent)));
  }

  /** Length of the text, UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of memory that the document takes in Rust, without the allocator's own. */
  get bytes(): number {
    this.#flush();
    return this.#native.bytes();
  }

  /** The text. */
  toString(): string {
    this.#flush();
    return this.#native.text();
  }

  /**
   * Inserts text before the unit at `position`.
   *
   * @throws RangeError where the position is not in [0, length], TypeError where the text is no string
   */
  insert(position: number, text: string): void {
    this.replace(position, 0, text);
  }

  /** Deletes `count` units from `position` on. @throws RangeError where they do not lie inside the text */
  delete(position: number, count: number): void {
    this.replace(position, count, '');
  }

  /**
   * Deletes `count` units from `position` on and inserts text there.
   *
   * @throws RangeError where the units do not lie inside the text, TypeError where the text is no string
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const text = new TextDocument('alice');
   * text.insert(0, 'Hello');
   * text.replace(0, 1, 'J');
   * text.toString(); // 'Jello'
   */
  replace(position: number, count: number, text: string): void {
    // Numbers that are no integers fail here, too: `>>> 0` changes them.
    if (position >>> 0 !== position || count >>> 0 !== count || position + count > this.#length)
      throw new RangeError(
        `Cannot edit the document: ${count} units at ${position} are not inside its ${this.#length}; give integers in [0, length]`,
      );
    this.#waiting.add(position, count, text);
    this.#length += text.length - count;
    if (this.#waiting.size === MOST_WAITING || this.#waiting.unitCount >= MOST_UNITS) this.#flush();
  }

  /** Makes the edits of a batch, all or none. @throws Error that names the edit which does not lie inside the text */
  apply(batch: EditBatch): void {
    this.#flush();
    if (!(batch instanceof EditBatch)) throw new TypeError('Cannot edit the document: what was passed is no EditBatch');
    this.#native.applyUnits(batch.positions, batch.deleted, batch.inserted, batch.units);
    this.#length = this.#native.length();
  }

  /**
   * Makes edits, all or none, one after another: number `i` deletes `deleted[i]` units at `positions[i]` and inserts the next
   * `inserted[i]` units of `text` there.
   *
   * @throws Error that names the edit which does not lie inside the text; or where the columns, or the text, have other lengths
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const text = new TextDocument('alice');
   * text.applyBatch(Uint32Array.of(0, 5), Uint32Array.of(0, 0), Uint32Array.of(5, 6), 'Hello world');
   * text.toString(); // 'Hello world'
   */
  applyBatch(positions: Uint32Array, deleted: Uint32Array, inserted: Uint32Array, text: string): void {
    this.#flush();
    this.#native.applyBatch(
      expectColumn('positions', positions),
      expectColumn('deleted', deleted),
      expectColumn('inserted', inserted),
      expectText('insert', text),
    );
    this.#length = this.#native.length();
  }

  /**
   * How far this replica knows each agent: what another needs to know to send what is lacking.
   *
   * @throws Error where the document came from a snapshot whose history is damaged, as all below do
   */
  version(): Uint8Array {
    this.#flush();
    return this.#native.version();
  }

  /** What a replica of this version lacks; all changes where none is given. @throws Error where the bytes are no version */
  changesSince(version?: Uint8Array): Uint8Array {
    this.#flush();
    if (version === undefined) return this.#native.changes();
    return this.#native.changesSince(expectBytes('tell the changes since', version));
  }

  /**
   * Takes in changes of another replica, or its snapshot; what is here already is passed over. A document that knows nothing yet
   * has the text of a snapshot at once, and its history is unpacked when something but the text is asked for.
   *
   * @throws Error where the bytes are no changes, are damaged, or build on others that are not here; nothing is taken in then. In a
   * document that knew nothing, damage of a snapshot's history is found when it is unpacked
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const alice = new TextDocument('alice');
   * alice.insert(0, 'Hello');
   * const bob = new TextDocument('bob');
   * bob.merge(alice.snapshot());
   * bob.toString(); // 'Hello'
   */
  merge(changes: Uint8Array): void {
    this.#flush();
    this.#native.merge(expectBytes('merge', changes));
    this.#length = this.#native.length();
  }

  /**
   * The text as it was at a version.
   *
   * @throws Error where this replica does not know all of the version
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const text = new TextDocument('alice');
   * text.insert(0, 'Hello');
   * const before = text.version();
   * text.delete(0, 5);
   * text.textAt(before); // 'Hello'
   */
  textAt(version: Uint8Array): string {
    this.#flush();
    return this.#native.textAt(expectBytes('read the text at', version));
  }

  /**
   * What changes the text of one version into that of another, or into the text as it is now: what a merge did, what somebody
   * wrote since, or, from a later version to an earlier one, how to take it back. By their places, each position counting the
   * text in which those before have been made; what touches is one.
   *
   * Units are compared and not letters, so nothing is taken for something else that looks the same. After a merge this costs about
   * what the merge did, however long the text is. Where text comes back that was deleted, it costs what `textAt` does.
   *
   * @throws Error where this replica does not know all of a version, or the bytes are none
   * @example
   * import { TextDocument } from 'forgebench/documents';
   *
   * const alice = new TextDocument('alice');
   * alice.insert(0, 'Hello');
   * const bob = new TextDocument('bob');
   * bob.merge(alice.changesSince());
   * bob.insert(5, ' world');
   * const before = alice.version();
   * alice.merge(bob.changesSince(before));
   * const [patch] = alice.patches(before);
   * JSON.stringify(patch); // '{"position":5,"deleted":0,"inserted":" world"}'
   */
  patches(from: Uint8Array, to?: Uint8Array): TextPatch[] {
    this.#flush();
    return textPatches(this.#native.patches(from, to));
  }

  /** Text and history for the disk, compressed. */
  snapshot(): Uint8Array {
    this.#flush();
    return this.#native.snapshot();
  }

  #flush(): void {
    const { size, positions, deleted, inserted, units } = this.#waiting;
    if (size === 0) return;
    this.#native.applyUnits(positions, deleted, inserted, units);
    this.#waiting.clear();
  }
}
