// What threads have told: a file of lines for each, written by the hook.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.number().nonnegative();
const ending = { exitCode: z.number().nullable(), signal: z.string().nullable() };
const startLine = z.object({
  event: z.literal('start'),
  pid: count,
  parent: count,
  thread: count,
  kernelThread: count.optional(),
  command: z.array(z.string()),
  folder: z.string(),
  node: z.string(),
  startNs: count,
});
const endLine = z.object({
  event: z.literal('end'),
  ...ending,
  endNs: count,
  cpuNs: count.optional(),
  peakRssBytes: count.optional(),
  profilerNs: count,
  hookMs: count,
  files: z.record(z.string(), z.string()),
});
const childLine = z.object({ event: z.literal('child'), pid: count, file: z.string(), followed: z.boolean() });
const childEndLine = z.object({ event: z.literal('child-end'), pid: count, ...ending });
const troubleLine = z.object({ event: z.literal('trouble'), message: z.string() });
const line = z.discriminatedUnion('event', [startLine, endLine, childLine, childEndLine, troubleLine]);
type Line = z.infer<typeof line>;

/** All that a thread told. */
export interface ThreadLines {
  start: z.infer<typeof startLine>;
  /** Absent where the thread was killed, or still runs. */
  end?: z.infer<typeof endLine>;
  children: z.infer<typeof childLine>[];
  childEnds: z.infer<typeof childEndLine>[];
  trouble: string[];
}

/** Reads what the threads of a session told, in the order in which they started. */
export function readThreads(folder: string): ThreadLines[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => parseThread(readFileSync(join(folder, name), 'utf8')) ?? [])
    .sort((a, b) => a.start.startNs - b.start.startNs);
}

/** One thread's lines; nothing where it was killed before the first. A line that was cut is dropped. */
export function parseThread(text: string): ThreadLines | undefined {
  const lines = text.split('\n').flatMap((each) => parseLine(each) ?? []);
  const only = <E extends Line['event']>(event: E) =>
    lines.filter((each): each is Extract<Line, { event: E }> => each.event === event);
  const start = only('start')[0];
  if (start === undefined) return undefined;
  const end = only('end')[0];
  return {
    start,
    ...(end !== undefined && { end }),
    children: only('child'),
    childEnds: only('child-end'),
    trouble: only('trouble').map(({ message }) => message),
  };
}

function parseLine(text: string): Line | undefined {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
