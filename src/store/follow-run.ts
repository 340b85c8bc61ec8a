// The folder of a run, read while another process writes it: each look reads what was added since the one before.
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LaunchRecord, parseJournal } from '../samples/index.js';
import { type PlanFile, parsePlan } from './run-folder.js';
import { StoreError } from './store-error.js';

/** What a look has found. */
export interface FollowedRun {
  /** The plan as it is now: launches may have been added to it. */
  file: PlanFile;
  /** Launches that finished since the look before, in the order of their end. */
  added: LaunchRecord[];
  /** Whether the record was written, after which nothing is added any more. */
  isSaved: boolean;
}

/** A run that is looked at again and again. */
export interface RunFollower {
  /** @throws StoreError where plan or journal are gone, damaged or from another version */
  look(): FollowedRun;
}

/** What is written last: the record of a run, or the comparison of two versions. */
const LAST_FILES = ['run.json', 'comparison.json'];

/**
 * Follows a run by its folder. A line that is still being written is left for the next look, so that no launch is lost or
 * seen twice.
 *
 * @example
 * const follower = followRun('.forgebench/runs/20260102-030405-a1');
 * follower.look().added.length; // launches so far
 */
export function followRun(path: string): RunFollower {
  const planFile = join(path, 'plan.json');
  let plan: { file: PlanFile; state: string } | undefined;
  let offset = 0;
  return {
    look() {
      // Before the journal: what is saved has all of its lines.
      const isSaved = isSavedRun(path);
      const state = readable(path, () => stateOfFile(planFile));
      if (plan?.state !== state)
        plan = { file: readable(path, () => parsePlan(readFileSync(planFile, 'utf8'), path)), state };
      const text = readable(path, () => readWholeLines(join(path, 'launches.jsonl'), offset));
      const added = readable(path, () => parseJournal(text).records);
      offset += Buffer.byteLength(text);
      return { file: plan.file, added, isSaved };
    },
  };
}

/** Whether the record of a run was written. */
export function isSavedRun(path: string): boolean {
  return LAST_FILES.some((name) => existsSync(join(path, name)));
}

/** Differs once another plan, which is another file, has taken the place of this one. */
function stateOfFile(file: string): string {
  const { ino, mtimeMs } = statSync(file);
  return `${ino} ${mtimeMs}`;
}

/** The text from `offset` to the end of the last line that is whole. */
function readWholeLines(file: string, offset: number): string {
  if (!existsSync(file)) return '';
  const journal = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(journal).size - offset));
    const read = readSync(journal, bytes, 0, bytes.length, offset);
    return bytes.toString('utf8', 0, bytes.subarray(0, read).lastIndexOf('\n') + 1);
  } finally {
    closeSync(journal);
  }
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `Cannot follow the run "${path}": ${(error as Error).message}; the folder was removed, changed or damaged`,
    );
  }
}
