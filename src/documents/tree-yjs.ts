// Trees to and from Yjs, as editors on ProseMirror keep them there.
import { engine } from '../native/index.js';
import { expectBytes } from './arguments.js';
import type { DocumentNode } from './tree-node.js';
import { clientOf, isV2, nameOf, type YjsOptions, type YjsWriteOptions } from './yjs-options.js';

/**
 * The document of an editor on ProseMirror with y-prosemirror, as Tiptap, out of a Yjs document, read by yrs: JSON in
 * ProseMirror's shape, for `SharedTree.fromJSON` or `DocumentTree.fromJSON`. Content, attributes and marks are kept; who wrote them
 * when is not, and the root, which Yjs does not keep, is a `doc`.
 *
 * @param update the whole document as one update
 * @param options the name of its XML fragment, as in `doc.getXmlFragment(name)`; y-prosemirror calls it `prosemirror`, Tiptap `default`
 * @throws Error where the bytes are no whole update in this format, where they build on changes that are not in them, where a
 *   document that is not empty has no XML fragment with this name, and where it has what such an editor does not write
 * @example
 * import { nodeFromYjs, nodeToYjs, SharedTree } from 'forgebench/documents';
 *
 * const update = nodeToYjs({ type: 'doc', content: [{ type: 'paragraph' }] }, { name: 'prosemirror' });
 * const tree = SharedTree.fromJSON(nodeFromYjs(update, { name: 'prosemirror' }), 'alice');
 * tree.toJSON(); // { type: 'doc', content: [{ type: 'paragraph' }] }
 */
export function nodeFromYjs(update: Uint8Array, options: YjsOptions): DocumentNode {
  const json = engine().nodesOfYjsUpdate(expectBytes('read the Yjs update', update), nameOf(options), isV2(options));
  return { type: 'doc', content: JSON.parse(json) as DocumentNode[] };
}

/**
 * An update that makes a Yjs document with what is below a node, as y-prosemirror writes it: an editor that opens it shows the
 * document. It is one insertion: a Yjs document that takes in two updates of the same tree has everything twice.
 *
 * @throws Error where a node has no type, or is nested more than 60 deep; for the options as `toYjs`
 */
export function nodeToYjs(node: DocumentNode, options: YjsWriteOptions): Uint8Array {
  const json = JSON.stringify(node.content ?? []);
  return engine().yjsUpdateOfNodes(json, nameOf(options), clientOf(options), isV2(options));
}
