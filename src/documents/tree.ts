// A document tree with transactions and versions.
import { engine, type NativeTree } from '../native/index.js';
import { TreeBatch } from './tree-batch.js';
import { type DocumentNode, ROOT } from './tree-node.js';
import { readOperations, type TreeOperation } from './tree-operation.js';
import { TreeReader } from './tree-reader.js';
import { type TreeDraft, TreeTransaction } from './tree-transaction.js';

/**
 * A document: a tree of nodes with a kind, attributes, marks and children, kept in Rust. A node has one parent and is never
 * below itself; ids are numbers from 1, the root's.
 *
 * Changes are made in transactions and take effect together. {@link DocumentTree.version} keeps a version for nothing but
 * what later ones change, and {@link DocumentTree.diff} finds what changed without looking at the rest.
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
export class DocumentTree extends TreeReader {
  protected readonly native: NativeTree;
  /** What transactions write to, one after another; made for the first. */
  #draft: TreeDraft | undefined;
  #open: TreeTransaction | undefined;

  /** A document that is nothing but its root. @param kind what the root is; or a version, which `version` is for */
  constructor(kind: string | NativeTree = 'doc') {
    super();
    this.native = typeof kind === 'string' ? new (engine().BindingTree)(kind) : kind;
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
    tree.transact((edits) => edits.fill(ROOT, json));
    return tree;
  }

  /**
   * Opens a transaction, to be ended by its `commit` or `abort`; `transact` does both by itself.
   *
   * @throws Error where one is open
   */
  begin(): TreeTransaction {
    if (this.#open !== undefined) throw new Error('Cannot begin a transaction: one is open; commit or abort it first');
    this.#draft ??= { native: this.native.version(), batch: new TreeBatch() };
    const draft = this.#draft;
    draft.native.restore(this.native);
    this.#open = new TreeTransaction(draft, {
      commit: () => this.native.adopt(draft.native),
      close: () => {
        this.#open = undefined;
      },
    });
    return this.#open;
  }

  /**
   * Changes the document by a function: all of it, or nothing where the function or one of its operations throws.
   *
   * @returns what the function returns
   * @throws what the function throws; Error that names the operation which cannot be done
   * @example
   * import { DocumentTree } from 'forgebench/documents';
   *
   * const tree = DocumentTree.fromJSON({ type: 'doc', content: [{ type: 'paragraph' }, { type: 'heading' }] });
   * tree.transact((edits) => {
   *   edits.move(3, 1, 0);
   *   edits.setAttribute(3, 'level', 2);
   * });
   * tree.children(1); // Uint32Array [3, 2]
   */
  transact<T>(change: (edits: TreeTransaction) => T): T {
    const edits = this.begin();
    try {
      const result = change(edits);
      if (isThenable(result))
        throw new TypeError('Cannot wait inside transact: use begin, and commit when all is done');
      edits.commit();
      return result;
    } finally {
      edits.abort();
    }
  }

  /** This version, to be kept or to go its own way. It shares all nodes with this document: making it takes a microsecond. */
  version(): DocumentTree {
    return new DocumentTree(this.native.version());
  }

  /** Goes back, or forth, to a version of this document. An open transaction is aborted. */
  restore(version: DocumentTree): void {
    this.#open?.abort();
    this.native.restore(version.native);
  }

  /**
   * What makes this version the `other` one; done the other way round, what undoes it. Nodes keep their ids. Only what the
   * versions do not share is looked at, and children whose order did not change do not move.
   *
   * @throws Error where the other is no version of this document
   * @example
   * import { DocumentTree } from 'forgebench/documents';
   *
   * const tree = DocumentTree.fromJSON({ type: 'doc', content: [{ type: 'paragraph' }] });
   * const before = tree.version();
   * tree.transact((edits) => edits.setAttribute(2, 'align', 'left'));
   * before.diff(tree); // [{ type: 'setAttribute', node: 2, name: 'align', value: 'left' }]
   */
  diff(other: DocumentTree): TreeOperation[] {
    return readOperations(this.native.diff(other.native));
  }

  /** Does the operations of a difference in one transaction. */
  apply(operations: Iterable<TreeOperation>): void {
    this.transact((edits) => {
      for (const operation of operations) edits.apply(operation);
    });
  }
}

function isThenable(value: unknown): boolean {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
