// Changes to a document that become its next version together, or not at all.
import type { NativeTree } from '../native/index.js';
import { CODES, END, type TreeBatch } from './tree-batch.js';
import type { DocumentNode, DocumentValue, Mark, NodeId } from './tree-node.js';
import type { TreeOperation } from './tree-operation.js';
import { TreeReader } from './tree-reader.js';

/** What a transaction works with. */
export interface TreeDraft {
  /** What it has made so far. */
  native: NativeTree;
  /** Operations that wait. */
  batch: TreeBatch;
  /** Does what waits. */
  flush(): void;
}

/** What becomes of a transaction's work. */
export interface TransactionEnd {
  /** Makes it the document's version. */
  commit(): void;
  /** The transaction is over, whether it was committed or not. */
  close(): void;
}

/**
 * A version in the making, opened by `DocumentTree.begin` or `transact`. Operations wait in typed arrays and cross to Rust
 * thousands at a time; reading does them first. The one that cannot be done is named by its error, which may come with a
 * later call, and ends the transaction: the document is as it was.
 */
export class TreeTransaction extends TreeReader {
  readonly #draft: TreeDraft;
  readonly #batch: TreeBatch;
  readonly #end: TransactionEnd;
  #next: NodeId;
  #open = true;

  /** @param draft the version that the transaction began with, and an empty batch; nobody else uses them meanwhile */
  constructor(draft: TreeDraft, end: TransactionEnd) {
    super();
    this.#draft = draft;
    this.#batch = draft.batch;
    this.#end = end;
    this.#next = draft.native.nextId();
  }

  protected get native(): NativeTree {
    this.#flush();
    return this.#draft.native;
  }

  /**
   * Makes a node that is nowhere yet. One that is not inserted when the transaction commits is gone.
   *
   * @returns its id
   */
  create(kind: string, attributes: Readonly<Record<string, DocumentValue>> = {}): NodeId {
    const node = this.#next;
    if (node === 0 || node > 0xffffffff) throw new RangeError('Cannot create a node: all ids were given');
    this.#createAs(node, kind);
    for (const name in attributes) this.setAttribute(node, name, attributes[name] as DocumentValue);
    return node;
  }

  /** Puts a node that is nowhere yet, with all below it, among the children of `parent`: at the end, or at `index`. */
  insert(node: NodeId, parent: NodeId, index = END): void {
    this.#writable().add(CODES.insert, node, parent, index);
  }

  /** Takes a node, with all below it, to the end of the children of `parent`, or to where `index` others are before it. */
  move(node: NodeId, parent: NodeId, index = END): void {
    this.#writable().add(CODES.move, node, parent, index);
  }

  /** Removes a node and all below it. */
  remove(node: NodeId): void {
    this.#writable().add(CODES.remove, node);
  }

  /** Makes a node one of another kind. */
  setKind(node: NodeId, kind: string): void {
    this.#writable().addNamed(CODES.setKind, node, kind);
  }

  /** Sets or replaces an attribute. */
  setAttribute(node: NodeId, name: string, value: DocumentValue): void {
    this.#writable().addValued(CODES.setAttribute, node, [name, value]);
  }

  /** Removes an attribute, where there is one. */
  removeAttribute(node: NodeId, name: string): void {
    this.#writable().addNamed(CODES.removeAttribute, node, name);
  }

  /** Adds a mark, or replaces the one of its type. */
  addMark(node: NodeId, { type, attrs = null }: Mark): void {
    this.#writable().addValued(CODES.addMark, node, [type, attrs]);
  }

  /** Removes the mark of a type, where there is one. */
  removeMark(node: NodeId, type: string): void {
    this.#writable().addNamed(CODES.removeMark, node, type);
  }

  /**
   * Makes a node with all below it, nowhere yet. Depth costs no stack.
   *
   * @returns its id
   */
  build(json: DocumentNode): NodeId {
    const top = this.create(json.type);
    this.fill(top, json);
    return top;
  }

  /** Gives a node the attributes, marks and children that are in the JSON of one; children follow those that it has. */
  fill(top: NodeId, json: DocumentNode): void {
    this.#describe(top, json);
    const path: [NodeId, Iterator<DocumentNode>][] = [[top, childrenOf(json)]];
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const [parent, children] = last;
      const child = children.next();
      if (child.done === true) path.pop();
      else {
        const node = this.create(child.value.type);
        this.#describe(node, child.value);
        this.insert(node, parent);
        path.push([node, childrenOf(child.value)]);
      }
    }
  }

  /**
   * Does an operation of a difference.
   *
   * @throws TypeError where its type is none that it knows; `DocumentTree.apply` and `transact` then leave the document as it was
   */
  apply(operation: TreeOperation): void {
    switch (operation.type) {
      case 'create':
        this.#createAs(operation.node, operation.kind);
        break;
      case 'insert':
        this.insert(operation.node, operation.parent, operation.index);
        break;
      case 'move':
        this.move(operation.node, operation.parent, operation.index);
        break;
      case 'remove':
        this.remove(operation.node);
        break;
      case 'setKind':
        this.setKind(operation.node, operation.kind);
        break;
      case 'setAttribute':
        this.setAttribute(operation.node, operation.name, operation.value);
        break;
      case 'removeAttribute':
        this.removeAttribute(operation.node, operation.name);
        break;
      case 'addMark':
        this.addMark(operation.node, operation.mark);
        break;
      case 'removeMark':
        this.removeMark(operation.node, operation.name);
        break;
      default:
        throw unknownOperation(operation);
    }
  }

  /** Makes the next version of the document. */
  commit(): void {
    this.#flush();
    this.#end.commit();
    this.#close();
  }

  /** Undoes everything; nothing where the transaction is over. */
  abort(): void {
    if (this.#open) this.#close();
  }

  #close(): void {
    this.#open = false;
    this.#batch.clear();
    this.#end.close();
  }

  #describe(node: NodeId, { attrs = {}, marks = [], text }: DocumentNode): void {
    for (const name in attrs) this.setAttribute(node, name, attrs[name] as DocumentValue);
    for (const mark of marks) this.addMark(node, mark);
    if (text !== undefined) this.setAttribute(node, 'text', text);
  }

  #createAs(node: NodeId, kind: string): void {
    this.#writable().addNamed(CODES.create, node, kind);
    this.#next = Math.max(this.#next, node + 1);
  }

  #writable(): TreeBatch {
    if (!this.#open) throw closed();
    if (this.#batch.isFull) this.#flush();
    return this.#batch;
  }

  #flush(): void {
    if (!this.#open) throw closed();
    if (this.#batch.isEmpty) return;
    try {
      this.#draft.flush();
    } catch (error) {
      this.abort();
      throw error;
    }
  }
}

function childrenOf({ content = [] }: DocumentNode): Iterator<DocumentNode> {
  return content[Symbol.iterator]();
}

/** What JSON from elsewhere, or of a later version, may have. */
function unknownOperation(operation: never): TypeError {
  const { type } = operation as { type?: unknown };
  const known = Object.keys(CODES).join(', ');
  return new TypeError(`Cannot apply operation "${String(type)}": pass one of ${known}`);
}

function closed(): Error {
  return new Error('Cannot use a transaction that is over: begin another');
}
