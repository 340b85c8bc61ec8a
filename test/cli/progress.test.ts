// Progress at a terminal and elsewhere.
import { describe, expect, it, vi } from 'vitest';
import { progressDisplay } from '../../src/cli/progress.js';

/** A stream that keeps what was written. */
function stream(columns?: number) {
  let text = '';
  const write = (chunk: string) => {
    text += chunk;
    return true;
  };
  return { stream: { isTTY: columns !== undefined, columns, write } as NodeJS.WriteStream, text: () => text };
}

const PROGRESS = { done: 2, total: 10, caseId: 'model/node-create[attributes=3]', leftMs: 61_000 };
const ERASE = '\r\x1b[2K';

describe('progress at a terminal', () => {
  it('is one line that is rewritten and removed', () => {
    const terminal = stream(80);
    const display = progressDisplay(terminal.stream);
    display.show('Measuring', PROGRESS);
    display.clear();
    expect(terminal.text()).toBe(
      `${ERASE}Measuring 3 of 10 · 1 min 1 s left · model/node-create[attributes=3]${ERASE}`,
    );
  });

  it('never wraps, because a wrapped line cannot be erased', () => {
    const terminal = stream(30);
    progressDisplay(terminal.stream).show('Measuring', PROGRESS);
    expect(terminal.text().slice(ERASE.length)).toHaveLength(29);
  });
});

describe('progress elsewhere', () => {
  it('is a plain line at once and then every ten seconds', () => {
    vi.useFakeTimers();
    try {
      const file = stream();
      const display = progressDisplay(file.stream);
      for (let done = 0; done < 5; done++) {
        display.show('Measuring', { ...PROGRESS, done, leftMs: null });
        vi.advanceTimersByTime(4_000);
      }
      display.clear();
      const [a, b, ...rest] = [1, 4].map((n) => `Measuring ${n} of 10 · model/node-create[attributes=3]\n`);
      expect(rest).toEqual([]);
      expect(file.text()).toBe(`${a}${b}`);
    } finally {
      vi.useRealTimers();
    }
  });
});
