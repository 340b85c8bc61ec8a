// What reading and writing documents of Yjs have in common.
import { expectText, expectWhole } from './arguments.js';

/** Which part of a Yjs document is meant, and how its updates are written. */
export interface YjsOptions {
  /** Its name there, as in `doc.getText(name)` or `doc.getXmlFragment(name)`. */
  name: string;
  /** The format: `V1` is what `encodeStateAsUpdate` makes, `V2` what `encodeStateAsUpdateV2` makes. By default `V1`. */
  format?: 'V1' | 'V2';
}

/** How an update is written. */
export interface YjsWriteOptions extends YjsOptions {
  /** The number of the client of Yjs that inserts everything; one of its own each time where nothing is said, as Yjs makes them. */
  client?: number;
}

/** The name, for Rust. @throws TypeError where it is no string */
export function nameOf({ name }: YjsOptions): string {
  return expectText('find in a document of Yjs what is named', name);
}

/** Whether the format is V2. @throws TypeError where it is none of both */
export function isV2({ format = 'V1' }: YjsOptions): boolean {
  if (format === 'V1' || format === 'V2') return format === 'V2';
  throw new TypeError(`Cannot use the format ${String(format)} of Yjs: pass 'V1' or 'V2'`);
}

/** The client that writes. @throws RangeError where it is no whole number below 2^32 */
export function clientOf({ client }: YjsWriteOptions): number {
  return expectWhole('write a Yjs update of the client', client ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 1);
}
