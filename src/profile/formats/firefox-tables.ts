// The tables that all threads of a Firefox profile share: columns of numbers that refer to each other's rows.
import type { Frame } from '../profile.js';

/** What the tables ask about a frame. */
export interface FrameFacts {
  category(frame: Frame): number;
  subcategory(frame: Frame): number;
  isJavaScript(frame: Frame): boolean;
}

/** Columns of one table, grown row by row; equal rows once. */
class Table {
  readonly #columns: readonly string[];
  readonly #rows = new Map<string, number>();
  readonly #values: unknown[][] = [];

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  row(values: readonly unknown[]): number {
    const key = JSON.stringify(values);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.#values.length);
    return this.#values.push([...values]) - 1;
  }

  columns(fixed: Record<string, unknown> = {}): object {
    const read = this.#columns.map((name, index) => [name, this.#values.map((row) => row[index])] as const);
    const same = Object.entries(fixed).map(([name, value]) => [name, this.#values.map(() => value)] as const);
    return { length: this.#values.length, ...Object.fromEntries([...read, ...same]) };
  }
}

/** Rows for the frames of one profile, made as stacks ask for them. */
export class FirefoxTables {
  readonly #frames: readonly Frame[];
  readonly #facts: FrameFacts;
  readonly #strings: string[] = [];
  readonly #indices = new Map<string, number>();
  readonly #sources = new Table(['filename']);
  readonly #functions = new Table(['name', 'isJS', 'source', 'lineNumber', 'columnNumber']);
  readonly #places = new Table(['func', 'category', 'subcategory', 'inlineDepth', 'line', 'column']);
  readonly #stacks: { frame: number[]; prefixOffset: number[] } = { frame: [], prefixOffset: [] };
  readonly #children = new Map<string, number>();

  constructor(frames: readonly Frame[], facts: FrameFacts) {
    this.#frames = frames;
    this.#facts = facts;
  }

  /** The row of a stack, root first and not empty. */
  stack(frames: readonly number[]): number {
    let row: number | undefined;
    let depth = 0;
    for (const index of frames) {
      const frame = this.#frames[index] as Frame;
      depth = frame.inlined ? depth + 1 : 0;
      row = this.#child(row, this.#place(frame, depth));
    }
    return row as number;
  }

  shared(): object {
    return {
      stringArray: this.#strings,
      sources: this.#sources.columns({ id: null, startLine: 1, startColumn: 1, sourceMapURL: null, content: null }),
      funcTable: this.#functions.columns({ relevantForJS: false, resource: -1, originalLocation: null }),
      frameTable: this.#places.columns({
        address: -1,
        lib: -1,
        nativeSymbol: null,
        innerWindowID: null,
        originalLocation: null,
      }),
      stackTable: { length: this.#stacks.frame.length, ...this.#stacks },
      resourceTable: { length: 0, name: [], host: [], type: [] },
      nativeSymbols: { length: 0, libIndex: [], address: [], name: [], functionSize: [] },
      sourceLocationTable: { length: 0, source: [], line: [], column: [] },
    };
  }

  /** A parent always comes before its children, which say by how many rows; 0 is a root. */
  #child(parent: number | undefined, place: number): number {
    const key = `${parent ?? ''},${place}`;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const row = this.#stacks.frame.push(place) - 1;
    this.#stacks.prefixOffset.push(parent === undefined ? 0 : row - parent);
    this.#children.set(key, row);
    return row;
  }

  #place(frame: Frame, depth: number): number {
    const { name, file, line = null, column = null } = frame;
    const javascript = this.#facts.isJavaScript(frame);
    const source = file === undefined ? null : this.#sources.row([this.#text(file)]);
    const start = javascript ? [line, column] : [null, null];
    const func = this.#functions.row([this.#text(name), javascript, source, ...start]);
    return this.#places.row([func, this.#facts.category(frame), this.#facts.subcategory(frame), depth, line, column]);
  }

  #text(text: string): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    this.#indices.set(text, this.#strings.length);
    return this.#strings.push(text) - 1;
  }
}
