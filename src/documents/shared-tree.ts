// A document tree that several people edit at once, with its whole history.
import { engine, type NativeTree } from '../native/index.js';
import { expectBytes, expectText, expectWhole } from './arguments.js';
import { DocumentTree } from './tree.js';
import { TreeBatch } from './tree-batch.js';
import { TreeEditor } from './tree-editor.js';
import { type DocumentNode, type NodeId, ROOT } from './tree-node.js';
import type { TreeDraft } from './tree-transaction.js';

/** The document in Rust. */
type NativeSharedTree = InstanceType<ReturnType<typeof engine>['BindingSharedTree']>;

/** What the root is called by all replicas: nobody created it. */
const ROOT_NAME = 'root';

/**
 * A document tree whose replicas are edited independently and merged: all that know of the same edits have the same tree.
 * Everything that ever happened is kept, so any version can be read again.
 *
 * It is read and changed as a {@link DocumentTree} is. Ids of nodes are this replica's own; {@link SharedTree.nameOf} gives a name
 * that all replicas know.
 *
 * @example
 * import { ROOT, SharedTree } from 'forgebench/documents';
 *
 * const alice = SharedTree.fromJSON({ type: 'doc', content: [{ type: 'list' }, { type: 'item' }] }, 'alice');
 * const bob = new SharedTree('bob');
 * bob.merge(alice.changesSince(bob.version()));
 * alice.transact((edits) => edits.move(3, 2));
 * bob.transact((edits) => edits.setAttribute(3, 'done', true));
 * alice.merge(bob.changesSince(alice.version()));
 * alice.toJSON(2); // { type: 'list', content: [{ type: 'item', attrs: { done: true } }] }
 */
export class SharedTree extends TreeEditor {
  /** Who edits here. */
  readonly agent: string;
  protected readonly native: NativeTree = new (engine().BindingTree)('doc');
  readonly #document: NativeSharedTree;
  /** What transactions write to, one after another; made for the first. */
  #draft: TreeDraft | undefined;

  /**
   * A document that is nothing but its root, of kind `doc`.
   *
   * @param agent who edits here; no other replica may ever edit under this name, so a name for each session is best
   * @throws TypeError where the name is empty
   */
  constructor(agent: string) {
    super();
    if (expectText('make a document of the agent', agent) === '')
      throw new TypeError('Cannot make a document: its agent has no name; give one that nobody else has');
    this.agent = agent;
    this.#document = new (engine().BindingSharedTree)(agent);
    this.#document.show(this.native);
  }

  /**
   * A document from JSON in ProseMirror's shape. Replicas are made from each other's changes: two that are made from the same JSON
   * are two documents, and have everything twice when they merge.
   *
   * @throws TypeError where the agent has no name, or a value is none that JSON can hold
   */
  static fromJSON(json: DocumentNode, agent: string): SharedTree {
    const tree = new SharedTree(agent);
    tree.transact((edits) => {
      if (json.type !== 'doc') edits.setKind(ROOT, json.type);
      edits.fill(ROOT, json);
    });
    return tree;
  }

  /**
   * The document of a snapshot.
   *
   * @throws Error where the bytes are no snapshot, or damaged
   * @example
   * import { SharedTree } from 'forgebench/documents';
   *
   * const tree = SharedTree.fromJSON({ type: 'page' }, 'alice');
   * SharedTree.load(tree.snapshot(), 'alice, second session').toJSON(); // { type: 'page' }
   */
  static load(snapshot: Uint8Array, agent: string): SharedTree {
    const tree = new SharedTree(agent);
    tree.merge(snapshot);
    return tree;
  }

  /** Bytes of memory that the history takes in Rust, without its texts and the tree that is read. */
  get bytes(): number {
    return this.#document.bytes();
  }

  /**
   * This version as a document of its own: to be read, compared, or edited without anybody else.
   *
   * @example
   * import { SharedTree } from 'forgebench/documents';
   *
   * const tree = SharedTree.fromJSON({ type: 'doc', content: [{ type: 'item' }] }, 'alice');
   * const before = tree.view();
   * tree.transact((edits) => edits.remove(2));
   * // What a merge or a transaction changed, for an editor to show.
   * before.diff(tree); // [{ type: 'remove', node: 2 }]
   * // And what undoes it, for all replicas.
   * tree.apply(tree.diff(before));
   * tree.size; // 2
   */
  view(): DocumentTree {
    return new DocumentTree(this.native.version());
  }

