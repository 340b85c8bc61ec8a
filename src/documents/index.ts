// The only door of the room: documents whose versions are cheap. Published as `forgebench/documents`.

export { SharedTree } from './shared-tree.js';
export { TextDocument } from './text.js';
export { EditBatch } from './text-batch.js';
export { movePosition, type TextPatch } from './text-patches.js';
export { fromTransactions, type TextTransaction } from './text-transactions.js';
export { fromYjs, toYjs } from './text-yjs.js';
export { DocumentTree } from './tree.js';
export type { TreeEditor } from './tree-editor.js';
export type { DocumentNode, DocumentValue, Mark, NodeId } from './tree-node.js';
export { ROOT } from './tree-node.js';
export type { TreeOperation } from './tree-operation.js';
export type { NodeQuery } from './tree-reader.js';
export type { TreeTransaction } from './tree-transaction.js';
export { nodeFromYjs, nodeToYjs } from './tree-yjs.js';
export type { YjsOptions, YjsWriteOptions } from './yjs-options.js';
