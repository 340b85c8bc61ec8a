// benchstat itself, where it is installed: a check of the rule that is scored in its name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchPair } from '../../src/compare/index.js';
import { isOnPath } from '../setup/path.mjs';
import type { GoDay } from './data.js';
import type { Forgebench } from './forgebench.js';
import { dayPairs, goSuites } from './go-suites.js';
import type { Cell, Section } from './table.js';

/** Where `go install golang.org/x/perf/cmd/benchstat@latest` puts it. */
const FOLDERS = [process.env.GOBIN, join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin')];

/** Compares what the program prints with the p-values of the rule, on one pair of days. */
export function checkBenchstat(days: readonly GoDay[], forgebench: Pick<Forgebench, 'compareLaunches'>): Section {
  const program = findBenchstat();
  const title = 'benchstat itself';
  if (program === undefined) {
    const text =
      'Not installed here, so the rule in its name was not checked against it; "go install golang.org/x/perf/cmd/benchstat@latest" installs it.';
    return { title, text: [text], tables: [] };
  }
  const rows = [5, 10, 25].map((launches): Cell[] => {
    const [suite] = goSuites(dayPairs(days, { crossing: true }), { launches, draws: 1, slowdown: 0.02 });
    const { pairs } = suite as NonNullable<typeof suite>;
    const printed = benchstatPValues(program, pairs);
    const { cases } = forgebench.compareLaunches(pairs);
    const apart = cases.map(({ id, pValue }) => Math.abs(pValue - (printed.get(id) ?? Number.NaN)));
    return [`${launches} launches`, String(printed.size), Math.max(...apart).toFixed(4)];
  });
  return {
    title,
    text: [
      'The program benchstat and the rule that is scored in its name, on one pair of days. It prints three digits.',
    ],
    tables: [{ caption: 'p-values:', head: ['', 'compared', 'furthest apart'], rows }],
  };
}

/** The program, or nothing where it is not installed. */
function findBenchstat(): string | undefined {
  if (isOnPath('benchstat')) return 'benchstat';
  return FOLDERS.flatMap((folder) => (folder && isOnPath('benchstat', folder) ? [join(folder, 'benchstat')] : []))[0];
}

/** The p-value that benchstat prints for each pair, to three digits. */
function benchstatPValues(program: string, pairs: readonly LaunchPair[]): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'scorecard-'));
  try {
    for (const side of ['base', 'head'] as const)
      writeFileSync(
        join(folder, side),
        pairs.flatMap((pair, index) => pair[side].map((ns) => `BenchmarkCase${index} 1 ${ns} ns/op\n`)).join(''),
      );
    const { status, stdout, stderr } = spawnSync(program, ['-format', 'csv', 'base', 'head'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Cannot run benchstat: ${stderr.trim().split('\n').at(-1)}`);
    return readPValues(stdout, pairs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readPValues(csv: string, pairs: readonly LaunchPair[]): Map<string, number> {
  const lines = csv.matchAll(/^Case(\d+),.*?p=([0-9.]+) n=/gm);
  return new Map([...lines].map(([, index, p]) => [(pairs[Number(index)] as LaunchPair).id, Number(p)]));
}
