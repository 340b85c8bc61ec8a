// What is made from the definitions: the page of the coverage, and the lists of cases that `cargo bench` knows.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand } from '../setup/command.mjs';
import type { Crate } from './crates.js';
import { BuildError, type BuildStep } from './step.js';

/** The page that says which questions have a benchmark. */
export const COVERAGE_PAGE = 'docs/coverage.md';

/** What `forgebench list --json` tells of a benchmark, as far as it is needed here. */
interface ListedBenchmark {
  id: string;
  tags: string[];
  workload: { kind: string; addon?: string };
  cases: { id: string; parameters: Record<string, unknown> }[];
}

/** Files that this step makes. */
export function caseFiles(crates: readonly Crate[]): string[] {
  return [COVERAGE_PAGE, ...crates.filter(hasBenches).map(listFile)];
}

/** The step that writes them; a file that would stay the same is left alone, so that cargo sees no change. */
export function casesStep(crates: readonly Crate[]): BuildStep {
  return {
    name: 'lists of cases',
    inputs: ['benches', 'dist/definition', 'dist/cli'],
    versions: [],
    run: async () => {
      const benchmarks = JSON.parse(await forgebench(['list', '--json'])) as ListedBenchmark[];
      write(COVERAGE_PAGE, await forgebench(['list', '--coverage', '--markdown'], [0, 1]));
      for (const crate of crates.filter(hasBenches)) write(listFile(crate), listOf(crate, benchmarks, crates));
      return caseFiles(crates);
    },
  };
}

function hasBenches(crate: Crate): boolean {
  return /^\[\[bench\]\]/m.test(crate.manifest);
}

function listFile({ folder }: Crate): string {
  return join(folder, 'benches', 'cases.json');
}

/** The cases of the crate's addon, a line each; a benchmark that has to be named is none of them. */
function listOf(crate: Crate, benchmarks: readonly ListedBenchmark[], crates: readonly Crate[]): string {
  const addons = crates.filter((each) => each.binaryName !== undefined && buildsOn(each, crate));
  const lines = benchmarks
    .filter(({ tags, workload }) => !tags.includes('on-demand') && addons.some((addon) => isIn(workload, addon)))
    .flatMap(({ id, cases }) => cases.map((each) => JSON.stringify({ ...each, workload: id, category: undefined })));
  return `[\n${lines.join(',\n')}\n]\n`;
}

function buildsOn(addon: Crate, crate: Crate): boolean {
  return new RegExp(`^${crate.name}\\s*=`, 'm').test(addon.manifest);
}

function isIn({ addon = '' }: ListedBenchmark['workload'], { folder, binaryName = '' }: Crate): boolean {
  return dirname(addon).endsWith(folder) && basename(addon).startsWith(`${binaryName}.`);
}

async function forgebench(args: string[], well: readonly number[] = [0]): Promise<string> {
  const lines: string[] = [];
  const { code, output } = await runCommand([process.execPath, 'bin/forgebench.mjs', ...args], {
    onStdout: (line) => lines.push(line),
  });
  if (!well.includes(code)) throw new BuildError(`Cannot list the cases: ${output}`);
  return `${lines.join('\n')}\n`;
}

function write(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
