// The project's own checks find what is planted for them, and find nothing in a tree that keeps the rules.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cargoEnvironment, explainCargo, ignoredFlags } from '../../scripts/build/cargo.js';
import { dependencyNames, listCrates, listWorkspaces, withLocalDependencies } from '../../scripts/build/crates.js';
import { judgeSkipped, sumUp } from '../../scripts/check/outcome.js';
import { readRustTests } from '../../scripts/check/rust-tests.js';
import { readVitest } from '../../scripts/check/vitest.js';
import { checkDocs } from '../../scripts/check-docs.js';
import { checkRooms } from '../../scripts/check-rooms.js';
import { checkSizes } from '../../scripts/check-sizes.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forgebench-checks-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function plant(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('the check of rooms', () => {
  it('accepts lower ranks through their doors, and the wire in definitions', () => {
    plant({
      'src/cli/main.ts': "import { plan } from '../plan/index.js';\nimport ts from 'typescript';\nimport './local.js';",
      'src/definition/benchmark.ts': "import type { Parameters } from '../samples/index.js';",
      'src/native/engine.ts':
        "import type * as engine from '../../native/engine-addon/index.js';\nprocess.dlopen(module, file);",
    });
    expect(checkRooms(root)).toEqual([]);
  });

  it('finds an import of a higher rank, also of types and when it is dynamic', () => {
    plant({
      'src/units/a.ts': "// Units.\nimport type { Plan } from '../plan/index.js';",
      'src/plan/b.ts': "export const later = () => import('../cli/index.js');",
      'src/samples/c.ts': "export { x } from '../definition/index.js';",
    });
    expect(checkRooms(root)).toEqual([
      'src/plan/b.ts:1: plan (rank 5) imports cli (rank 12)',
      'src/samples/c.ts:1: samples (rank 3) imports definition (rank 4)',
      'src/units/a.ts:2: units (rank 0) imports plan (rank 5)',
    ]);
  });

  it('finds a way past the door, out of the house, and into an unknown room', () => {
    plant({
      'src/cli/a.ts': "import { x } from '../plan/plan.js';",
      'src/cli/b.ts': "import { x } from '../../scripts/build.js';",
      'src/attic/c.ts': '',
    });
    expect(checkRooms(root)).toEqual([
      'src/attic/c.ts: no room of this name has a rank; add it to scripts/check-rooms.ts',
      'src/cli/a.ts:1: imports src/plan/plan.js; the only door of plan is src/plan/index.js',
      'src/cli/b.ts:1: imports scripts/build.js, which is outside src',
    ]);
  });

  it('lets programs of browsers through the door that is for them, and nobody else', () => {
    plant({
      'src/report/client/index.ts': '// The door for programs of browsers.',
      'src/dashboard/client/a.ts': "import { x } from '../../report/client/index.js';",
      'src/dashboard/client/b.ts': "import { x } from '../../report/client/parts/x.js';",
      'src/dashboard/c.ts': "import { x } from '../report/client/index.js';",
      'src/report/client/d.ts': "import { x } from '../../dashboard/client/index.js';",
    });
    expect(checkRooms(root)).toEqual([
      'src/dashboard/c.ts:1: imports src/report/client/index.js; the only door of report is src/report/index.js',
      'src/dashboard/client/b.ts:1: imports src/report/client/parts/x.js; the only door of report is src/report/index.js or src/report/client/index.js',
      'src/report/client/d.ts:1: report (rank 9) imports dashboard (rank 10)',
    ]);
  });

  it('finds addons opened outside src/native, and N-API outside border and addons', () => {
    plant({
      'src/worker/a.ts': 'process.dlopen(module, file);',
      'native/measure/Cargo.toml':
        '[package]\nname = "forgebench-measure"\n[dependencies]\nnapi-derive = "3"\nserde = "1"\n',
      'native/border/Cargo.toml': '[package]\nname = "forgebench-border"\n[dependencies]\nnapi = "3"\n',
      'native/addon/Cargo.toml':
        '[package]\nname = "forgebench-addon"\n[dependencies]\nforgebench-border = { path = "../border" }\n',
      'native/addon/package.json': '{ "napi": { "binaryName": "forgebench-x" } }',
      'native/symbols/Cargo.toml':
        '[package]\nname = "forgebench-symbols"\n[dependencies]\nforgebench-border = { path = "../border" }\n',
    });
    expect(checkRooms(root)).toEqual([
      'src/worker/a.ts:1: an addon is opened outside src/native',
      'native/measure/Cargo.toml: depends on napi-derive, which only the border and addons may',
      'native/symbols/Cargo.toml: depends on forgebench-border, which only the border and addons may',
    ]);
  });

  it('finds functions and tasks of addons whose panic would end the process', () => {
    plant({
      'native/border/src/tasks.rs': 'impl<T> Task for WorkTask<T> {',
      'native/addon/src/lib.rs':
        'use napi_derive::napi;\nuse forgebench_border_attribute::napi;\nimpl Task for Reading {',
    });
    expect(checkRooms(root)).toEqual([
      'native/addon/src/lib.rs:1: a function of napi-derive ends the process where it panics; use the attribute of forgebench-border-attribute',
      'native/addon/src/lib.rs:3: a task of its own ends the process where it panics; use work_task',
    ]);
  });
});

