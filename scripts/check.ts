// The one gate: builds, format, lint, types, rooms, docs, sizes, generated files, features, Rust tests, TypeScript tests.
import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import {
  COUNTED,
  cargoEnvironment,
  countPackages,
  explainCargo,
  findRust,
  inWorkspace,
  type Rust,
  runCounted,
} from './build/cargo.js';
import { listCrates, listWorkspaces } from './build/crates.js';
import { runStep, type Tell } from './build/step.js';
import { buildSteps, sayIgnoredFlags } from './build.js';
import { type Outcome, sumUp } from './check/outcome.js';
import { runRustTests } from './check/rust-tests.js';
import { runVitest } from './check/vitest.js';
import { checkDocs } from './check-docs.js';
import { checkFeatures } from './check-features.js';
import { checkGenerated } from './check-generated.js';
import { checkRooms } from './check-rooms.js';
import { checkSizes } from './check-sizes.js';
import { Interrupted, runCommand } from './setup/command.mjs';
import { duration, showProgress } from './setup/progress.mjs';

interface CheckStep {
  name: string;
  run(tell: Tell): Promise<Outcome>;
}

/**
 * Runs every step, also after one has failed, and ends with a line of counts.
 *
 * @returns The exit code.
 */
export async function check(): Promise<number> {
  const started = Date.now();
  sayIgnoredFlags();
  const outcomes: Outcome[] = [];
  for (const step of checkSteps(await findRust())) outcomes.push(await runCheck(step));
  const { passed, failed, skipped, exitCode } = sumUp(outcomes);
  process.stdout.write(
    `\nChecked in ${duration(Date.now() - started)}\n${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  );
  return exitCode;
}

function checkSteps(rust: Rust): CheckStep[] {
  const crates = listCrates();
  const workspaces = listWorkspaces(crates);
  const strict = process.env.CI === 'true';
  return [
    { name: 'build', run: () => buildEverything(rust) },
    { name: 'format of TypeScript', run: () => formatOfTypescript() },
    { name: 'format of Rust', run: () => inEach(workspaces, (workspace) => formatOfRust(workspace, strict)) },
    {
      name: 'lint of TypeScript',
      run: () => tool('biome', ['node_modules/.bin/biome', 'check', '--formatter-enabled=false', '--colors=off']),
    },
    {
      name: 'lint of Rust',
      run: (tell) => inEach(workspaces, (workspace) => clippy(rust, { workspace, strict, tell })),
    },
    { name: 'types', run: () => types() },
    { name: 'rooms', run: async () => ({ problems: checkRooms('.') }) },
    { name: 'docs', run: async () => ({ problems: checkDocs('.') }) },
    { name: 'sizes', run: async () => ({ problems: checkSizes('.') }) },
    { name: 'generated files', run: () => checkGenerated() },
    { name: 'features of crates', run: async () => ({ problems: await checkFeatures(rust) }) },
    { name: 'Rust tests', run: (tell) => runRustTests(rust, { crates, strict, tell }) },
    { name: 'TypeScript tests', run: (tell) => runVitest(strict, tell) },
  ];
}

/** Runs one step; what it throws is a problem of that step alone. */
async function runCheck(step: CheckStep): Promise<Outcome> {
  const started = Date.now();
  let howFar = (): string => '';
  const stop = showProgress(() => `Checking ${step.name}${howFar()}, ${duration(Date.now() - started)}`);
  const outcome = await step
    .run((latest) => {
      howFar = () => `: ${latest()}`;
    })
    .catch((error: unknown): Outcome => {
      if (error instanceof Interrupted) throw error;
      return { problems: [error instanceof Error ? error.message : String(error)] };
    })
    .finally(stop);
  process.stdout.write(describe(step.name, outcome, Date.now() - started));
  return outcome;
}

function describe(name: string, { problems, tests, skipped }: Outcome, elapsedMs: number): string {
  const mark = problems.length > 0 ? 'FAILED' : skipped === undefined ? 'ok' : 'skipped';
  const counts = tests ? `, ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped` : '';
  const reasons = [...problems, ...(skipped === undefined ? [] : [skipped])].map(
    (text) => `  ${text.replaceAll('\n', '\n  ')}\n`,
  );
  return `${mark.padEnd(8)}${name} (${duration(elapsedMs)}${counts})\n${reasons.join('')}`;
}

/** Each failed build is a problem; the checks that need no build go on all the same. */
async function buildEverything(rust: Rust): Promise<Outcome> {
  const problems: string[] = [];
  for (const step of buildSteps(rust)) {
    try {
      await runStep(step());
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { problems };
}

/** Names of files say enough; what the formatter would change is for the formatter. */
async function formatOfTypescript(): Promise<Outcome> {
  const { problems } = await tool('biome', ['node_modules/.bin/biome', 'format', '--reporter=summary', '--colors=off']);
  const files = problems.flatMap((text) =>
    [...text.matchAll(/^\s*- (\S+)$/gm)].map((match) => `${match[1]}: is not formatted; run "npm run format"`),
  );
  return { problems: files.length > 0 ? files : problems };
}

async function tool(name: string, command: [string, ...string[]]): Promise<Outcome> {
  const lines: string[] = [];
  const { code, output } = await runCommand(command, { onStdout: (line) => lines.push(line), env: cargoEnvironment() });
  return {
    problems: code === 0 ? [] : [`${name} ended with exit code ${code}\n${[...lines, output].join('\n').trim()}`],
  };
}

/** One outcome for all workspaces; a check that was left out in one of them counts as left out. */
async function inEach(workspaces: readonly string[], run: (workspace: string) => Promise<Outcome>): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const workspace of workspaces) outcomes.push(await run(workspace));
  const skipped = outcomes.find((each) => each.skipped !== undefined)?.skipped;
  return { problems: outcomes.flatMap(({ problems }) => problems), ...(skipped !== undefined && { skipped }) };
}

async function formatOfRust(workspace: string, strict: boolean): Promise<Outcome> {
  const missing = await withoutComponent('fmt', strict);
  if (missing !== undefined) return missing;
  const { problems } = await tool('cargo fmt', [
    'cargo',
    'fmt',
    '--all',
    '--check',
    ...inWorkspace(workspace),
    '--',
    '-l',
    '--color=never',
  ]);
  const files = problems.flatMap((text) => text.split('\n').filter((line) => line.startsWith('/')));
  const unformatted = [...new Set(files)].map(
    (file) => `${relative('.', file)}: is not formatted; run "npm run format"`,
  );
  return { problems: unformatted.length > 0 ? unformatted : problems };
}

/** Rust may be installed without this component, which is a reason to say so and to go on. */
async function withoutComponent(component: 'fmt' | 'clippy', strict: boolean): Promise<Outcome | undefined> {
  const { code } = await runCommand(['cargo', component, '--version']);
  if (code === 0) return undefined;
  const missing = `cargo ${component} is missing; run "rustup component add ${component === 'fmt' ? 'rustfmt' : component}"`;
  return strict ? { problems: [missing] } : { problems: [], skipped: missing };
}

async function clippy(
  rust: Rust,
  { workspace, strict, tell }: { workspace: string; strict: boolean; tell: Tell },
): Promise<Outcome> {
  const missing = await withoutComponent('clippy', strict);
  if (missing !== undefined) return missing;
  const total = await countPackages(rust, [...inWorkspace(workspace), '--workspace']);
  const command = [
    'cargo',
    'clippy',
    ...inWorkspace(workspace),
    '--workspace',
    '--all-targets',
    '--release',
    '--locked',
    '--target',
    rust.triple,
    COUNTED,
    '--',
    '-D',
    'warnings',
  ] as const;
  const { code, output } = await runCounted([...command], { total, tell });
  return { problems: code === 0 ? [] : [explainCargo(output)] };
}

/** `src` has been compiled by the build; what is left is everything that uses it, and the code of browsers. */
async function types(): Promise<Outcome> {
  const clients = readdirSync('src').map((room) => `src/${room}/client/tsconfig.json`);
  const projects = ['tsconfig.check.json', ...clients.filter((project) => existsSync(project))];
  const outcomes = await Promise.all(
    projects.map((project) => tool(`tsc -p ${project}`, ['node_modules/.bin/tsc', '-p', project])),
  );
  return { problems: outcomes.flatMap(({ problems }) => problems) };
}
