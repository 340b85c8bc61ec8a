// Texts to and from Yjs.
import { engine } from '../native/index.js';
import { expectBytes } from './arguments.js';
import { TextDocument } from './text.js';
import { clientOf, isV2, nameOf, type YjsOptions, type YjsWriteOptions } from './yjs-options.js';

/**
 * A document with the text of a Yjs document, read by yrs. The text is kept; who wrote it when, formatting and embedded
 * objects are not: it is one insertion by `agent`.
 *
 * @param update the whole document as one update
 * @throws Error where the bytes are no whole update in this format or damaged, where they build on changes that are not in them, as an
 *   incremental update does, and where a document that is not empty has nothing or no text with this name
 * @example
 * import { fromYjs, TextDocument, toYjs } from 'forgebench/documents';
 *
 * const text = new TextDocument('alice');
 * text.insert(0, 'Hello');
 * fromYjs(toYjs(text, { name: 'body' }), 'bob', { name: 'body' }).toString(); // 'Hello'
 */
export function fromYjs(update: Uint8Array, agent: string, options: YjsOptions): TextDocument {
  const document = new TextDocument(agent);
  const bytes = expectBytes('read the Yjs update', update);
  document.insert(0, engine().textOfYjsUpdate(bytes, nameOf(options), isV2(options)));
  return document;
}

/**
 * An update that makes a Yjs document with this text, written by yrs. The text is kept and its history is not: it is one
 * insertion, by a client of Yjs with a number of its own each time, as Yjs makes them.
 *
 * Two updates of the same text are two insertions, so a Yjs document that takes in both has the text twice.
 *
 * @throws RangeError where `client` is no whole number below 2^32, TypeError where the format is none of both
 */
export function toYjs(document: TextDocument, options: YjsWriteOptions): Uint8Array {
  return engine().yjsUpdateOfText(document.toString(), nameOf(options), clientOf(options), isV2(options));
}