describe('the check of docs', () => {
  it('finds a file without purpose, an export without comment, logic in a door and a dead link', () => {
    plant({
      'src/units/index.ts': "// The only door.\nexport { format } from './format.js';\nexport * from './parse.js';\n",
      'src/units/format.ts': 'export function format(): void {}\n/** Documented. */\nexport interface Unit {}\n',
      'native/measure/src/lib.rs': 'mod clock;\n',
      'README.md':
        '# Title\n[a](GUIDE.md) [b](#title) [c](#none) [d](https://example.org) [e](src/units/format.ts) `[f](code.md)`\n',
    });
    expect(checkDocs(root)).toEqual([
      'src/units/format.ts: opens without a comment that says what it is for',
      'native/measure/src/lib.rs: opens without a comment that says what it is for',
      'src/units/format.ts:1: format is exported without a doc comment',
      'src/units/index.ts:3: a door holds nothing but lists of names, "export { a, b } from \'./file.js\'"',
      'README.md: the link to GUIDE.md leads nowhere',
      'README.md: the link to #none leads nowhere',
    ]);
  });
});

describe('the check of sizes', () => {
  const lines = (count: number, line: string): string => `${line}\n`.repeat(count);

  it('finds long files and functions in both languages', () => {
    plant({
      'src/units/long.ts': `// Units.\n${lines(300, '')}export {};\n`,
      'src/units/function.ts': `// Units.\nfunction f() {\n${lines(49, '  g();')}}\n`,
      'native/measure/src/lib.rs': `//! .\nimpl A {\n    pub(crate) fn f(\n        a: u32,\n    ) {\n${lines(50, '        g();')}    }\n    fn short() {}\n}\n`,
    });
    expect(checkSizes(root)).toEqual([
      'src/units/long.ts: 302 lines; split it, or say in its opening comment why it stays whole',
      'src/units/function.ts:2: a function of 51 lines; split it, or say in a comment before it why it stays whole',
      'native/measure/src/lib.rs:3: a function of 54 lines; split it, or say in a comment before it why it stays whole',
    ]);
  });

  it('accepts what says why it stays whole, and tests of any shape', () => {
    plant({
      'src/units/long.ts': `// Units. This file stays whole because it is one table.\n${lines(300, '')}`,
      'src/units/function.ts': `// Units.\n// It stays whole, because its steps share all they have.\nfunction f() {\n${lines(60, '')}}\n`,
      'native/measure/src/lib.rs': `//! .\n/// It stays whole.\n#[inline]\nfn f() {\n${lines(60, '')}}\n`,
      'test/units/a.test.ts': `// Tests.\ndescribe('x', () => {\n${lines(100, '')}});\n`,
    });
    expect(checkSizes(root)).toEqual([]);
  });
});

