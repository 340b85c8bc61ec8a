// What can be asked of a document, of a version and of a transaction alike.
import type { NativeTree } from '../native/index.js';
import { expectWhole } from './arguments.js';
import { type DocumentNode, type DocumentValue, type Mark, type NodeId, ROOT } from './tree-node.js';

/** What nodes have in common; each property that is there has to fit. */
export interface NodeQuery {
  kind?: string;
  /** The name of an attribute that they have. */
  attribute?: string;
  /** What that attribute is. Objects and arrays are compared as JSON, so the order of their properties counts. */
  value?: DocumentValue;
  /** The name of a mark that they have. */
  mark?: string;
  /** Only this node and what is below it; the whole document otherwise. */
  within?: NodeId;
}

/** Reads nodes by their ids. All methods throw where there is no node of an id. */
export abstract class TreeReader {
  /** The object in Rust, up to date. */
  protected abstract readonly native: NativeTree;

  /** How many nodes there are, with the root and with nodes that a transaction has not inserted yet. */
  get size(): number {
    return this.native.size();
  }

  /** Whether there is a node of this id. */
  has(node: NodeId): boolean {
    return node >>> 0 === node && this.native.has(node);
  }

  /** What a node is, such as `paragraph`. */
  kind(node: NodeId): string {
    return this.native.kind(expectId(node));
  }

  /** The parent of a node; undefined for the root and for a node that is nowhere yet. */
  parent(node: NodeId): NodeId | undefined {
    const parent = this.native.parent(expectId(node));
    return parent === 0 ? undefined : parent;
  }

  /** Ids of a node's children, in their order. */
  children(node: NodeId): Uint32Array {
    return this.native.children(expectId(node));
  }

  /** All attributes of a node. */
  attributes(node: NodeId): Record<string, DocumentValue> {
    return JSON.parse(this.native.attributes(expectId(node))) as Record<string, DocumentValue>;
  }

  /** All marks of a node. */
  marks(node: NodeId): Mark[] {
    return JSON.parse(this.native.marks(expectId(node))) as Mark[];
  }

  /** Ids of a node and all below it, each before its children: the order of the document. One call, whatever the size. */
  descendants(node: NodeId = ROOT): Uint32Array {
    return this.native.walk(expectId(node));
  }

  /**
   * Ids of all nodes that fit, in the order of the document. There is no index: all nodes are looked at, in Rust.
   *
   * @example
   * import { DocumentTree } from 'forgebench/documents';
   *
   * const tree = DocumentTree.fromJSON({ type: 'doc', content: [{ type: 'heading', attrs: { level: 2 } }] });
   * tree.query({ kind: 'heading', attribute: 'level', value: 2 }); // Uint32Array [2]
   */
  query({ within = ROOT, value, ...names }: NodeQuery): Uint32Array {
    if (value !== undefined && names.attribute === undefined)
      throw new TypeError('Cannot query by a value alone: name its attribute');
    return this.native.query(expectId(within), value === undefined ? names : { ...names, value: jsonOf(value) });
  }

  /** A node with all below it, in the shape of ProseMirror's JSON. */
  toJSON(node: NodeId | string = ROOT): DocumentNode {
    // JSON.stringify calls this with the name of the property.
    return JSON.parse(this.native.json(typeof node === 'number' ? expectId(node) : ROOT)) as DocumentNode;
  }
}

/** Rust would take 2^32 + 1 for 1. */
function expectId(node: NodeId): NodeId {
  return expectWhole('find node', node);
}

function jsonOf(value: DocumentValue): string {
  const json = typeof value === 'bigint' ? undefined : (JSON.stringify(value) as string | undefined);
  if (json === undefined) throw new TypeError(`Cannot query by a ${typeof value}: JSON has none`);
  return json;
}
