// Trials by instructions: a crate whose functions turn a loop after each call, as often as makes a chosen share more
// instructions, and what `forgebench ab --instructions` says of each case.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { TURNS } from './guards.js';

/** What a comparison said of the instructions of one case. */
export interface CountedCase {
  caseId: string;
  verdict: 'slower' | 'faster' | 'same' | 'unclear';
  /** Instructions of the slowed crate over those of the released one. */
  ratio: number;
}

/** A case, with as many turns of the loop after each call as its share asks for. */
export interface CountedTrial extends CountedCase {
  crate: string;
  turns: number;
  startedAt: string;
}

/** A released crate, its slowed copy, and the cases to count. */
export interface CrateTrial {
  crate: string;
  versions: readonly string[];
  cases: readonly string[];
  done: ReadonlySet<string>;
}

/** Enough turns to be seen in any case, from which the cost of one is told. */
const TRIED_TURNS = 100_000;

/**
 * Counts each case twice, to learn what a turn of the loop costs it, and then once with as many turns as make the share.
 *
 * @param versions `--base` and `--head` of `forgebench ab`
 * @param done ids of cases that need no other trial
 * @param share 0.02 for 2 % more instructions
 * @param keep is told each trial as soon as it is known
 */
export async function countTrials(
  { crate, versions, cases, done }: CrateTrial,
  share: number,
  keep: (trial: CountedTrial) => void,
): Promise<void> {
  const without = await countAb(versions, cases, 0);
  const tried = new Map((await countAb(versions, cases, TRIED_TURNS)).map((each) => [each.caseId, each.ratio]));
  for (const { caseId, ratio } of without) {
    const more = tried.get(caseId);
    if (more === undefined || done.has(caseId)) continue;
    const turns = Math.max(0, Math.round(((1 + share - ratio) * TRIED_TURNS) / (more - ratio)));
    const startedAt = new Date().toISOString();
    for (const counted of await countAb(versions, [caseId], turns)) keep({ crate, turns, startedAt, ...counted });
  }
}

async function countAb(versions: readonly string[], cases: readonly string[], turns: number): Promise<CountedCase[]> {
  const lines: string[] = [];
  const flags = ['--instructions', '--launches', '1', '--quick', '--seed', '1', '--json'];
  const { output } = await runCommand([process.execPath, 'bin/forgebench.mjs', 'ab', ...versions, ...flags, ...cases], {
    env: { ...process.env, [TURNS]: String(turns) },
    onStdout: (line) => lines.push(line),
    onStderr: (line) => process.stderr.write(`  ${line}\n`),
  });
  if (lines.length === 0) throw new Error(`Cannot count ${cases.join(' ')}: ${output}`);
  const { instructions } = JSON.parse(lines.join('\n')) as { instructions: CountedCase[] };
  return instructions.map(({ caseId, verdict, ratio }) => ({ caseId, verdict, ratio }));
}

/** Appends a trial to a file of JSON lines, so that an end in between loses nothing. */
export function keepCounted(file: string, trial: CountedTrial): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(trial)}\n`);
}

/** All trials that a file has so far. */
export function readCounted(file: string): CountedTrial[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CountedTrial);
}