  /** How far this replica knows each agent: what another needs to know to send what is lacking. */
  version(): Uint8Array {
    return this.#document.version();
  }

  /** What a replica of this version lacks; all changes where none is given. @throws Error where the bytes are no version */
  changesSince(version?: Uint8Array): Uint8Array {
    return version === undefined
      ? this.#document.changes()
      : this.#document.changesSince(expectBytes('tell changes since', version));
  }

  /**
   * Takes in changes of another replica, or its snapshot; what is here already is passed over.
   *
   * @throws Error where the bytes are no changes, are damaged, or build on others that are not here; nothing is taken in then.
   * Where another replica has edited under this one's name, once this one has edited. Where a transaction is open
   */
  merge(changes: Uint8Array): void {
    if (this.isOpen) throw new Error('Cannot merge while a transaction is open: commit or abort it first');
    this.#document.merge(expectBytes('merge', changes));
    this.#document.show(this.native);
  }

  /**
   * The document as it was at a version. Nodes have the ids that they have here, so it can be compared with this one.
   *
   * @throws Error where this replica does not know all of the version, or the version knows an edit but not what that builds on
   * @example
   * import { SharedTree } from 'forgebench/documents';
   *
   * const tree = SharedTree.fromJSON({ type: 'doc', content: [{ type: 'item' }] }, 'alice');
   * const before = tree.version();
   * tree.transact((edits) => edits.remove(2));
   * tree.treeAt(before).toJSON(); // { type: 'doc', content: [{ type: 'item' }] }
   */
  treeAt(version: Uint8Array): DocumentTree {
    const view: NativeTree = new (engine().BindingTree)('doc');
    this.#document.showAt(expectBytes('read a version from', version), view);
    return new DocumentTree(view);
  }

  /** The document with all history for the disk, compressed. */
  snapshot(): Uint8Array {
    return this.#document.changes();
  }

  /**
   * The name of a node for all replicas, such as `3@alice`: the fourth event of alice created it.
   *
   * @throws RangeError where there never was such a node
   * @example
   * import { ROOT, SharedTree } from 'forgebench/documents';
   *
   * const alice = SharedTree.fromJSON({ type: 'doc', content: [{ type: 'item' }] }, 'alice');
   * alice.nameOf(2); // '0@alice'
   * const bob = SharedTree.load(alice.snapshot(), 'bob');
   * bob.find(alice.nameOf(2)); // 2
   */
  nameOf(node: NodeId): string {
    if (node === ROOT) return ROOT_NAME;
    const name = this.#document.nameOf(expectWhole('name node', node));
    if (name === null)
      throw new RangeError(`Cannot name node ${node}: there never was one; take an id of this document`);
    return `${name.sequence}@${name.agent}`;
  }

  /** The id of the node with a name; undefined where this replica knows no such node or it is not in the document now. */
  find(name: string): NodeId | undefined {
    if (name === ROOT_NAME) return ROOT;
    const [, sequence, agent] = /^(\d{1,9})@(.+)$/s.exec(expectText('find node', name)) ?? [];
    if (sequence === undefined || agent === undefined) return undefined;
    const node = this.#document.nodeOf(agent, Number(sequence));
    return node !== 0 && this.has(node) ? node : undefined;
  }

  protected draft(): TreeDraft {
    this.#draft ??= this.#makeDraft();
    this.#draft.native.restore(this.native);
    return this.#draft;
  }

  protected adopt(): void {
    this.#document.commit();
    this.#document.show(this.native);
  }

  protected drop(): void {
    this.#document.abort();
  }

  #makeDraft(): TreeDraft {
    const [native, batch, document] = [this.native.version(), new TreeBatch(), this.#document];
    const flush = (): void => {
      batch.applyTo(document);
      document.show(native);
    };
    return { native, batch, flush };
  }
}
