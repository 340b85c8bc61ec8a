// Which annotations an outcome deserves.
import { isAbsolute, relative } from 'node:path';
import type { RunComparison } from '../compare/index.js';
import { formatChange, formatChangeInterval } from '../report/index.js';
import type { Annotation } from './annotations.js';
import { failedCases } from './comment-blocks.js';
import type { ComparedOutcome, PullRequestOutcome } from './pull-request-outcome.js';

/**
 * Annotations of an outcome: an error for each case that fails the check, at the function that grew most where that is
 * known and in this folder.
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
  const slower = failedCases(comparison, tolerance).map((id) => ofCase(id, comparison, root));
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
    ...(frame ? [`most of it in ${frame.name}`] : []),
  ];
  const annotation: Annotation = { level: 'error', title: `${id} is slower`, message: changes.join('; ') };
  const place = frame?.file === undefined ? undefined : within(root, frame.file);
  return place === undefined
    ? annotation
    : { ...annotation, file: place, ...(frame?.line !== undefined && { line: frame.line }) };
}

function within(root: string, file: string): string | undefined {
  const path = relative(root, file.replace(/^file:\/\//, ''));
  return path.startsWith('..') || isAbsolute(path) || path.startsWith('.forgebench') ? undefined : path;
}
