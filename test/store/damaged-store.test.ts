// Files of SQLite that are damaged, foreign, or newer than we are, and a writer that is killed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, parseStoreLocation, StoreError } from '../../src/store/index.js';
import { storedCase, storedRun } from './stored-runs.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-damaged-'));
  file = join(folder, 'forgebench.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openStore(parseStoreLocation(file, folder));

/** A store with so many runs, all of it in its file. */
async function fill(count: number): Promise<void> {
  const store = await open();
  for (let index = 0; index < count; index++) {
    const cases = Array.from({ length: 20 }, (_, each) => storedCase(`demo/${each}`, index + each));
    await store.save(storedRun(`run-${index}`, { cases }));
  }
  await store.close();
}

/** Reads all that there is. */
async function readAll(): Promise<number> {
  const store = await open();
  try {
    const runs = await store.list();
    for (const { id } of runs) await store.read(id);
    await store.series({ metric: 'p50' });
    return runs.length;
  } finally {
    await store.close();
  }
}

describe('a file that is damaged', () => {
  it('is refused with a remedy where it is no database', async () => {
    writeFileSync(file, 'no database at all '.repeat(500));
    await expect(readAll()).rejects.toThrow(
      /^Cannot open the store ".*": the file is damaged or no database; move it away, and run "forgebench import /,
    );
    expect(readFileSync(file, 'utf8')).toMatch(/^no database/);
  });

  it('is refused with a sentence wherever it was cut off, and never taken for an empty one', async () => {
    await fill(5);
    const whole = readFileSync(file);
    let refused = 0;
    for (let share = 1; share < 10; share++) {
      writeFileSync(file, whole);
      for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
      truncateSync(file, Math.floor((whole.length * share) / 10));
      try {
        expect(await readAll()).toBe(5);
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
        expect((error as Error).message).toMatch(/the file is damaged/);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(4);
  });

  it('is refused with a sentence where garbage stands in it', async () => {
    await fill(5);
    const whole = readFileSync(file);
    for (let page = 1; page < whole.length / 4096; page++) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xa5, page * 4096, page * 4096 + 2048);
      writeFileSync(file, damaged);
      await readAll().catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreError);
        expect((error as Error).message).toMatch(/^Cannot (open|read) the store ".*": /);
      });
    }
  });
});

describe('a file that is not for us', () => {
  it('is refused where another program has written it, and left as it is', async () => {
    const other = new Database(file);
    other.exec('create table theirs (a); insert into theirs values (1)');
    other.close();
    await expect(open()).rejects.toThrow(/it is the database of another program; name another file/);
    const again = new Database(file);
    expect(again.prepare('select count(*) as count from sqlite_schema').all()).toEqual([{ count: 1 }]);
    again.close();
  });

  it('is refused where a newer forgebench has written it', async () => {
    await fill(1);
    const newer = new Database(file);
    newer.exec('pragma user_version = 99');
    newer.close();
    await expect(open()).rejects.toThrow(/its version is 99, this forgebench reads up to 2; update forgebench/);
  });

  it('is refused where it cannot be written to', async () => {
    await expect(openStore(parseStoreLocation('/proc/nothing/x.db', folder))).rejects.toThrow(StoreError);
  });
});

describe('a writer that is killed', () => {
  const program = `
    import { openStore, parseStoreLocation } from ${JSON.stringify(join(import.meta.dirname, '../../dist/store/index.js'))};
    const store = await openStore(parseStoreLocation(process.argv[1], '/'));
    for (let turn = 0; ; turn++) {
      const run = JSON.parse(process.argv[2]);
      await store.save({ ...run, id: 'killed-' + process.pid + '-' + turn });
      process.stdout.write('saved');
    }`;

  it('leaves every run whole or absent, and a file that others go on with', async () => {
    await fill(1);
    const cases = Array.from({ length: 40 }, (_, each) => storedCase(`demo/${each}`, each));
    const run = JSON.stringify(storedRun('template', { cases }));
    for (let kill = 0; kill < 4; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program, file, run], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      await setTimeout(13 + 7 * kill);
      child.kill('SIGKILL');
      await ended;
    }
    const store = await open();
    const runs = (await store.list()).filter(({ id }) => id.startsWith('killed-'));
    expect(runs.length).toBeGreaterThanOrEqual(4);
    for (const { id } of runs) {
      const read = await store.read(id);
      expect(read?.cases).toHaveLength(40);
      expect(read?.cases.every(({ launches, figures }) => launches.length === 2 && 'p50' in figures)).toBe(true);
    }
    await store.save(storedRun('after'));
    await store.close();
    const checked = new Database(file);
    expect(checked.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    checked.close();
    expect(existsSync(file)).toBe(true);
  });
});
