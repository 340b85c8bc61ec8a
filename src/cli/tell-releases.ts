// Where it goes what newer releases bring: the terminal, files, one issue.
import { join, relative, resolve } from 'node:path';
import {
  annotationLines,
  COMMENT_LIMIT,
  fitText,
  type GithubContext,
  MARKER_LENGTH,
  openGithubApi,
  putIssue,
} from '../ci/index.js';
import {
  comparisonToHtml,
  comparisonToJson,
  type ReleasesReport,
  releasesBlocks,
  releasesTitle,
  releasesToJson,
} from '../report/index.js';
import { writeRunFile } from '../store/index.js';
import { clearFolder, copyPages } from './files-of-ci.js';

/** Who is told, and how. */
export interface TellingOfReleases {
  /** The folder of files. */
  files: string;
  json?: boolean | undefined;
  /** The workflow whose repository's issue is kept; null where none is. */
  context: GithubContext | null;
}

/** The issue's name in its first line. */
const NAME = 'releases';

/** Writes files, prints the report, and keeps the issue where that is asked for. */
export async function tellReleases(
  report: ReleasesReport,
  folders: readonly string[],
  { files, json, context }: TellingOfReleases,
): Promise<void> {
  const folder = resolve(files);
  clearFolder(folder);
  copyPages(folders, folder);
  const markdown = `${releasesBlocks(report).join('\n\n')}\n`;
  const write = (name: string, text: string) => writeRunFile(join(folder, name), text);
  write('releases.md', markdown);
  write('releases.json', releasesToJson(report));
  if (report.comparison) {
    write('comparison.json', comparisonToJson(report.comparison));
    write('comparison.html', comparisonToHtml(report.comparison));
  }
  process.stdout.write(json ? releasesToJson(report) : markdown);
  process.stderr.write(`Written to ${relative(process.cwd(), folder) || '.'}\n`);
  if (context !== null) await keepIssue(report, context);
}

async function keepIssue(report: ReleasesReport, context: GithubContext): Promise<void> {
  const say = (reason: string) =>
    process.stderr.write(annotationLines([{ level: 'warning', title: 'forgebench', message: reason }]));
  if (context.api.token === undefined) return void say('No issue was written: there is no GITHUB_TOKEN');
  const links = () => `${context.runUrl}#artifacts`;
  const blocks = [...releasesBlocks(report, links), `[The run that measured this](<${context.runUrl}>)`];
  const outcome = await putIssue(openGithubApi(context.api), context, {
    name: NAME,
    title: releasesTitle(report),
    body: fitText(blocks, COMMENT_LIMIT - MARKER_LENGTH),
    isOpen: report.releases.length > 0,
  });
  switch (outcome.kind) {
    case 'created':
    case 'updated':
    case 'closed':
      return void process.stderr.write(`The issue was ${outcome.kind}: ${outcome.url}\n`);
    case 'refused':
      return void say(`No issue was written: ${outcome.reason}`);
    case 'none':
    case 'outdated':
  }
}
