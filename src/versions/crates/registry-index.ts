// Which releases of a crate its registry has: the sparse index that cargo reads
// (doc.rust-lang.org/cargo/reference/registry-index.html).
import { z } from 'zod';
import { VersionError } from '../version-spec.js';

/** The index of crates.io. */
export const CRATES_INDEX = 'https://index.crates.io/';

/** A release that was yanked is there for those who use it, and for nobody else. */
const line = z.object({ name: z.string(), vers: z.string(), yanked: z.boolean(), v: z.int().optional() });

/** Lines of later formats are to be passed over. */
const KNOWN_FORMAT = 2;
const LIMIT_MS = 30_000;
const MOST_BYTES = 16 << 20;

/**
 * Versions of a crate that can be used, as the index lists them; none where it does not know the crate.
 *
 * @param index the address of a sparse index
 * @throws VersionError where the index cannot be read
 * @example
 * await releasesOf('moduforge-model', CRATES_INDEX); // ['0.6.5', '0.7.0']
 */
export async function releasesOf(crate: string, index: string): Promise<string[]> {
  const url = new URL(indexPath(crate), index.endsWith('/') ? index : `${index}/`);
  const cannot = (why: string) =>
    new VersionError(`Cannot look for releases of ${crate}: ${url} ${why}; check --index and the network`);
  const text = await download(url, cannot);
  return text.split('\n').flatMap((each, place) => {
    if (each.trim() === '') return [];
    const parsed = parse(each);
    if (parsed === undefined) throw cannot(`is no index of cargo's in line ${place + 1}`);
    const { name, vers, yanked, v = 1 } = parsed;
    return name === crate && !yanked && v <= KNOWN_FORMAT ? [vers] : [];
  });
}

/** Where an index has a crate, by the length of its name and its first letters. */
export function indexPath(crate: string): string {
  const name = crate.toLowerCase();
  if (name.length <= 2) return `${name.length}/${name}`;
  if (name.length === 3) return `3/${name[0]}/${name}`;
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
}

async function download(url: URL, cannot: (why: string) => VersionError): Promise<string> {
  try {
    return await read(url, cannot);
  } catch (error) {
    if (error instanceof VersionError) throw error;
    const { cause, message } = error as Error & { cause?: Error };
    throw cannot(`cannot be reached (${cause?.message ?? message})`);
  }
}

async function read(url: URL, cannot: (why: string) => VersionError): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  // What an index does not know, or may not tell any more.
  if ([404, 410, 451].includes(response.status)) return '';
  if (!response.ok || response.body === null) throw cannot(`answers ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw cannot(`is longer than ${MOST_BYTES >> 20} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): z.infer<typeof line> | undefined {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined; // Whoever asked says which line it is.
  }
}
