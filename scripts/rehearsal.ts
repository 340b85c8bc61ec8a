// A rehearsal of a maintainer's day: pull requests to a repository with a released crate of ModuForge, and `forgebench ci` on each
// as a workflow would start it, against a server on this machine that speaks GitHub's API.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GithubServer, startGithub } from '../test/ci/github-server.js';
import { stepEnvironment } from '../test/ci/step-environment.js';
import { runCommand } from './setup/command.mjs';
import { releasedFolder } from './trials/inject.js';

const HELP = `Options: --budget 3m (time to measure for; building both versions takes 4 minutes on two cores the first time)
`;

const CRATE = { name: 'moduforge-model', version: '0.7.0' };
const SELECT = 'model/tree-traverse[fan=2,depth=10,*]';
const CASE = 'model/tree-traverse[fan=2,depth=10,walk=down]';
/** The file, and the function in it that a branch makes slower. */
const FILE = 'src/node_pool.rs';
const SLOWED = '_collect_descendants';
/**
 * What somebody might add in good faith: for each node with children a look whether the first of them knows its parent. It takes about
 * a tenth of the walk.
 */
const BEFORE = `        if let Some(children) = self.children(parent_id) {
            for child_id in &children {
                if let Some(child) = self.get_node(child_id) {
                    result.push(child.clone());`;
const CHECK = `            if children.first().is_some_and(|first| self.parent_id(first) != Some(parent_id)) {
                return;
            }
`;

/** Plays both pull requests; returns 1 where one was not told what it should have been. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) return say(HELP, 0);
  const budget = args[0] === '--budget' ? args[1] : '3m';
  if (budget === undefined || (args.length > 0 && args.length !== 2))
    return say(`Cannot use these options\n${HELP}`, 2);
  const folder = join(tmpdir(), 'forgebench-rehearsal');
  const repository = makeRepository(folder);
  const server = await startGithub();
  try {
    const slow = await check({ branch: 'slow', run: 1, folder, repository, server }, ['--budget', budget, SELECT]);
    const quiet = await check({ branch: 'docs', run: 2, folder, repository, server }, [SELECT]);
    const failed = [...misgivings(slow), ...misgivingsOfQuiet(quiet)];
    for (const each of failed) process.stderr.write(`Not as it should be: ${each}\n`);
    return failed.length > 0 ? 1 : say('Both pull requests were told what they should be\n', 0);
  } finally {
    await server.close();
  }
}

/** Two branches of a repository: one makes a function slower, the other changes a text. */
function makeRepository(folder: string): string {
  const repository = join(folder, 'moduforge-rs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(repository, { recursive: true });
  const crate = join(repository, 'crates', 'model');
  cpSync(releasedFolder(CRATE.name, CRATE.version), crate, { recursive: true });
  const readme = join(repository, 'README.md');
  writeFileSync(readme, '# ModuForge-RS\n');
  git(repository, 'init', '--quiet', '-b', 'main');
  commit(repository, `Release ${CRATE.version}`);
  git(repository, 'checkout', '--quiet', '-b', 'slow');
  const [text, rest, ...more] = readFileSync(join(crate, FILE), 'utf8').split(BEFORE);
  if (rest === undefined || more.length > 0) throw new Error(`Cannot slow ${SLOWED} down: ${FILE} is another one`);
  const [first = '', ...others] = BEFORE.split('\n');
  writeFileSync(join(crate, FILE), `${text}${first}\n${CHECK}${others.join('\n')}${rest}`);
  commit(repository, 'Leave out subtrees that moved away');
  git(repository, 'checkout', '--quiet', '-b', 'docs', 'main');
  writeFileSync(readme, '# ModuForge-RS\n\nA framework for documents.\n');
  commit(repository, 'Say what it is');
  return repository;
}

function git(repository: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=someone', '-c', 'user.email=someone@example.org'];
  return execFileSync('git', [...identity, ...args], { cwd: repository, encoding: 'utf8' }).trim();
}

function commit(repository: string, message: string): void {
  git(repository, 'add', '.');
  git(repository, 'commit', '--quiet', '-m', message);
}

interface PullRequest {
  branch: string;
  /** Of the workflow; grows. */
  run: number;
  folder: string;
  repository: string;
  server: GithubServer;
}

/** What one pull request was told. */
interface Told {
  code: number;
  output: string;
  comment: string;
  comments: number;
  files: string;
}

async function check({ branch, run, folder, repository, server }: PullRequest, args: readonly string[]): Promise<Told> {
  git(repository, 'checkout', '--quiet', branch);
  const repo = { full_name: 'me/project' };
  const side = (ref: string) => ({ ref, sha: git(repository, 'rev-parse', ref), repo });
  const event = { pull_request: { number: 7, base: side('main'), head: side(branch) } };
  const files = join(folder, branch);
  const command = [process.execPath, 'bin/forgebench.mjs', 'ci', '--code', repository, '--files', files, ...args];
  process.stderr.write(`The branch "${branch}"\n`);
  const { code, output } = await runCommand(command as [string, ...string[]], {
    env: stepEnvironment({ folder, event, branch, run, url: server.url }),
    onStderr: (line) => process.stderr.write(`  ${line}\n`),
  });
  const { body = '' } = server.comments[0] ?? {};
  process.stdout.write(`${body}\n\n`);
  return { code, output, comment: body, comments: server.comments.length, files };
}

/** What is wrong with the comment on the branch that is slower. */
function misgivings({ code, comment, output, files }: Told): string[] {
  const { explanations = [] } = JSON.parse(readFileSync(join(files, 'comparison.json'), 'utf8')) as {
    explanations?: { frames: { name: string; callers: string[] }[]; page?: string }[];
  };
  const [top] = explanations[0]?.frames ?? [];
  const page = /\[Differential flame graph\]\(<.*>\): `(.*)`/.exec(comment)?.[1];
  return [
    ...(code === 1 ? [] : [`the exit code is ${code}`]),
    ...(comment.includes(`\`${CASE}\` | **slower** |`) ? [] : [`the comment does not name ${CASE}`]),
    ...(/\*\*slower\*\* \| \+[\d.]+ % \| \+[\d.]+ % … \+[\d.]+ %/.test(comment) ? [] : ['it has no interval']),
    ...([top?.name, ...(top?.callers ?? [])].some((name) => name?.endsWith(SLOWED)) ? [] : [`it misses ${SLOWED}`]),
    ...(page !== undefined && existsSync(join(files, page)) ? [] : ['it leads to no differential flame graph']),
    ...(output.includes(`::error file=crates/model/${FILE},line=`) ? [] : [`no annotation stands in ${FILE}`]),
  ];
}

function misgivingsOfQuiet({ code, comment, comments, output }: Told): string[] {
  return [
    ...(code === 0 ? [] : [`the exit code for documentation is ${code}`]),
    ...(comment.includes('## Benchmarks: all clear') ? [] : ['documentation gets no all-clear']),
    ...(comments === 1 ? [] : [`there are ${comments} comments instead of one that was updated`]),
    ...(output.includes('::') ? ['documentation gets an annotation'] : []),
  ];
}

function say(text: string, code: number): number {
  process.stderr.write(text);
  return code;
}
