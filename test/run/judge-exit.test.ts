// Sentences for what became of a process.
import { describe, expect, it } from 'vitest';
import { judgeExit } from '../../src/run/judge-exit.js';

const ENDING = { exitCode: null, signal: null, ended: undefined, limitMs: 2000, wire: '', stderr: '' };
const OK = '{"status":"ok","result":{"kind":"verify"}}\n';

/** The sentence for a process that ended like this. */
function sentence(ending: Partial<Parameters<typeof judgeExit>[0]>): string {
  const outcome = judgeExit({ ...ENDING, ...ending });
  return outcome.status === 'ok' ? 'ok' : `${outcome.failure.reason}: ${outcome.failure.message}`;
}

describe('the end of a process', () => {
  it('is told by what its runtime wrote before it aborted', () => {
    const signal = 'SIGABRT' as const;
    expect(sentence({ signal, stderr: 'memory allocation of 512 bytes failed\n' })).toBe(
      'crash: The process ran out of memory: Rust asked for 512 bytes, did not get them and aborted (SIGABRT)',
    );
    expect(sentence({ signal, stderr: 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n' })).toBe(
      "crash: The process ran out of memory: V8's heap was full and it aborted (SIGABRT)",
    );
    expect(sentence({ signal, stderr: 'terminate called\n  what(): no tree\n\n' })).toBe(
      'crash: The process aborted (SIGABRT): what(): no tree',
    );
    expect(sentence({ signal })).toBe('crash: The process aborted (SIGABRT)');
  });

  it('is told by the error that nobody caught', () => {
    const stack = '    at Object.run (file:///mine.mjs:3:20)\n    at async file:///main.js:16:35\n';
    const stderr = `file:///mine.mjs:3\n    Promise.reject(new Error('no tree'));\n       ^\n\nError: no tree\n${stack}\nNode.js v20.20.2\n`;
    expect(sentence({ exitCode: 1, stderr })).toBe(
      'crash: An error that nobody caught ended the process: Error: no tree',
    );
  });

  it('is told by its exit code where it ended by itself and wrote nothing', () => {
    expect(sentence({ exitCode: 0 })).toBe(
      'crash: The process ended with exit code 0 and without an outcome: something in it called process.exit',
    );
    expect(sentence({ exitCode: 7 })).toBe('crash: The process ended with exit code 7 and without an outcome');
  });

  it('is told by its signal where nothing else is known', () => {
    expect(sentence({ signal: 'SIGILL' })).toBe('crash: The process crashed with SIGILL');
    expect(sentence({ signal: 'SIGKILL', wire: '{' })).toMatch(/^killed: .* most likely by the kernel/);
  });

  it('is ours where we ended it, even if an answer came through meanwhile', () => {
    expect(sentence({ ended: 'timeout', signal: 'SIGKILL', wire: OK })).toMatch(/^timeout: No answer within 2 s/);
    expect(sentence({ ended: 'interrupted', signal: 'SIGKILL', wire: OK })).toMatch(/^interrupted: /);
  });

  it('does not matter where an answer came', () => {
    expect(sentence({ signal: 'SIGSEGV', wire: OK })).toBe('ok');
    expect(sentence({ exitCode: 0, wire: OK })).toBe('ok');
  });
});
