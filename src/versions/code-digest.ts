// Whether two addons are the same code: what is loaded of them, without build ids and debug information.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Flag of a section that is loaded, and type of one that has no bytes in the file (ELF specification 1.2). */
const SHF_ALLOC = 2n;
const SHT_NOBITS = 8;
/** A number that the linker makes up of everything, debug information included. */
const BUILD_ID = '.note.gnu.build-id';
const ELF64_LITTLE_ENDIAN = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);

/**
 * A digest that is equal where two shared objects run the same code: of all sections that are loaded, but for the build
 * id. A file that is no 64-bit ELF is digested whole.
 *
 * @example
 * codeDigest('base.node') === codeDigest('head.node') // nothing to measure
 */
export function codeDigest(file: string): string {
  const bytes = readFileSync(file);
  const hash = createHash('sha256');
  const sections = bytes.subarray(0, 6).equals(ELF64_LITTLE_ENDIAN) ? readSections(bytes) : undefined;
  if (sections === undefined) return hash.update(bytes).digest('hex');
  for (const { name, address, content } of sections)
    if (name !== BUILD_ID) hash.update(`\0${name}\0${address}\0`).update(content);
  return hash.digest('hex');
}

interface Section {
  name: string;
  address: bigint;
  content: Buffer;
}

/** Sections that are loaded; undefined where the header is damaged. */
function readSections(bytes: Buffer): Section[] | undefined {
  try {
    const [table, size] = [Number(bytes.readBigUInt64LE(40)), bytes.readUInt16LE(58)];
    const headers = Array.from({ length: bytes.readUInt16LE(60) }, (_, index) => bytes.subarray(table + index * size));
    const names = contentOf(bytes, headers[bytes.readUInt16LE(62)] as Buffer);
    const loaded = headers.filter((header) => (header.readBigUInt64LE(8) & SHF_ALLOC) !== 0n);
    return loaded.map((header) => {
      const start = header.readUInt32LE(0);
      const name = names.toString('latin1', start, names.indexOf(0, start));
      return { name, address: header.readBigUInt64LE(16), content: contentOf(bytes, header) };
    });
  } catch {
    return undefined; // The file says it is an ELF and is not; its bytes tell all there is.
  }
}

function contentOf(bytes: Buffer, header: Buffer): Buffer {
  if (header.readUInt32LE(4) === SHT_NOBITS) return Buffer.alloc(0);
  const start = Number(header.readBigUInt64LE(24));
  return bytes.subarray(start, start + Number(header.readBigUInt64LE(32)));
}
