// Which annotations an outcome deserves.
import { isAbsolute, relative } from 'node:path';
import { failingCases, type RunComparison } from '../compare/index.js';
import type { GrownFrame } from '../explain/index.js';
import { formatChange, formatChangeInterval } from '../report/index.js';
import type { Annotation } from './annotations.js';
import type { ComparedOutcome, PullRequestOutcome } from './pull-request-outcome.js';

/**
 * Annotations of an outcome: an error for each case that fails the check, at the function that grew most, or at its nearest
 * caller, whichever is in this folder.
 *
 * @param root of the repository
 */
export function annotate(outcome: PullRequestOutcome, root: string): Annotation[] {
  switch (outcome.kind) {
    case 'documentation':
      return [];
    case 'baseless':
      return [{ level: 'warning', title: 'forgebench: nothing to compare with', message: outcome.reason }];
    case 'broken':
      return [{ level: 'error', title: 'forgebench: not measured', message: outcome.reason }];
    case 'compared':
      return ofComparison(outcome, root);
  }
}

function ofComparison({ comparison, tolerance, missed }: ComparedOutcome, root: string): Annotation[] {
  const slower = failingCases(comparison, tolerance).map((id) => ofCase(id, comparison, root));
  const failed = (['base', 'head'] as const).flatMap((side) =>
    (comparison.failed?.[side] ?? []).map(
      ({ caseId, message }): Annotation => ({ level: 'error', title: `${caseId} failed in ${side}`, message }),
    ),
  );
  const targets = missed.map((text): Annotation => ({ level: 'error', title: 'Target missed', message: text }));
  return [...slower, ...failed, ...targets];
}

function ofCase(id: string, { cases, instructions, explanations }: RunComparison, root: string): Annotation {
  const timed = cases.find((each) => each.id === id);
  const counted = instructions.find(({ caseId }) => caseId === id);
  const frame = explanations?.find(({ caseId }) => caseId === id)?.frames[0];
  const changes = [
    ...(timed ? [`${formatChange(timed.ratio)} (${formatChangeInterval(timed)})`] : []),
    ...(counted ? [`${formatChange(counted.ratio)} instructions`] : []),
  ];
  const own = frame && nearestWithin(root, frame);
  if (frame)
    changes.push(own?.caller ? `most of it in ${frame.name}, for ${own.caller}` : `most of it in ${frame.name}`);
  const annotation: Annotation = { level: 'error', title: `${id} is slower`, message: changes.join('; ') };
  return own === undefined
    ? annotation
    : { ...annotation, file: own.file, ...(own.line !== undefined && { line: own.line }) };
}

/** A place in the repository, and who is there where it is not the function itself. */
interface OwnPlace {
  file: string;
  line: number | undefined;
  caller: string | undefined;
}

/** Time that a library takes is spent for the code that calls it. */
function nearestWithin(root: string, { file, line, callers, callerPlaces = [] }: GrownFrame): OwnPlace | undefined {
  const places = [{ file, line }, ...callerPlaces];
  const nearest = places.findIndex((place) => within(root, place.file) !== undefined);
  if (nearest < 0) return undefined;
  const found = places[nearest] as { file: string; line?: number };
  return { file: within(root, found.file) as string, line: found.line, caller: callers[nearest - 1] };
}

/** The path in a folder; of a library only a part of the path may be known, which says nothing of where it is. */
function within(root: string, file = ''): string | undefined {
  const whole = file.replace(/^file:\/\//, '');
  if (!isAbsolute(whole)) return undefined;
  const path = relative(root, whole);
  return /^(\.\.|\.forgebench|node_modules)(\/|$)/.test(path) ? undefined : path;
}
