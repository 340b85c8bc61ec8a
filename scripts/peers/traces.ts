// Recorded editing histories, with positions as JavaScript counts them.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** What a file that gzip packed begins with. */
const GZIP = Buffer.of(0x1f, 0x8b);

/** Where, how many go, and what comes. */
export type Patch = [position: number, deleted: number, inserted: string];

/** Edits of one agent who knew what the parents had done. */
export interface TraceTransaction {
  agent: string;
  parents: number[];
  patches: Patch[];
}

/** A history and the text that it comes to. */
export interface Trace {
  transactions: TraceTransaction[];
  endContent: string;
}

/** A file: histories of one author after the other name neither agents nor parents; some add a time to each. */
const recorded = z.object({
  endContent: z.string(),
  txns: z.array(
    z.object({
      agent: z.int().nonnegative().default(0),
      parents: z.array(z.int().nonnegative()).optional(),
      patches: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.string()], z.unknown())),
    }),
  ),
});

/**
 * Reads a history: JSON, perhaps packed by gzip.
 *
 * @throws Error where the file is not there or no history, or where its positions cannot be converted.
 */
export function readTrace(file: string): Trace {
  const text = textIn(file);
  const { txns, endContent } = parse(file, text);
  const transactions = txns.map(({ agent, parents, patches }, number) => ({
    agent: String(agent),
    parents: parents ?? (number === 0 ? [] : [number - 1]),
    patches: patches.map(([position, deleted, inserted]) => [position, deleted, inserted] as Patch),
  }));
  const wide = /[\u{10000}-\u{10ffff}]|\\ud[89ab]/iu.test(text);
  return { transactions: wide ? inUnits(transactions) : transactions, endContent };
}

function textIn(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (bytes.subarray(0, 2).equals(GZIP) ? gunzipSync(bytes) : bytes).toString();
  } catch (error) {
    throw new Error(`Cannot read the history ${file}: ${(error as Error).message}; name another file`);
  }
}

function parse(file: string, text: string): z.infer<typeof recorded> {
  try {
    return recorded.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`Cannot read the history ${file}: ${why}; give {"endContent": …, "txns": [{"patches": …}, …]}`);
  }
}

/** Whether each transaction was made by somebody who knew all before it. */
export function isSequential(transactions: readonly TraceTransaction[]): boolean {
  return transactions.every(
    ({ parents }, number) => number === 0 || (parents.length === 1 && parents[0] === number - 1),
  );
}

/**
 * Positions and lengths of traces count code points, and those of JavaScript units, of which some characters have two: adds one for
 * each such character before, or among what goes. Where they are in a text is kept for each transaction that another one follows.
 *
 * @throws Error where a transaction merges texts with such characters: where they come to lie only an engine knows.
 */
export function inUnits(transactions: readonly TraceTransaction[]): TraceTransaction[] {
  const followers = transactions.map(() => 0);
  for (const parent of transactions.flatMap(({ parents }) => parents)) followers[parent] = (followers[parent] ?? 0) + 1;
  /** Where characters of two units are after each transaction, in code points. */
  const after: number[][] = [];
  return transactions.map(({ agent, parents, patches }, number) => {
    const [known = [], ...others] = parents.map((parent) => after[parent] ?? []);
    if (others.length > 0 && [known, ...others].some(({ length }) => length > 0))
      throw new Error(
        `Cannot convert transaction ${number}: it merges texts with characters of two units; use another trace`,
      );
    // Whoever follows alone takes the list over: a copy for each letter typed would fill the memory.
    const wide = followers[parents[0] ?? -1] === 1 ? known : [...known];
    after.push(wide);
    return { agent, parents, patches: patches.map((patch) => convert(patch, wide)) };
  });
}

/** Converts an edit, and makes it in the ascending list of where characters of two units are. */
function convert([position, deleted, inserted]: Patch, wide: number[]): Patch {
  const before = countBelow(wide, position);
  const gone = countBelow(wide, position + deleted) - before;
  const characters = [...inserted];
  const come = characters.flatMap(({ length }, offset) => (length === 2 ? [position + offset] : []));
  for (let at = before + gone; at < wide.length; at++) wide[at] = (wide[at] ?? 0) + characters.length - deleted;
  wide.splice(before, gone, ...come);
  return [position + before, deleted + gone, inserted];
}

function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
