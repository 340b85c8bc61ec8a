// The terminal report: pinned as text, readable at every width, safe with text from outside.
import { describe, expect, it } from 'vitest';
import { toTerminal } from '../../src/report/index.js';
import { suitesOf } from '../../src/report/overview.js';
import { wrapText } from '../../src/report/wrap-text.js';
import type { Summary } from '../../src/statistics/index.js';
import type { RunRecord } from '../../src/store/index.js';
import { exampleRun } from './fixture.js';

/** The example without the suite whose names try to do harm; those have tests of their own. */
function tameRun(): RunRecord {
  const record = exampleRun();
  const isTame = (caseId: string) => !caseId.startsWith('hostile/');
  return {
    ...record,
    benchmarks: record.benchmarks.filter(({ id }) => isTame(id)),
    summaries: record.summaries.filter(({ caseId }) => isTame(caseId)),
    failures: record.failures.filter(({ caseId }) => isTame(caseId)),
  };
}

function tableLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.slice(0, lines.indexOf('Growth'));
}

describe('toTerminal', () => {
  it('shows the whole report at 140 columns', () => {
    expect(toTerminal(tameRun(), { width: 140, colour: false })).toMatchInlineSnapshot(`
      "Run 2026-01-20T10-15-00_4f2a  finished
      9 cases · targets: 4 met, 1 missed, 1 unclear · quick: 3 launches × 20 samples, seed 42 · 4 min 12 s, 88 % of it measuring

      model  moduforge-model 0.7.0
      case                             p50  interval  samples         p95      p99  throughput  allocs/op  bytes/op  target
      model/node-create  one node created
        attributes=0, via=new       412 ns  ±1 %      ▅▂▃▄██▄▃▂▅        –        –    2.43 M/s          3     340 B  ✓ throughput > 100k/s
        attributes=3, via=new      1.24 µs  ±0.8 %    ▅▂▃▄██▄▃▂▅        –        –     807 k/s         10   1.1 KiB  ✓ throughput > 100k/s
        attributes=50,             11.8 µs  ±3.1 %    ▅▂▃▄██▄▃▂▅        –        –    84.7 k/s        193  21.3 KiB  ✗ throughput > 100k/s
        via=factory
      model/tree-build  one tree built
        nodes=100                  8.21 µs  ±1.5 %    ▅▂▃▄██▄▃▂▅  10.0 µs  13.2 µs     122 k/s        719  79.3 KiB  (✗ p95 < 10 ms)
        nodes=1000                  784 µs  ±1.5 %    ▅▂▃▄██▄▃▂▅   956 µs  1.26 ms    1.28 k/s      7,186   793 KiB  ✓ p95 < 10 ms
        nodes=10000                74.9 ms  ±1.5 %    ▅▂▃▄██▄▃▂▅  91.3 ms   121 ms     13.4 /s     71,858  7.74 MiB  (✗ p95 < 10 ms)
      model/attribute-get  one attribute read
        ·                          23.4 ns  ±0.4 %    ▅▂▃▄██▄▃▂▅        –        –    42.7 M/s          0       0 B  ✓ p50 < 10 µs  ? growth < 1 B

      state  moduforge-state 0.7.0
      case                        p50  interval  samples         p95      p99  throughput  allocs/op  bytes/op
      state/transaction  one transaction applied
        nodes=1000, steps=10  3.42 ms  ±2 %      ▅▂▃▄██▄▃▂▅  4.17 ms  5.51 ms      292 /s     16,310  1.76 MiB
      state/concurrent  one task finished
        tasks=8                     –  finding                     –        –           –          –         –

      Growth
        model/tree-build nodes: n^1.98 [1.95, 2.01]  over 100, 1000, 10000

      Figures of the workloads
        state/transaction[nodes=1000,steps=10]  steps: 10 steps ±0 %

      Targets missed or unclear
        ✗ model/node-create[attributes=50,via=factory]  throughput > 100k/s: is 84.7 k/s ±3.1 %
        ? model/attribute-get  growth < 1 B: is 0.2 B [−1.1 B, 1.5 B]

      Findings
        Adding a child looks through all children, so that building a document is quadratic.
            model/tree-build, 3 sizes from 100 to 10000: exponent 1.98 ±1.5 %
            moduforge-model src/tree.rs:332
        Tasks that share a state lose updates.
            state/concurrent[tasks=8]: 3 of 3 launches failed: expected 8 updates, found 7
            moduforge-state src/state.rs:120-140
        1 not looked for, because their cases were not measured

      Failures
        model/node-create[attributes=50,via=factory]  timeout (exit code 137) in 1 launch of kind profile: no answer within 30 s; the process was
          killed
        profile v8-cpu: v8-profiler-next is not installed; run "npm install"  model/node-create[attributes=0,via=new],
          model/tree-build[nodes=100], model/attribute-get

      Warnings
        1 of 3 launches were not steady when their warm-up ended.  model/node-create[attributes=50,via=factory]
        Declared integration, but measured micro.  model/tree-build[nodes=100], model/tree-build[nodes=1000]

      – stands for
        p95, p99: operations are too short to time alone; a batch hides their percentiles  model/node-create[attributes=0,via=new],
          model/node-create[attributes=3,via=new], model/node-create[attributes=50,via=factory] and 1 more
        p50, p95, p99, throughput, busy: no launch finished  state/concurrent[tasks=8]
        allocs/op, bytes/op: no memory launch finished  state/concurrent[tasks=8]

      AMD EPYC 7B13 · 2 cores (limited to 2 CPUs) · governor unknown · turbo unknown · 7.76 GiB · Debian GNU/Linux 12, kernel 6.1.0-28 · load 0.42
        at the start
      forgebench 0.1.0 · node 20.20.0 · v8 11.3.244.8 · rustc 1.90.0 · moduforge-model 0.7.0 · moduforge-state 0.7.0 · commit ec78391d0f2b-dirty

      report    .forgebench/runs/2026-01-20T10-15-00_4f2a/report.html
      data      .forgebench/runs/2026-01-20T10-15-00_4f2a/run.json
      profiles  .forgebench/runs/2026-01-20T10-15-00_4f2a/profiles/  (3 cases, linked from the report)
      "
    `);
  });

  it('puts targets below their case where the terminal is narrow', () => {
    const [, , ...table] = tableLines(toTerminal(tameRun(), { width: 100, colour: false }));
    expect(table.join('\n')).toMatchInlineSnapshot(`
      "  s, 88 % of it measuring

      model  moduforge-model 0.7.0
      case                    p50  interval  samples         p95      p99  throughput  allocs/op  bytes/op
      model/node-create  one node created
        attributes=0,      412 ns  ±1 %      ▅▂▃▄██▄▃▂▅        –        –    2.43 M/s          3     340 B
        via=new
          ✓ throughput > 100k/s
        attributes=3,     1.24 µs  ±0.8 %    ▅▂▃▄██▄▃▂▅        –        –     807 k/s         10   1.1 KiB
        via=new
          ✓ throughput > 100k/s
        attributes=50,    11.8 µs  ±3.1 %    ▅▂▃▄██▄▃▂▅        –        –    84.7 k/s        193  21.3 KiB
        via=factory
          ✗ throughput > 100k/s
      model/tree-build  one tree built
        nodes=100         8.21 µs  ±1.5 %    ▅▂▃▄██▄▃▂▅  10.0 µs  13.2 µs     122 k/s        719  79.3 KiB
          (✗ p95 < 10 ms)
        nodes=1000         784 µs  ±1.5 %    ▅▂▃▄██▄▃▂▅   956 µs  1.26 ms    1.28 k/s      7,186   793 KiB
          ✓ p95 < 10 ms
        nodes=10000       74.9 ms  ±1.5 %    ▅▂▃▄██▄▃▂▅  91.3 ms   121 ms     13.4 /s     71,858  7.74 MiB
          (✗ p95 < 10 ms)
      model/attribute-get  one attribute read
        ·                 23.4 ns  ±0.4 %    ▅▂▃▄██▄▃▂▅        –        –    42.7 M/s          0       0 B
          ✓ p50 < 10 µs  ? growth < 1 B

      state  moduforge-state 0.7.0
      case                    p50  interval  samples         p95      p99  throughput  allocs/op  bytes/op
      state/transaction  one transaction applied
        nodes=1000,       3.42 ms  ±2 %      ▅▂▃▄██▄▃▂▅  4.17 ms  5.51 ms      292 /s     16,310  1.76 MiB
        steps=10
      state/concurrent  one task finished
        tasks=8                 –  finding                     –        –           –          –         –
      "
    `);
  });

  it.each([80, 100, 120, 160])('keeps its tables within %i columns, hostile names included', (width) => {
    const [, , ...table] = tableLines(toTerminal(exampleRun(), { width, colour: false }));
    expect(table.length).toBeGreaterThan(20);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('writes control characters out and sends none to the terminal', () => {
    const text = toTerminal(exampleRun(), { width: 120, colour: false });
    expect(text).toContain('\\u001b[2J');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('says the same with colours as without', () => {
    const coloured = toTerminal(exampleRun(), { width: 120, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape codes of colours.
    const stripped = coloured.replace(/\u001b\[\d+m/g, '');
    const lines = (text: string) => text.split('\n').map((line) => line.trimEnd());
    expect(coloured).not.toBe(stripped);
    expect(lines(stripped)).toEqual(lines(toTerminal(exampleRun(), { width: 120, colour: false })));
  });

  it('says that a run was interrupted, and counts what was cut off', () => {
    const record = tameRun();
    const [first, ...others] = record.summaries;
    const launches = { time: 0, memory: 0, failed: 0, interrupted: 1 };
    const summaries = [{ ...(first as Summary), launches }, ...others];
    const text = toTerminal({ ...record, status: 'interrupted', summaries }, { width: 100, colour: false });
    expect(text).toMatch(/^Run \S+ {2}interrupted, 1 launch cut off; what had finished follows\n/);
    expect(suitesOf({ ...record, status: 'interrupted', summaries })[0]?.benchmarks[0]?.rows[0]?.outcome).toBe(
      'interrupted',
    );
  });

  it('shows a run in which nothing was measured', () => {
    const record = { ...tameRun(), benchmarks: [], summaries: [], growth: [], failures: [], profiles: [] };
    const text = toTerminal(record, { width: 100, colour: false });
    expect(text).toContain('0 cases · targets: 0 met, 0 missed, 0 unclear');
    expect(text).not.toContain('Failures');
  });

  it('says why there is no growth, and of no size where none was measured', () => {
    const [first] = tameRun().growth as [RunRecord['growth'][number]];
    const growth = [{ ...first, exponent: { missing: 'growth needs three sizes, 0 have a figure' }, points: [] }];
    const text = toTerminal({ ...tameRun(), growth }, { width: 100, colour: false });
    expect(text).toMatch(/growth needs three sizes, 0 have a figure\n/);
  });

  it('shows the whole name of a benchmark where its table has few columns', () => {
    const record = exampleRun();
    const [first] = record.benchmarks as [RunRecord['benchmarks'][number]];
    const id = 'model/a-name-that-is-longer-than-the-table';
    const text = toTerminal(
      { ...record, benchmarks: [{ ...first, id, targets: [] }], summaries: [], growth: [] },
      { width: 100, colour: false },
    );
    expect(text).toContain(`${id}  one node created`);
  });

  it('names the folder that it is given', () => {
    expect(toTerminal(tameRun(), { width: 100, colour: false, folder: 'out/a' })).toContain('out/a/report.html');
  });
});

describe('prose', () => {
  it('is broken between words and goes on a little further in', () => {
    expect(wrapText('Warnings\n  one two  three four', 14)).toBe('Warnings\n  one two\n    three four');
    expect(wrapText('one two  three', 14)).toBe('one two  three');
    expect(wrapText('  /a/path/that/is/long end', 10)).toBe('  /a/path/that/is/long\n    end');
  });

  it('is measured without its colours', () => {
    expect(wrapText('\u001b[31mone\u001b[39m two', 7)).toBe('\u001b[31mone\u001b[39m two');
    expect(wrapText('\u001b[31mone\u001b[39m two', 6)).toBe('\u001b[31mone\u001b[39m\n  two');
  });

  it('fits the terminal at 80 columns, but for words that are wider', () => {
    const text = toTerminal(tameRun(), { width: 80, colour: false });
    const wide = text.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
    expect(wide).toEqual([]);
  });
});
