// Where the outcome of a pull request goes: files, the step's summary, annotations, the comment.
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Annotation,
  annotationLines,
  byteLength,
  COMMENT_LIMIT,
  commentBlocks,
  fitText,
  type GithubContext,
  MARKER_LENGTH,
  openGithubApi,
  type PullRequest,
  type PullRequestFacts,
  type PullRequestOutcome,
  putComment,
  SUMMARY_LIMIT,
} from '../ci/index.js';
import { comparisonToHtml, comparisonToJson, comparisonToJunit, comparisonToMarkdown } from '../report/index.js';
import { writeRunFile } from '../store/index.js';
import type { CiFlags } from './ci-flags.js';
import { clearFolder, copyPages } from './files-of-ci.js';

/** What came of it, and all that is told of it. */
export interface CheckedPullRequest {
  outcome: PullRequestOutcome;
  exitCode: number;
  annotations: readonly Annotation[];
  /** Folders that have the pages of explanations, which the comparison names as seen from there. */
  folders: readonly string[];
  /** What nobody has measured, a sentence each. */
  missing?: readonly string[];
}

/** Who is told, and what is known of both sides. */
export interface Telling {
  flags: Pick<CiFlags, 'files' | 'name' | 'comment' | 'pagesUrl'>;
  context: GithubContext & { pullRequest: PullRequest };
  /** The commit of the base. */
  base: string;
}

/** Writes the outcome everywhere; what cannot be written to GitHub is said and fails nothing. */
export async function tellPullRequest(checked: CheckedPullRequest, telling: Telling): Promise<void> {
  const { flags, context } = telling;
  const folder = resolve(flags.files);
  writeFiles(checked, folder);
  const blocks = commentBlocks(checked.outcome, factsOf(checked, telling));
  const body = fitText(blocks, COMMENT_LIMIT - MARKER_LENGTH);
  writeRunFile(join(folder, 'comment.md'), `${body}\n`);
  process.stdout.write(`${body}\n`);
  if (context.summaryFile) appendFileSync(context.summaryFile, `${fitText(blocks, SUMMARY_LIMIT - 1, byteLength)}\n`);
  process.stdout.write(annotationLines(checked.annotations));
  if (flags.comment) await comment(body, telling);
}

/** All that a run leaves, in one folder whose paths the comment can name. */
function writeFiles({ outcome, folders, missing }: CheckedPullRequest, folder: string): void {
  clearFolder(folder);
  copyPages(folders, folder);
  if (outcome.kind !== 'compared') return;
  const { comparison, tolerance } = outcome;
  const write = (name: string, text: string) => writeRunFile(join(folder, name), text);
  write('comparison.json', comparisonToJson(comparison));
  write('comparison.html', comparisonToHtml(comparison));
  write('comparison.md', comparisonToMarkdown(comparison));
  write('junit.xml', comparisonToJunit(comparison, tolerance, missing));
}

function factsOf({ missing = [] }: CheckedPullRequest, { flags, context, base }: Telling): PullRequestFacts {
  const { head, base: target } = context.pullRequest;
  return {
    base: `${target.ref} (${base.slice(0, 7)})`,
    head: head.sha.slice(0, 7),
    runUrl: context.runUrl,
    pagesUrl: flags.pagesUrl,
    missing,
  };
}

async function comment(body: string, { flags, context }: Telling): Promise<void> {
  const say = (message: string) =>
    process.stdout.write(annotationLines([{ level: 'notice', title: 'forgebench', message }]));
  const { api, pullRequest } = context;
  const why = api.token === undefined ? 'there is no GITHUB_TOKEN' : undefined;
  if (why !== undefined) return void say(notWritten(why, pullRequest));
  const outcome = await putComment(openGithubApi(api), context, {
    pullRequest: pullRequest.number,
    name: flags.name,
    body,
  });
  switch (outcome.kind) {
    case 'created':
    case 'updated':
      return void process.stderr.write(`The comment was ${outcome.kind}: ${outcome.url}\n`);
    case 'outdated':
      return void process.stderr.write('A newer run has written the comment already; it stays\n');
    case 'refused':
      say(notWritten(outcome.reason, pullRequest));
  }
}

function notWritten(reason: string, { isFork }: PullRequest): string {
  const fork = isFork ? ' A pull request from a fork gets a token that may only read.' : '';
  return `No comment was written: ${reason}.${fork} The summary of this step and its files have all of it.`;
}
