// Commands and JavaScript that misbehave: each is reported as itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject();
afterAll(() => project.remove());

/** Name, reason and sentence of each, and the workload. */
const MODULES: [string, string, RegExp, string][] = [
  ['good', '', /./, 'export const good = () => ({ run: () => 1, verify() {} });'],
  [
    'throw-text',
    'error',
    /^The workload threw no tree$/,
    "export const w = () => ({ run() { throw 'no tree' }, verify() {} });",
  ],
  [
    'reject',
    'error',
    /^TypeError: no tree at .*reject\.mjs:1:\d+\)?$/,
    "export const w = () => ({ async run() { throw new TypeError('no tree') }, verify() {} });",
  ],
  [
    'wrong',
    'wrong-answer',
    /^Wrong answer: it is 1$/,
    "export const w = () => ({ run: () => 1, verify(n) { throw new Error('it is ' + n) } });",
  ],
  [
    'never',
    'error',
    /^The workload returned a promise that nothing will ever settle/,
    'export const w = () => ({ run: () => new Promise(() => {}), verify() {} });',
  ],
  [
    'wait',
    'timeout',
    /^No answer within 1 s/,
    'export const w = () => ({ run: () => new Promise((done) => setTimeout(done, 1e8)), verify() {} });',
  ],
  ['spin', 'timeout', /^No answer within 1 s/, 'export const w = () => ({ run() { for (;;); }, verify() {} });'],
  [
    'exit',
    'crash',
    /^The process ended with exit code 5 and without an outcome$/,
    'export const w = () => ({ run() { process.exit(5) }, verify() {} });',
  ],
  [
    'uncaught',
    'crash',
    /^An error that nobody caught ended the process: Error: late$/,
    "export const w = () => ({ run: () => new Promise(() => setTimeout(() => { throw new Error('late') })), verify() {} });",
  ],
  [
    'abort',
    'crash',
    /^The process aborted \(SIGABRT\)/,
    'export const w = () => ({ run() { process.abort() }, verify() {} });',
  ],
  [
    'wire',
    'protocol',
    /^The process wrote something that is no outcome$/,
    "import { writeSync } from 'node:fs'; export const w = () => ({ run() { writeSync(3, 'hello'); process.exit(0) }, verify() {} });",
  ],
  [
    'syntax',
    'setup',
    /^Cannot import .*syntax\.mjs: SyntaxError: .*; "node --check FILE" shows the line$/,
    '\nexport const w = (;',
  ],
  [
    'no-export',
    'setup',
    /^Cannot find the export "w" in .*no-export\.mjs: its exports are other$/,
    'export const other = 1;',
  ],
  [
    'no-verify',
    'setup',
    /must return an object with "run" and "verify"; it has no "verify"$/,
    'export const w = () => ({ run: () => 1 });',
  ],
  [
    'setup',
    'setup',
    /^Cannot set up "w" of .*setup\.mjs: Error: no document at w \(file:.*setup\.mjs:1:\d+\)$/,
    "export function w() { throw new Error('no document') }",
  ],
];
const COMMANDS: [string, string, RegExp, string[]][] = [
  ['true', '', /./, ['true']],
  ['missing', 'setup', /Cannot start "no-such-program-here".*check its name/, ['no-such-program-here']],
  ['false', 'wrong-answer', /"false" exited with 1, expected 0; run it in /, ['false']],
  ['killed', 'wrong-answer', /was ended by signal 9, expected 0; run it in /, ['sh', '-c', 'kill -9 $$']],
  ['sleep', 'timeout', /^No answer within 1 s/, ['sleep', '98764']],
  ['noise', '', /./, ['sh', '-c', 'head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2']],
];

let finished: Finished;
let run: RunRecord;

beforeAll(async () => {
  const spec = "why: 'Is a workload that misbehaves told as what it is?', operation: 'one call', category: 'micro'";
  const modules = MODULES.map(
    ([name]) =>
      `modules.benchmark('${name}', { ${spec}, module: { file: './${name}.mjs', export: '${name === 'good' ? name : 'w'}' } });`,
  );
  const commands = COMMANDS.map(
    ([name, , , words]) => `commands.benchmark('${name}', { ${spec}, command: { run: ${JSON.stringify(words)} } });`,
  );
  plant(project.folder, {
    'forgebench.config.ts':
      "export default { launches: 2, memoryLaunches: 0, samples: 3, warmUp: '5ms', measure: '20ms', timeout: '1s' };",
    'benches/others.bench.ts': `import { suite } from 'forgebench';\nconst modules = suite('module');\nconst commands = suite('command');\n${[...modules, ...commands].join('\n')}\n`,
    ...Object.fromEntries(MODULES.map(([name, , , code]) => [`benches/${name}.mjs`, code])),
  });
  finished = await forgebench(['run', '--json', '--seed', '1'], project.folder);
  run = JSON.parse(finished.stdout) as RunRecord;
}, 180_000);

/** Expects that both launches of a case failed like this, or none where there is no reason. */
function expectFailures(caseId: string, reason: string, message: RegExp): void {
  const failures = run.failures.filter((failure) => failure.caseId === caseId);
  expect(failures).toHaveLength(reason === '' ? 0 : 2);
  for (const { failure } of failures) {
    expect(failure.message).toMatch(message);
    expect(failure.reason).toBe(reason);
  }
  const summary = run.summaries.find((each) => each.caseId === caseId);
  expect(summary?.launches).toMatchObject(reason === '' ? { time: 2, failed: 0 } : { time: 0, failed: 2 });
}

describe('a module', () => {
  it.each(MODULES)('"%s" is reported as "%s"', (name, reason, message) => {
    expectFailures(`module/${name}`, reason, message);
  });
});

describe('a command', () => {
  it.each(COMMANDS)('"%s" is reported as "%s"', (name, reason, message) => {
    expectFailures(`command/${name}`, reason, message);
  });
});

describe('the run', () => {
  it('ends with exit code 3, because benchmarks failed', () => {
    expect(finished.code).toBe(3);
    expect(run.status).toBe('finished');
  });
});
