// Contents of profiles by their SHA-256: files beside a file of SQLite, rows of PostgreSQL.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Where contents are. */
export interface ProfileContents {
  /** Keeps a file's content once. */
  keep(file: string): Promise<void>;
  read(hash: string): Promise<Buffer | undefined>;
  /** Removes all contents but these; returns how many. */
  sweep(used: ReadonlySet<string>): Promise<number>;
}

/**
 * Files in a folder. A hard link to the file in the run's folder takes no room, and stays where that folder goes; SQLite
 * itself would read and write files of this size more slowly than the file system does.
 */
export function contentsInFolder(folder: string): ProfileContents {
  const fileOf = (hash: string) => join(folder, hash.slice(0, 2), hash);
  return {
    async keep(file) {
      const kept = fileOf(hashOf(readFileSync(file)));
      if (!existsSync(kept)) {
        mkdirSync(dirname(kept), { recursive: true });
        linkOrCopy(file, kept);
      }
    },
    async read(hash) {
      const kept = fileOf(hash);
      if (!existsSync(kept)) return undefined;
      const content = readFileSync(kept);
      // A link shares its content with the file of the run, which somebody may have changed.
      return hashOf(content) === hash ? content : undefined;
    },
    async sweep(used) {
      const kept = existsSync(folder) ? readdirSync(folder).flatMap((part) => readdirSync(join(folder, part))) : [];
      const unused = kept.filter((hash) => !used.has(hash));
      for (const hash of unused) rmSync(fileOf(hash), { force: true });
      return unused.length;
    },
  };
}

/** Rows, because the machines of a team share no folder. */
export function contentsInTable(db: Kysely<Tables>): ProfileContents {
  return {
    async keep(file) {
      const content = readFileSync(file);
      await db
        .insertInto('contents')
        .values({ hash: hashOf(content), content: gzipSync(content) })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    },
    async read(hash) {
      const row = await db.selectFrom('contents').select('content').where('hash', '=', hash).executeTakeFirst();
      return row && gunzipSync(row.content);
    },
    async sweep() {
      const { numDeletedRows } = await db
        .deleteFrom('contents')
        .where('hash', 'not in', (each) => each.selectFrom('profiles').select('hash'))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function linkOrCopy(file: string, kept: string): void {
  const part = `${kept}.${process.pid}.part`;
  try {
    linkSync(file, part);
  } catch {
    copyFileSync(file, part); // Another file system, or one that knows no links.
  }
  renameSync(part, kept);
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
