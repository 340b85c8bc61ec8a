// Builds wait for one another, and not for the dead.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { withLock } from '../../../src/versions/crates/build-lock.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-lock-'));
afterAll(() => rmSync(root, { recursive: true }));

it('lets one after the other work, and says for whom the second waits', async () => {
  const file = join(root, 'deep', 'lock');
  const events: string[] = [];
  const work = (name: string) =>
    withLock(
      file,
      async () => {
        events.push(`${name} begins`);
        await setTimeout(50);
        events.push(`${name} ends`);
      },
      (owner) => events.push(`waits for ${owner}`),
    );
  await Promise.all([work('first'), work('second')]);
  expect(events).toEqual(['first begins', `waits for ${process.pid}`, 'first ends', 'second begins', 'second ends']);
  expect(existsSync(file)).toBe(false);
});

it('takes the lock of a process that has died, and gives it back after a failure', async () => {
  const file = join(root, 'stale');
  writeFileSync(file, '2147480000');
  await expect(
    withLock(
      file,
      () => Promise.reject(new Error('no')),
      () => {},
    ),
  ).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

const CONTENDER = `
  const [module, file, log, at] = process.argv.slice(1);
  const { withLock } = await import(module);
  const { appendFileSync } = await import('node:fs');
  while (Date.now() < Number(at));
  await withLock(file, async () => {
    appendFileSync(log, 'begin ' + process.pid + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    appendFileSync(log, 'end ' + process.pid + '\\n');
  }, () => {});
`;

it('lets one of many processes in that begin at the same moment, over the lock of a dead one', async () => {
  const folder = mkdtempSync(join(root, 'many-'));
  const [file, log] = [join(folder, 'lock'), join(folder, 'log')];
  writeFileSync(file, '2147480000');
  const module = pathToFileURL('dist/versions/crates/build-lock.js').href;
  const args = ['--input-type=module', '-e', CONTENDER, module, file, log, String(Date.now() + 1500)];
  await Promise.all(Array.from({ length: 8 }, () => promisify(execFile)(process.execPath, args)));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(16);
  const inTurn = lines.filter((_, at) => at % 2 === 0).flatMap((line) => [line, line.replace('begin', 'end')]);
  expect(lines).toEqual(inTurn);
  expect(readdirSync(folder)).toEqual(['log']);
}, 60_000);
