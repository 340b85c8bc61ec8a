// A document tree with transactions and versions.
import { engine, type NativeTree } from '../native/index.js';
import { expectText } from './arguments.js';
import { TreeBatch } from './tree-batch.js';
import { TreeEditor } from './tree-editor.js';
import type { DocumentNode } from './tree-node.js';
import type { TreeDraft } from './tree-transaction.js';

/**
 * A document: a tree of nodes with a kind, attributes, marks and children, kept in Rust. A node has one parent and is never
 * below itself; ids are numbers from 1, the root's.
 *
 * Changes are made in transactions and take effect together. {@link DocumentTree.version} keeps a version for nothing but
 * what later ones change, and {@link TreeEditor.diff} finds what changed without looking at the rest.
 *
 * @example
 * import { DocumentTree, ROOT } from 'forgebench/documents';
 *
 * const tree = new DocumentTree('doc');
 * const before = tree.version();
 * const heading = tree.transact((edits) => {
 *   const node = edits.create('heading', { level: 1 });
 *   edits.insert(node, ROOT);
 *   return node;
 * });
 * tree.kind(heading); // 'heading'
 * tree.diff(before); // [{ type: 'remove', node: 2 }]
 * tree.restore(before);
 * tree.size; // 1
 */
export class DocumentTree extends TreeEditor {
  protected readonly native: NativeTree;
  /** What transactions write to, one after another; made for the first. */
  #draft: TreeDraft | undefined;

  /** A document that is nothing but its root. @param kind what the root is; or a version, which `version` is for */
  constructor(kind: string | NativeTree = 'doc') {
    super();
    const { BindingTree } = engine();
    this.native = kind instanceof BindingTree ? kind : new BindingTree(expectText('make a document of the kind', kind));
  }

  /**
   * A document from JSON in ProseMirror's shape, such as `toJSON` writes and `node.toJSON()` of ProseMirror does.
   *
   * @throws TypeError where a value is none that JSON can hold
   * @example
   * import { DocumentTree } from 'forgebench/documents';
   *
   * const tree = DocumentTree.fromJSON({ type: 'doc', content: [{ type: 'paragraph' }] });
   * tree.size; // 2
   */
  static fromJSON(json: DocumentNode): DocumentTree {
    const tree = new DocumentTree(json.type);
    tree.fill(json);
    return tree;
  }

  /** This version, to be kept or to go its own way. It shares all nodes with this document: making it takes a microsecond. */
  version(): DocumentTree {
    return new DocumentTree(this.native.version());
  }

  /** Goes back, or forth, to a version of this document. An open transaction is aborted. */
  restore(version: DocumentTree): void {
    expectTree('restore', version);
    this.abortOpen();
    this.native.restore(version.native);
  }

  protected draft(): TreeDraft {
    this.#draft ??= ownDraft(this.native.version());
    this.#draft.native.restore(this.native);
    return this.#draft;
  }

  protected adopt({ native }: TreeDraft): void {
    this.native.adopt(native);
  }

  /** The next draft begins with the document, so nothing is left of this one. */
  protected drop(): void {}
}

function ownDraft(native: NativeTree): TreeDraft {
  const batch = new TreeBatch();
  return { native, batch, flush: () => batch.applyTo(native) };
}

function expectTree(action: string, value: DocumentTree): void {
  if (!(value instanceof DocumentTree))
    throw new TypeError(`Cannot ${action} what is no DocumentTree: pass a version of this one`);
}
