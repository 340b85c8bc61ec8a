// Releases, as an index on this machine lists them in cargo's format.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newestOf, newReleases } from '../../src/versions/crates/new-releases.js';
import { indexPath, releasesOf } from '../../src/versions/crates/registry-index.js';

/** Answers by path: a text, or a status; one of 0 begins and breaks off. */
const files = new Map<string, string | number>();
const asked: string[] = [];
const server = createServer(({ url = '' }, response) => {
  asked.push(url);
  const answer = files.get(url) ?? 404;
  if (answer === 0) response.writeHead(200).write('{', () => response.destroy());
  else if (typeof answer === 'number') response.writeHead(answer).end();
  else response.end(answer);
});
let index: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index`;
});
afterAll(() => void server.close());
beforeEach(() => {
  files.clear();
  asked.length = 0;
});

const line = (name: string, vers: string, more: object = {}) =>
  JSON.stringify({ name, vers, deps: [], cksum: '0'.repeat(64), features: {}, yanked: false, ...more });
const MODEL = '/index/mo/du/moduforge-model';

describe('the path of a crate in an index', () => {
  it.each([
    ['a', '1/a'],
    ['ab', '2/ab'],
    ['abc', '3/a/abc'],
    ['Cargo', 'ca/rg/cargo'],
    ['moduforge-model', 'mo/du/moduforge-model'],
  ])('of %s is %s', (name, path) => {
    expect(indexPath(name)).toBe(path);
  });
});

describe('releases of a crate', () => {
  it('are those that nobody has yanked, in formats that are known', async () => {
    const lines = [line('moduforge-model', '0.6.5'), line('moduforge-model', '0.7.0', { v: 2 }), ''];
    const others = [line('moduforge-model', '0.7.1', { yanked: true }), line('moduforge-model', '0.9.0', { v: 3 })];
    files.set(MODEL, [...lines, ...others].join('\n'));
    expect(await releasesOf('moduforge-model', index)).toEqual(['0.6.5', '0.7.0']);
    expect(await releasesOf('moduforge-model', `${index}/`)).toHaveLength(2);
  });

  it('are none of a crate that the index does not know', async () => {
    expect(await releasesOf('moduforge-model', index)).toEqual([]);
  });

  it('are refused with the address and the remedy where the index cannot be read', async () => {
    files.set(MODEL, 500);
    await expect(releasesOf('moduforge-model', index)).rejects.toThrow(
      /moduforge-model answers 500; check --index and the network/,
    );
    files.set(MODEL, `${line('moduforge-model', '0.7.0')}\n<html>`);
    await expect(releasesOf('moduforge-model', index)).rejects.toThrow(/no index of cargo's in line 2/);
    await expect(releasesOf('moduforge-model', 'http://127.0.0.1:9/')).rejects.toThrow(/cannot be reached/);
    files.set(MODEL, 0);
    await expect(releasesOf('moduforge-model', index)).rejects.toThrow(/^Cannot look for .* cannot be reached \(/);
  });

  it('are not read without end', async () => {
    files.set(MODEL, 'x'.repeat((16 << 20) + 1));
    await expect(releasesOf('moduforge-model', index)).rejects.toThrow(/longer than 16 MB/);
  });
});

describe('the newest release', () => {
  it('is so by number, and nothing that comes before a release', () => {
    expect(newestOf(['0.9.0', '0.10.0', '0.2.11', '1.0.0-beta.1'])).toBe('0.10.0');
    expect(newestOf(['1.0.0-beta.1'])).toBeUndefined();
    expect(newestOf([])).toBeUndefined();
  });
});

describe('new releases of the crates under test', () => {
  it('are those above what is measured, and each crate is asked for once', async () => {
    files.set(MODEL, ['0.6.5', '0.7.0', '0.7.1', '1.0.0-rc.1'].map((each) => line('moduforge-model', each)).join('\n'));
    files.set('/index/mo/du/moduforge-state', line('moduforge-state', '0.6.9'));
    expect(await newReleases(index)).toEqual([{ crate: 'moduforge-model', pinned: '0.7.0', newest: '0.7.1' }]);
    expect(asked).toHaveLength(14);
    expect(new Set(asked).size).toBe(14);
  });

  it('are above what came before a release, too, and the release itself is', async () => {
    const newest = async (pinned: string, ...versions: string[]) => {
      files.set(MODEL, versions.map((each) => line('moduforge-model', each)).join('\n'));
      return (await newReleases(index, { 'moduforge-model': pinned })).map((each) => each.newest);
    };
    expect(await newest('0.7.0-rc.1', '0.6.5', '0.7.0-rc.2')).toEqual([]);
    expect(await newest('0.7.0-rc.1', '0.6.5', '0.7.0')).toEqual(['0.7.0']);
    expect(await newest('0.7.0-rc.1', '0.7.1')).toEqual(['0.7.1']);
    expect(await newest('0.7.0', '0.7.0')).toEqual([]);
  });
});
