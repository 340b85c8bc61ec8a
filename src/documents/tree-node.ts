// What a document is made of, as JavaScript sees it.

/** A node of a document: a number from 1. An id is never given to two nodes of one line of versions. */
export type NodeId = number;

/** The node that every document has. */
export const ROOT: NodeId = 1;

/** What an attribute may be: whatever JSON can hold. */
export type DocumentValue =
  | null
  | boolean
  | number
  | string
  | readonly DocumentValue[]
  | { readonly [name: string]: DocumentValue };

/** What is said of a node beside its attributes: `{ type: 'bold' }`, `{ type: 'link', attrs: { href: '…' } }`. */
export interface Mark {
  type: string;
  attrs?: DocumentValue;
}

/** A node with all below it, in the shape of ProseMirror's JSON; what is empty is left out. */
export interface DocumentNode {
  type: string;
  attrs?: Readonly<Record<string, DocumentValue>>;
  marks?: readonly Mark[];
  /** The attribute `text` of a node of type `text`. */
  text?: string;
  content?: readonly DocumentNode[];
}
