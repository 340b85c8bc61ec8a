// Parts of a pull request's benchmarks as files: written by the machines of a matrix, read by the job that puts them together.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PART_FILE, type PullRequestPart, partFromJson, partToJson } from '../ci/index.js';
import { writeRunFile } from '../store/index.js';
import { EXIT } from './exit-code.js';
import { clearFolder, copyPages } from './files-of-ci.js';

/** Writes a part into a folder, for a job that tells it. */
export function writePart(part: PullRequestPart, folder: string): string {
  const file = join(resolve(folder), PART_FILE);
  writeRunFile(file, partToJson(part));
  return file;
}

/**
 * Writes a part and its pages, and nothing else. The exit code is 0 whatever was found, so that no other job of the matrix is
 * cancelled: the job that reads all parts has the say.
 */
export function writePartAlone(part: PullRequestPart, folders: readonly string[], files: string): number {
  const folder = resolve(files);
  clearFolder(folder);
  copyPages(folders, folder);
  const file = writePart(part, folder);
  const { index, count } = part.shard;
  process.stdout.write(
    `Part ${index} of ${count} is in ${relative(process.cwd(), file)}; "forgebench ci --merge FOLDER" tells what all parts say\n`,
  );
  return EXIT.well;
}

/** Parts in a folder, or in the folders in it, where each artifact has one of its own. */
export interface FoundParts {
  parts: PullRequestPart[];
  /** Folders of the parts, with their pages. */
  folders: string[];
  /** Why other files could not be read, a sentence each. */
  unreadable: string[];
}

/** Reads all parts; none where the folder is not there, as after jobs that were all cancelled. */
export function readParts(folder: string): FoundParts {
  const found: FoundParts = { parts: [], folders: [], unreadable: [] };
  for (const file of partFiles(folder)) {
    try {
      found.parts.push(partFromJson(readFileSync(file, 'utf8')));
      found.folders.push(dirname(file));
    } catch (error) {
      found.unreadable.push(`Cannot read the part ${relative(folder, file)}: ${(error as Error).message}.`);
    }
  }
  return found;
}

function partFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const places = [folder, ...below.map(({ name }) => join(folder, name)).sort()];
  return places.map((place) => join(place, PART_FILE)).filter(existsSync);
}
