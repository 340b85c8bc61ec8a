// Compares forgebench with other programs: equal output first, then CPU time in turns, as a table and a page.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compareRow, type RatioShift, ROUNDS, ROUNDS_OF_BYTES } from './peers/compare.js';
import { Contestant } from './peers/contestant.js';
import { installPeer, ownCommand } from './peers/install.js';
import type { Result, Row } from './peers/row.js';
import { ROWS, selectRows } from './peers/rows.js';
import { isMissed, toRecords, toTable } from './peers/tables.js';
import { rowsOfTrace } from './peers/texts.js';

const PAGE = 'docs/peers.md';
const ENGINE = 'dist/native/index.js';

/** What stands between these in the page is written by hand, and stays. */
const BY_HAND = ['<!-- By hand from here -->', '<!-- to here. -->'] as const;

const HELP = `Usage: npm run peers -- [ROW…] [--trace FILE]… [--json FILE]

Installs pinned peers outside the project, checks that they and forgebench put out the same, and measures both in turns.
Without ROW all rows are measured and ${PAGE} is written anew, but for what stands between its two comments; FORGEBENCH_DATA names
the folder with public data, without which rows of recorded data are not measured, and the table says so. --trace measures an
editing history of your own instead (JSON as in github.com/josephg/editing-traces, perhaps packed by gzip): C1 where one edit follows the
other, otherwise C4 and CR, with the goals of recorded histories.

  npm run peers
  npm run peers -- S6 S7
  npm run peers -- S6 --json peers.json
  npm run peers -- --trace mine.json.gz
`;

/**
 * Does what the command line says.
 *
 * @returns The exit code: 0 all goals of measured rows reached or within their intervals, 1 one missed, 2 wrong usage, 4 nothing
 * measured.
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = {
    json: { type: 'string' },
    trace: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help === true) {
      process.stdout.write(HELP);
      return 0;
    }
    const rows = selectRows(positionals, values.trace?.flatMap(rowsOfTrace));
    const ratioShift = await loadRatioShift();
    const results: Result[] = [];
    for (const row of rows) results.push(await measureRow(row, ratioShift));
    process.stdout.write(`${toTable(results)}\n`);
    if (positionals.length === 0 && values.trace === undefined)
      writeFileSync(PAGE, page(results, readFileSync(PAGE, 'utf8')));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(toRecords(results), undefined, 2)}\n`);
    return exitCode(results);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Interrupted') throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** 1 for a missed goal or different outputs, 4 where no row was measured. */
export function exitCode(results: readonly Result[]): number {
  if (results.some(isMissed)) return 1;
  return results.every((result) => 'missing' in result) ? 4 : 0;
}

/** Whatever keeps a row from being measured becomes part of the table. */
async function measureRow(row: Row, ratioShift: RatioShift): Promise<Result> {
  process.stderr.write(`Comparing ${row.id} with ${row.peer.name}\n`);
  let command: [string, ...string[]];
  try {
    command = await installPeer(row.peer);
  } catch (error) {
    if ((error as Error).name === 'Interrupted') throw error;
    return { row, missing: `not installed: ${(error as Error).message}` };
  }
  const ours = new Contestant(ownCommand());
  const theirs = new Contestant(command);
  try {
    return await compareRow(row, { ours, theirs, ratioShift });
  } catch (error) {
    return { row, missing: `not measured: ${(error as Error).message}` };
  } finally {
    ours.stop();
    theirs.stop();
  }
}

async function loadRatioShift(): Promise<RatioShift> {
  if (!existsSync(ENGINE)) throw new Error(`Cannot compare with peers: ${ENGINE} is not built; run "npm run setup"`);
  const { engine } = (await import(/* @vite-ignore */ pathToFileURL(resolve(ENGINE)).href)) as {
    engine(): { ratioShift: RatioShift };
  };
  return engine().ratioShift;
}

/** The page that stands in the documentation; what is written by hand in the one before stays. */
export function page(results: readonly Result[], before: string): string {
  const packages = [...new Set(ROWS.flatMap(({ peer }) => peer.packages))].sort();
  const cpu = cpus();
  return `# Peers

How fast forgebench's engine is against the programs that are known for the same work. Made by

    npm run peers

on ${cpu.length} × ${cpu[0]?.model ?? 'an unknown processor'}, Node.js ${process.version}, with ${packages.join(', ')}.

${byHand(before)}

Both programs get the same input, and their outputs are compared first: where they differ, nothing is timed. Each runs in a
process of its own with one thread; after 0.3 s of warm-up, ${ROUNDS} samples of at least 5 ms CPU time are taken in turns. Times are medians
of CPU time, called from JavaScript and from Python, and crates, marked (Rust), in Rust. *Times faster* is the median of all ratios of a sample of the
peer's to one of ours, with the 95 % bounds of ranks that \`compare\` uses too. A goal is missed where the whole interval lies
below it. Where bytes are compared, there are ${ROUNDS_OF_BYTES} samples, each of what the result holds after all garbage was collected, in V8's
heap and in the C heap, where its buffers lie too.

${toTable(results)}
`;
}

/** With the comments around it; those alone where the page has none. */
function byHand(page: string): string {
  const [from, to] = BY_HAND.map((comment) => page.indexOf(comment)) as [number, number];
  return from >= 0 && to > from ? page.slice(from, to + BY_HAND[1].length) : BY_HAND.join('\n');
}
