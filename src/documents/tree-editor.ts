// What changes a document, whether it is of one program or shared: transactions, and differences between versions.
import { type DocumentNode, ROOT } from './tree-node.js';
import { readOperations, type TreeOperation } from './tree-operation.js';
import { TreeReader } from './tree-reader.js';
import { type TreeDraft, TreeTransaction } from './tree-transaction.js';

/** A document that transactions change: {@link DocumentTree} or {@link SharedTree}. */
export abstract class TreeEditor extends TreeReader {
  #open: TreeTransaction | undefined;

  /** What the next transaction works with. */
  protected abstract draft(): TreeDraft;

  /** Makes what a draft has become the document. */
  protected abstract adopt(draft: TreeDraft): void;

  /** Forgets what a draft has become. */
  protected abstract drop(draft: TreeDraft): void;

  /**
   * Opens a transaction, to be ended by its `commit` or `abort`; `transact` does both by itself.
   *
   * @throws Error where one is open
   */
  begin(): TreeTransaction {
    if (this.#open !== undefined) throw new Error('Cannot begin a transaction: one is open; commit or abort it first');
    const draft = this.draft();
    this.#open = new TreeTransaction(draft, {
      commit: () => this.adopt(draft),
      close: () => {
        this.#open = undefined;
        this.drop(draft);
      },
    });
    return this.#open;
  }

  /** Whether a transaction is open. */
  protected get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Aborts the open transaction, if there is one. */
  protected abortOpen(): void {
    this.#open?.abort();
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
  diff(other: TreeEditor): TreeOperation[] {
    if (!(other instanceof TreeEditor))
      throw new TypeError('Cannot tell the difference to what is no DocumentTree: pass a version of this one');
    return readOperations(this.native.diff(other.native));
  }

  /** Does the operations of a difference in one transaction. */
  apply(operations: Iterable<TreeOperation>): void {
    this.transact((edits) => {
      for (const operation of operations) edits.apply(operation);
    });
  }

  /** Gives the root what is in the JSON of one, and all below it. */
  protected fill(json: DocumentNode): void {
    this.transact((edits) => edits.fill(ROOT, json));
  }
}

function isThenable(value: unknown): boolean {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
