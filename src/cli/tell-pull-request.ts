// Where the outcome of a pull request goes: files, the step's summary, annotations, the comment.
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  annotate,
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
import type { RunComparison } from '../compare/index.js';
import { comparisonToHtml, comparisonToJson, comparisonToJunit, comparisonToMarkdown } from '../report/index.js';
import { writeRunFile } from '../store/index.js';
import type { CiFlags } from './ci-flags.js';
import { pagesFrom } from './explanation-pages.js';

/** What came of it, the exit code, and the run's folder where there is one. */
export interface CheckedPullRequest {
  outcome: PullRequestOutcome;
  exitCode: number;
  folder?: string;
}

/** Who is told, and what is known of both sides. */
export interface Telling {
  flags: Pick<CiFlags, 'files' | 'name' | 'comment' | 'pagesUrl'>;
  context: GithubContext & { pullRequest: PullRequest };
  /** The commit of the base. */
  base: string;
  /** The folder of the code under test. */
  code: string;
}

/** Writes the outcome everywhere; what cannot be written to GitHub is said and fails nothing. */
export async function tellPullRequest(checked: CheckedPullRequest, telling: Telling): Promise<void> {
  const { flags, context, code } = telling;
  const folder = resolve(flags.files);
  const outcome = writeFiles(checked, folder);
  const blocks = commentBlocks(outcome, factsOf(telling));
  const body = fitText(blocks, COMMENT_LIMIT - MARKER_LENGTH);
  writeRunFile(join(folder, 'comment.md'), `${body}\n`);
  process.stdout.write(`${body}\n`);
  if (context.summaryFile) appendFileSync(context.summaryFile, `${fitText(blocks, SUMMARY_LIMIT - 1, byteLength)}\n`);
  process.stdout.write(annotationLines(annotate(outcome, code)));
  if (flags.comment) await comment(body, telling);
}

/** All that a run leaves, in one folder whose paths the comment can name; what an earlier one left there goes. */
function writeFiles({ outcome, folder: run }: CheckedPullRequest, folder: string): PullRequestOutcome {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (outcome.kind !== 'compared') return outcome;
  const comparison = run === undefined ? outcome.comparison : withPages(outcome.comparison, run, folder);
  const write = (name: string, text: string) => writeRunFile(join(folder, name), text);
  write('comparison.json', comparisonToJson(comparison));
  write('comparison.html', comparisonToHtml(comparison));
  write('comparison.md', comparisonToMarkdown(comparison));
  write('junit.xml', comparisonToJunit(comparison, outcome.tolerance));
  return { ...outcome, comparison };
}

function withPages(comparison: RunComparison, run: string, folder: string): RunComparison {
  const pages = join(run, 'explanations');
  if (existsSync(pages)) cpSync(pages, join(folder, 'explanations'), { recursive: true });
  return pagesFrom(run, comparison);
}

function factsOf({ flags, context, base }: Telling): PullRequestFacts {
  const { head, base: target } = context.pullRequest;
  return {
    base: `${target.ref} (${base.slice(0, 7)})`,
    head: head.sha.slice(0, 7),
    runUrl: context.runUrl,
    pagesUrl: flags.pagesUrl,
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
