// Runs tests of unsafe code under Miri, an interpreter that knows what no Rust program may do.
import { runCommand } from './setup/command.mjs';

const HELP = `Usage: npm run miri

Runs the tests of unsafe code that calls no C under Miri: what histograms do with many counts, with instructions for AVX2 and
without; the loops that measure; the log of the sampler and its image of a stack. It takes minutes. It needs Miri:

  rustup toolchain install nightly --profile minimal --component miri --component rust-src
`;

/** Tests of a crate, with the flags of the compiler that choose the code. */
interface Subject {
  name: string;
  /** The crate, without the name of the project. */
  crate: string;
  /** Beginnings of names of tests. */
  tests: readonly string[];
  rustFlags?: string;
  miriFlags?: string;
}

const HISTOGRAMS = {
  crate: 'histogram',
  // Not `zlib` and `shared::encoded`, which call libdeflater, written in C.
  tests: ['batch::', 'shared::combine', 'shared::cumulate', 'shared::moments', 'shared::rank_test', 'shared::tests'],
};

/**
 * What is left out calls what Miri does not know. `engine-addon` and `border` call Node.js, which loads them; `symbols` maps a
 * file; `sampler` sets timers, catches signals and reads registers by machine code; `measure` counts the allocator's calls,
 * starts processes, pins cores and talks to valgrind. memcheck sees the runners of all that (native/README.md).
 */
const SUBJECTS: readonly Subject[] = [
  { name: 'histograms', ...HISTOGRAMS },
  { name: 'histograms, AVX2', ...HISTOGRAMS, rustFlags: '-C target-feature=+avx2' },
  { name: 'loops that measure', crate: 'measure', tests: ['case::'] },
  // Addresses of a stack come from registers, so that a pointer is made of a number.
  {
    name: 'log and stack image',
    crate: 'sampler',
    tests: ['log::', 'image::'],
    miriFlags: '-Zmiri-permissive-provenance',
  },
];

/** Few, because an interpreter takes ten seconds for each; `npm test` tries hundreds. */
const PROPERTY_CASES = '4';

/**
 * Runs all subjects, also after one has failed.
 *
 * @returns The exit code: 0 nothing found, 1 something, 2 Miri is not there or wrong usage.
 */
export async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write(HELP);
    return args.includes('--help') || args.includes('-h') ? 0 : 2;
  }
  const { code } = await runCommand(['cargo', '+nightly', 'miri', '--version']);
  if (code !== 0) {
    process.stderr.write(`Cannot look for undefined behaviour: Miri is not installed\n\n${HELP}`);
    return 2;
  }
  let failures = 0;
  for (const subject of SUBJECTS) if (!(await isSound(subject))) failures += 1;
  return failures === 0 ? 0 : 1;
}

async function isSound({ name, crate, tests, rustFlags = '', miriFlags = '' }: Subject): Promise<boolean> {
  process.stdout.write(`${name}: `);
  const env = {
    ...process.env,
    RUSTFLAGS: rustFlags,
    PROPTEST_CASES: PROPERTY_CASES,
    // proptest asks for the working folder.
    MIRIFLAGS: `-Zmiri-disable-isolation ${miriFlags}`,
    CARGO_TARGET_DIR: 'target/miri',
  };
  const test = [
    'cargo',
    '+nightly',
    'miri',
    'test',
    '--locked',
    '-p',
    `forgebench-${crate}`,
    '--lib',
    '--',
    ...tests,
  ] as const;
  const { code, output } = await runCommand([...test], { env });
  const passed = Number(/^test result: ok\. (\d+) passed/m.exec(output)?.[1] ?? 0);
  const sound = code === 0 && passed > 0;
  process.stdout.write(sound ? `${passed} passed\n` : `failed\n${output}\n`);
  return sound;
}
