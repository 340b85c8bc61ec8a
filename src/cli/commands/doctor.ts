// `forgebench doctor`: what this machine can and cannot measure, and how to fix it.
import { type Probe, probeEngines, probeMachine } from '../../run/index.js';
import { EXIT } from '../exit-code.js';
import { outputWidth } from '../terminal.js';

const MARKS: Readonly<Record<Probe['status'], string>> = { ok: '✓', limited: '!', missing: '✗' };
/** Columns of mark and name. */
const INDENT = 30;

/** Prints what was found; the exit code is 0, because a machine that cannot do all is no failure. */
export async function doctor(flags: { json?: boolean }): Promise<number> {
  const probes = [...probeMachine(), ...(await probeEngines())];
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(probes, null, 2)}\n`);
    return EXIT.well;
  }
  const width = Math.max(40, outputWidth() - INDENT - 1);
  for (const probe of probes) process.stdout.write(`${describe(probe, width)}\n`);
  const lacking = probes.filter(({ status }) => status !== 'ok').length;
  process.stdout.write(
    lacking === 0
      ? 'This machine can measure everything.\n'
      : `${probes.length - lacking} of ${probes.length} as they should be.\n`,
  );
  return EXIT.well;
}

/** What was found; what it is for and how to mend it where it is not as it should be. */
function describe({ name, status, found, purpose, fix }: Probe, width: number): string {
  const paragraphs = status === 'ok' ? [found] : [found, `for ${purpose}`, ...(fix === undefined ? [] : [`→ ${fix}`])];
  const [first = '', ...rest] = paragraphs.flatMap((text) => wrap(text, width));
  return [`${MARKS[status]} ${name.padEnd(INDENT - 2)}${first}`, ...rest.map((line) => ' '.repeat(INDENT) + line)].join(
    '\n',
  );
}

/** Breaks a text between words. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
