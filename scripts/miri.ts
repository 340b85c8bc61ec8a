// Runs tests of unsafe code under Miri, an interpreter that knows what no Rust program may do.
import { runCommand } from './setup/command.mjs';

const HELP = `Usage: npm run miri

Runs the tests of unsafe code that calls no C under Miri: batches of histograms, with instructions for AVX2 and without.
It takes minutes. It needs Miri:

  rustup toolchain install nightly --profile minimal --component miri --component rust-src
`;

/** Tests of a crate, with the flags of the compiler that choose the code. */
interface Subject {
  name: string;
  /** After `cargo miri test`. */
  args: readonly string[];
  rustFlags: string;
}

/**
 * What calls C, clocks of the processor or signals is beyond Miri, and so are crates over `measure`, which has a `getrandom` of
 * its own; memcheck sees them (native/README.md).
 */
const SUBJECTS: readonly Subject[] = ['', '-C target-feature=+avx2'].map((rustFlags) => ({
  name: `batches of histograms${rustFlags === '' ? '' : ', AVX2'}`,
  args: ['-p', 'forgebench-histogram', '--no-default-features', '--lib', '--', 'batch::'],
  rustFlags,
}));

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

async function isSound({ name, args, rustFlags }: Subject): Promise<boolean> {
  process.stdout.write(`${name}: `);
  const env = {
    ...process.env,
    RUSTFLAGS: rustFlags,
    PROPTEST_CASES: PROPERTY_CASES,
    // proptest asks for the working folder.
    MIRIFLAGS: '-Zmiri-disable-isolation',
    CARGO_TARGET_DIR: 'target/miri',
  };
  const { code, output } = await runCommand(['cargo', '+nightly', 'miri', 'test', '--locked', ...args], { env });
  const passed = Number(/^test result: ok\. (\d+) passed/m.exec(output)?.[1] ?? 0);
  const sound = code === 0 && passed > 0;
  process.stdout.write(sound ? `${passed} passed\n` : `failed\n${output}\n`);
  return sound;
}
