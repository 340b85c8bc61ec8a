// What callgrind, cachegrind and memcheck write, read.
import { describe, expect, it } from 'vitest';
import { readFunctionCosts, topFunctions } from '../../../src/run/profiling/function-costs.js';
import { readMemcheckLog } from '../../../src/run/profiling/memcheck.js';

const CALLGRIND = `# callgrind format
version: 1
positions: line
events: Ir
summary: 0

fl=(1) main.rs
fn=(1) main
10 5
+3 7
cfi=(2) heap.c
cfn=(2) malloc
calls=2 24
* 100
-1 8

fl=(2)
fn=(2)
24 60
25 40

totals: 120
`;

describe('costs of functions', () => {
  it('are their own, without those of calls, by the names that were written once', () => {
    const costs = readFunctionCosts(CALLGRIND);
    expect(costs).toMatchObject({ events: ['Ir'], totals: [120] });
    expect(topFunctions(costs, 0, 9)).toEqual([
      { name: 'malloc', cost: 100 },
      { name: 'main', cost: 20 },
    ]);
  });

  it('have several events in a file of cachegrind, which ends with a summary', () => {
    const costs = readFunctionCosts('events: Ir D1mr\nfn=parse\n1 10 2\n2 20 1\nfn=main\n7 5 0\nsummary: 35 3\n');
    expect(costs.totals).toEqual([35, 3]);
    expect(topFunctions(costs, 1, 1)).toEqual([{ name: 'parse', cost: 3 }]);
  });

  it.each(['', 'events: Ir\nfn=main\n1 5'])('are refused where the file is cut off', (text) => {
    expect(() => readFunctionCosts(text)).toThrow(/^Cannot read what was counted: the file is cut off/);
  });
});

describe('a log of memcheck', () => {
  it('tells errors with the first of them, and bytes that nobody can reach', () => {
    const log = [
      '==7== Invalid read of size 8',
      '==7==    at 0x1: app::broken (app.rs:3)',
      '==7==    definitely lost: 1,024 bytes in 2 blocks',
      '==7== ERROR SUMMARY: 1,203 errors from 1 contexts (suppressed: 0 from 0)',
    ].join('\n');
    expect(readMemcheckLog(log)).toEqual({ errors: 1203, first: 'Invalid read of size 8', lostBytes: 1024 });
  });

  it('tells none where all blocks were freed', () => {
    expect(readMemcheckLog('==7== ERROR SUMMARY: 0 errors from 0 contexts')).toMatchObject({ errors: 0, lostBytes: 0 });
  });

  it('is refused where it ends before its summary', () => {
    expect(() => readMemcheckLog('==7== Memcheck')).toThrow(/^Cannot read the log of memcheck: it is cut off/);
  });
});
