// Histories that were recorded elsewhere, such as the editing traces that engines for texts are compared on.
import { engine } from '../native/index.js';
import { expectText, expectWhole } from './arguments.js';
import { TextDocument } from './text.js';
import { EditBatch } from './text-batch.js';

/** Edits that one agent made together. */
export interface TextTransaction {
  /** Who made them. All transactions of one agent must know of each other. */
  agent: string;
  /** The transactions whose outcome the author saw, by number; all that these saw is seen, too. None: an empty document. */
  parents: readonly number[];
  /** Position, units that are deleted there, and text that is inserted there, in the document as the edit before left it. */
  patches: readonly (readonly [position: number, deleted: number, inserted: string])[];
}

/**
 * The document that a recorded history makes. The shape is that of josephg/editing-traces, whose positions count code points:
 * where a trace has characters beyond the basic plane, its positions must be converted first.
 *
 * @param transactions parents before their children
 * @param agent who edits from now on
 * @throws Error where a parent comes later, or an edit lies outside the document that its author saw
 * @example
 * import { fromTransactions } from 'forgebench/documents';
 *
 * const text = fromTransactions(
 *   [
 *     { agent: 'ada', parents: [], patches: [[0, 0, 'Hello']] },
 *     { agent: 'ada', parents: [0], patches: [[5, 0, ' Ada']] },
 *     { agent: 'bob', parents: [0], patches: [[0, 5, 'Hi']] },
 *   ],
 *   'reader',
 * );
 * text.toString(); // 'Hi Ada'
 */
export function fromTransactions(transactions: readonly TextTransaction[], agent: string): TextDocument {
  const names = [...new Set(transactions.map((each) => expectText('replay edits of the agent', each.agent)))];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const batch = new EditBatch();
  const editCounts = Uint32Array.from(transactions, ({ patches }) => addTo(batch, patches));
  const columns = {
    names,
    agents: Uint32Array.from(transactions, (transaction) => numbers.get(transaction.agent) ?? 0),
    parentCounts: Uint32Array.from(transactions, ({ parents }) => parents.length),
    parents: Uint32Array.from(
      transactions.flatMap(({ parents }) => parents),
      (parent) => expectWhole('find the transaction', parent),
    ),
    editCounts,
  };
  const { positions, deleted, inserted, units } = batch;
  return new TextDocument(agent, engine().BindingText.replay(agent, columns, positions, deleted, inserted, units));
}

/** Gives the number of edits that came to the batch. */
function addTo(batch: EditBatch, patches: TextTransaction['patches']): number {
  const before = batch.size;
  // What one transaction types is not what the last one typed.
  batch.separate();
  for (const [position, deleted, inserted] of patches) batch.add(position, deleted, inserted);
  return batch.size - before;
}
