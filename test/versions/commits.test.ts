// Commits between two revisions.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commitsBetween } from '../../src/versions/index.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-commits-'));
afterAll(() => rmSync(folder, { recursive: true }));
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd: folder });
const commit = (subject: string) => git('commit', '--quiet', '--allow-empty', '-m', subject);

git('init', '--quiet', '-b', 'main');
commit('one');
commit('two, with "quotes" and\tits tab');
git('checkout', '--quiet', '-b', 'side');
commit('on the side');
git('checkout', '--quiet', 'main');
commit('three');
git('merge', '--quiet', '--no-ff', '-m', 'merge the side', 'side');
const subjects = (good: string, bad: string) => commitsBetween(folder, good, bad).after.map(({ subject }) => subject);

describe('commits between two revisions', () => {
  it('are those after the good one up to the bad one, the oldest first; a merge is one of them', () => {
    const { good, after } = commitsBetween(folder, 'main~3', 'main');
    expect(good).toMatchObject({ subject: 'one', author: 'Ada', parents: 0 });
    expect(after.map(({ subject, parents }) => [subject, parents])).toEqual([
      ['two, with "quotes" and\tits tab', 1],
      ['three', 1],
      ['merge the side', 2],
    ]);
  });

  it('are those along first parents where the good one is on a branch that was merged', () => {
    expect(subjects('side', 'main')).toEqual(['three', 'merge the side']);
  });

  it.each([
    ['main', 'main', 'are one commit'],
    ['main', 'main~1', 'comes after'],
    ['main~1', 'side', 'is no ancestor of "side"; use --good'],
    ['nowhere', 'main', 'Cannot use revision "nowhere"'],
    ['--all', 'main', 'Cannot use revision "--all"'],
  ])('are refused from %s to %s', (good, bad, why) => {
    expect(() => commitsBetween(folder, good, bad)).toThrow(why);
  });
});
