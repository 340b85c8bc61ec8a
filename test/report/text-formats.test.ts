// Markdown and CSV.
import { describe, expect, it } from 'vitest';
import { toCsv, toMarkdown } from '../../src/report/index.js';
import { exampleRun } from './fixture.js';

describe('toMarkdown', () => {
  const lines = toMarkdown(exampleRun()).split('\n');

  it('has a row for each case with as many cells as the header', () => {
    const rows = lines.filter((line) => line.startsWith('| '));
    const cells = rows.map((row) => row.replaceAll('\\|', '').split('|').length);
    expect(rows).toHaveLength(3 * 2 + 10);
    expect(new Set(cells)).toEqual(new Set([12]));
  });

  it('shows figures, targets and reasons', () => {
    expect(lines.filter((line) => /attributes=50|tree-build` nodes|p95, p99/.test(line))).toMatchInlineSnapshot(`
      [
        "| \`model/node-create[attributes=50,via=factory]\` | 11.8 µs | ±3.1 % | – | – | 84.7 k/s | 98 % | 193 | 21.3 KiB | ✗ throughput \\> 100k/s |",
        "- \`model/tree-build\` nodes: n\\^1.98 \\[1.95, 2.01\\]",
        "- \`model/node-create[attributes=50,via=factory]\` timeout (1×): no answer within 30 s; the process was killed",
        "- 1 of 3 launches were not steady when their warm-up ended. \`model/node-create[attributes=50,via=factory]\`",
        "- p95, p99: operations are too short to time alone; a batch hides their percentiles",
        "- p50, p95, p99, throughput, busy: no launch finished",
      ]
    `);
  });

  it('lets no name become markup', () => {
    const hostile = lines.filter((line) => line.includes('owned'));
    expect(hostile.length).toBeGreaterThan(2);
    for (const line of hostile) expect(line.replace(/\\./g, '')).not.toMatch(/[<>`[\]]/);
  });
});

describe('toCsv', () => {
  const [head = '', ...rows] = toCsv(exampleRun()).split('\r\n');

  it('names units in its header', () => {
    expect(head.split(',').filter((name) => !/_(low|high)$/.test(name))).toMatchInlineSnapshot(`
      [
        "run",
        "case",
        "suite",
        "launches",
        "p50_ns",
        "p95_ns",
        "p99_ns",
        "throughput_per_s",
        "busy_share",
        "allocations",
        "allocated_bytes",
        "cpu_ns",
        "cpu_utilisation",
        "peak_bytes",
        "retained_bytes",
        "growth_bytes",
        "max_rss_bytes",
        "live_growth_per_million",
        "left_bytes",
        "live_bytes",
        "left_at_first_bytes",
        "rss_over_live",
        "gc_per_million",
        "gc_ns",
        "minor_faults_per_s",
        "major_faults_per_s",
        "voluntary_switches_per_s",
        "involuntary_switches_per_s",
        "read_bytes_per_s",
        "written_bytes_per_s",
        "storage_read_bytes_per_s",
        "storage_written_bytes_per_s",
        "gc_share",
        "event_loop_delay_p99_ns",
        "instructions",
      ]
    `);
  });

  it('keeps full precision and leaves missing figures empty', () => {
    expect(rows[1]).toMatch(
      /^2026-01-20T10-15-00_4f2a,"model\/node-create\[attributes=3,via=new\]",model,3,1239,1229\.088,1248\.912,,,,,,,/,
    );
    expect(rows).toHaveLength(11);
    expect(rows.at(-1)).toBe('');
  });

  it('quotes names with commas and quotes', () => {
    expect(rows[9]).toContain('onerror=""document.title');
  });
});
