// What the resident pages of a process are of, from /proc/PID/smaps.

/** Resident bytes by what is behind the pages; the sum is the resident set. */
export interface ResidentParts {
  /** Programs, libraries and whatever else is mapped from a file. */
  mappedFiles: number;
  /** Stacks of all threads. */
  stacks: number;
  /** Neither: V8's heap, the C heap, and what others have mapped. */
  anonymous: number;
}

const HEADER = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \S+\s*(.*)$/;
const RESIDENT = /^Rss:\s+(\d+) kB$/;

/**
 * Adds up the mappings of a process. A mapping that holds a thread's stack pointer is its stack: the kernel gives a
 * name to the first thread's alone.
 *
 * @param smaps the text of `/proc/PID/smaps`
 * @param stackPointers addresses, one for each thread whose stack is known
 * @throws Error where the text has no mappings
 */
export function residentParts(smaps: string, stackPointers: readonly bigint[]): ResidentParts {
  const parts: ResidentParts = { mappedFiles: 0, stacks: 0, anonymous: 0 };
  let part: keyof ResidentParts | undefined;
  for (const line of smaps.split('\n')) {
    const header = HEADER.exec(line);
    if (header) {
      const [start, end] = [BigInt(`0x${header[1]}`), BigInt(`0x${header[2]}`)];
      const isStack = stackPointers.some((pointer) => pointer >= start && pointer < end);
      part = partOf(header[3] as string, isStack);
    }
    const resident = RESIDENT.exec(line);
    if (resident && part !== undefined) parts[part] += Number(resident[1]) * 1024;
  }
  if (part === undefined) throw new Error('Cannot read the mappings of the process: there are none; mount /proc');
  return parts;
}

function partOf(name: string, isStack: boolean): keyof ResidentParts {
  if (name.startsWith('/')) return 'mappedFiles';
  return isStack || name.startsWith('[stack') ? 'stacks' : 'anonymous';
}
