// `forgebench ab` as a trial: what it said of each case, kept at once.
import { runCommand } from '../setup/command.mjs';
import { appendLine, readLines } from './json-lines.js';
import type { ExplainedCase } from './right-frame.js';

/** What an explanation said, and whether it was right. */
export interface ExplainedTrial {
  id: string;
  right: boolean;
  /** The frame on top and its callers, or why there is none. */
  top: string;
  frames: number;
}

/** What a comparison said of one case. */
export interface CaseTrial {
  id: string;
  verdict: 'slower' | 'faster' | 'same' | 'unclear';
  ratio: number;
  low: number;
  high: number;
  launches: { base: number; head: number };
}

/** One comparison. */
export interface Trial {
  /** What was compared, such as the crate that was patched. */
  what: string;
  startedAt: string;
  durationMs: number;
  cases: CaseTrial[];
  /** Cases that failed on either side, with the first reason. */
  failed: string[];
  /** Explanations of slower cases; absent where they were not asked for. */
  explained?: ExplainedTrial[];
}

/**
 * Compares two versions and appends the trial to a file of JSON lines, so that an end in between loses nothing.
 *
 * @param options the file, and, where explanations are asked for, whether one is right
 * @throws Error with what `ab` wrote where it compared nothing
 */
export async function runTrial(
  what: string,
  args: readonly string[],
  { file, isRight }: { file: string; isRight?: (explained: ExplainedCase) => boolean },
): Promise<Trial> {
  const started = new Date();
  const lines: string[] = [];
  const { output } = await runCommand([process.execPath, 'bin/forgebench.mjs', 'ab', ...args, '--json'], {
    onStdout: (line) => lines.push(line),
    onStderr: (line) => process.stderr.write(`  ${line}\n`),
  });
  if (lines.length === 0) throw new Error(`Cannot compare ${what}: ${output}`);
  const { benchmarks, failed, explanations } = JSON.parse(lines.join('\n')) as {
    benchmarks: CaseTrial[];
    explanations?: ExplainedCase[];
    failed: Record<'base' | 'head', { caseId: string; message: string }[]>;
  };
  const trial: Trial = {
    what,
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    cases: benchmarks.map(({ id, verdict, ratio, low, high, launches }) => ({
      id,
      verdict,
      ratio,
      low,
      high,
      launches,
    })),
    failed: [...failed.base, ...failed.head].map(({ caseId, message }) => `${caseId}: ${message}`),
    ...(isRight && { explained: (explanations ?? []).map((each) => toTrial(each, isRight(each))) }),
  };
  appendLine(file, trial);
  return trial;
}

function toTrial({ caseId, frames, failure }: ExplainedCase, right: boolean): ExplainedTrial {
  const [top] = frames;
  const said = top === undefined ? (failure ?? 'no function grew') : [top.name, ...top.callers].join(' ← ');
  return { id: caseId, right, top: said, frames: frames.length };
}

/** All trials that a file has so far. */
export function readTrials(file: string): Trial[] {
  return readLines<Trial>(file);
}

/** Launches that a trial spent, both sides together. */
export function launchesOf({ cases }: Trial): number {
  return cases.reduce((sum, { launches }) => sum + launches.base + launches.head, 0);
}
