// Trials by instructions: a crate whose functions turn a loop after each call, as often as makes a chosen share more
// instructions, and what `forgebench ab --instructions` says of each case.
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

/** Turns that are tried until a case has this share more instructions, from which the cost of one is told. */
const TRIED_TURNS = [100, 10_000, 1_000_000];
const SEEN = 0.005;

/**
 * Counts each case without turns of the loop and with some, to learn what one costs it, and then with as many as make the
 * share.
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
  const unslowed = new Map((await countAb(versions, cases, 0)).map((each) => [each.caseId, each.ratio]));
  let pending = [...unslowed.keys()].filter((caseId) => !done.has(caseId));
  for (const tried of TRIED_TURNS) {
    const counted = pending.length === 0 ? [] : await countAb(versions, pending, tried);
    for (const { caseId, ratio } of counted) {
      const [before, isLast] = [unslowed.get(caseId) as number, tried === TRIED_TURNS.at(-1)];
      if (ratio - before < SEEN && !isLast) continue;
      pending = pending.filter((each) => each !== caseId);
      const turns = Math.max(0, Math.round(((1 + share - before) * tried) / (ratio - before)));
      const startedAt = new Date().toISOString();
      for (const trial of await countAb(versions, [caseId], turns)) keep({ crate, turns, startedAt, ...trial });
    }
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