describe('the crates', () => {
  it('are found with the crates that they are built from', () => {
    plant({
      'native/a/Cargo.toml':
        '[package]\nname = "a"\n[dependencies]\nb = { path = "../b" }\n[dev-dependencies]\nserde.workspace = true\n',
      'native/b/Cargo.toml': '[package]\nname = "b"\n[dependencies.c]\npath = "../c"\n',
      'native/c/Cargo.toml': '[package]\nname = "c"\n',
      'native/d/Cargo.toml': '[package]\nname = "d"\n',
    });
    const crates = listCrates(root);
    const [a] = crates;
    if (a === undefined) throw new Error('no crate was found');
    expect(withLocalDependencies(a, crates)).toEqual(['native/a', 'native/b', 'native/c']);
    expect(dependencyNames(a.manifest)).toEqual(['b', 'serde']);
  });

  it('are built without inherited flags', () => {
    const environment = {
      RUSTFLAGS: '-O',
      CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS: '-g',
      RUST_BACKTRACE: '1',
      HOME: '/h',
    };
    expect(ignoredFlags(environment)).toEqual(['RUSTFLAGS', 'CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS']);
    expect(cargoEnvironment(environment)).toMatchObject({ HOME: '/h', RUST_BACKTRACE: '0' });
    expect(cargoEnvironment(environment)).not.toHaveProperty('RUSTFLAGS');
  });

  it('that cannot be fetched are explained by the network', () => {
    expect(explainCargo('   Compiling a v1.0.0\nerror: failed to download `b`')).toBe(
      'the registry of crates does not answer; check the network, then repeat the command\nerror: failed to download `b`',
    );
  });
});

describe('the verdict', () => {
  it('sums tests, counts a failed step as a failed test, and wants at least one test', () => {
    const tests = { passed: 3, failed: 0, skipped: 1 };
    expect(sumUp([{ problems: [], tests }, { problems: ['x', 'y'] }])).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      exitCode: 1,
    });
    expect(
      sumUp([
        { problems: [], tests },
        { problems: [], skipped: 'no git' },
      ]),
    ).toEqual({ passed: 3, failed: 0, skipped: 2, exitCode: 0 });
    expect(sumUp([{ problems: [] }]).exitCode).toBe(1);
  });

  it('lets nothing but hardware excuse a skipped test where everything can be installed', () => {
    expect(judgeSkipped(['perf: records', 'counters [hardware]: count'], true)).toHaveLength(1);
    expect(judgeSkipped(['perf: records'], false)).toEqual([]);
  });

  it('reads the Rust tests', () => {
    const output =
      'running 2 tests\ntest a ... ok\ntest b ... ignored\n\ntest result: ok. 1 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured\n';
    expect(readRustTests(output, { code: 101, strict: false })).toMatchObject({
      tests: { passed: 3, failed: 3, skipped: 1 },
    });
    expect(readRustTests(output, { code: 0, strict: true }).problems[0]).toMatch(/^left out although CI=true: b;/);
  });

  it('reads the TypeScript tests, where a file that cannot be loaded is a failure', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'passed',
          assertionResults: [
            { fullName: 'a works', status: 'passed' },
            { fullName: 'b [hardware]', status: 'pending' },
          ],
        },
        { name: 'c.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
      ],
    };
    expect(readVitest(report, true)).toEqual({
      problems: ['c.test.ts: SyntaxError'],
      tests: { passed: 1, failed: 1, skipped: 1 },
    });
  });
});

describe('the list of crates', () => {
  it('finds members of a workspace below native, which are built with its manifest and its lock file', () => {
    plant({
      'native/pure/Cargo.toml': '[package]\nname = "pure"\n',
      'native/apart/Cargo.toml': '[workspace]\nmembers = ["addon"]\n\n[package]\nname = "apart"\n',
      'native/apart/addon/Cargo.toml': '[package]\nname = "apart-addon"\n[dependencies]\napart = { path = ".." }\n',
    });
    const crates = listCrates(root);
    expect(crates.map(({ folder, workspace }) => [folder, workspace])).toEqual([
      ['native/apart', 'native/apart'],
      ['native/apart/addon', 'native/apart'],
      ['native/pure', '.'],
    ]);
    expect(listWorkspaces(crates)).toEqual(['.', 'native/apart']);
    const addon = crates[1] as (typeof crates)[number];
    expect(withLocalDependencies(addon, crates)).toEqual(['native/apart', 'native/apart/addon']);
  });
});
