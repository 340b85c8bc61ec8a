// Builds wait for one another, and not for the dead.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
