// Live progress: one line that is rewritten at a terminal, a plain line now and then elsewhere.
import type { Progress } from '../run/index.js';
import { formatDuration } from '../units/index.js';

/** Between two plain lines where there is no terminal, milliseconds. */
const PLAIN_EVERY_MS = 10_000;

/** Where a person sees how far long work is. */
export interface ProgressDisplay {
  show(what: string, progress: Progress): void;
  /** Removes the line, so that a report can follow. */
  clear(): void;
}

/** Progress goes to standard error, so that standard output holds the report alone. */
export function progressDisplay(stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  let lastPlain = Number.NEGATIVE_INFINITY;
  return {
    show(what, progress) {
      const line = describe(what, progress);
      if (stream.isTTY) {
        stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
      } else if (Date.now() - lastPlain >= PLAIN_EVERY_MS) {
        lastPlain = Date.now();
        stream.write(`${line}\n`);
      }
    },
    clear() {
      if (stream.isTTY) stream.write('\r\x1b[2K');
    },
  };
}

function describe(what: string, { done, total, caseId, leftMs }: Progress): string {
  const left = leftMs === null ? '' : ` · ${formatDuration(leftMs)} left`;
  return `${what} ${done + 1} of ${total}${left} · ${caseId}`;
}
