// `forgebench symbolize`: a recording of target hardware with the symbols that are at home.
import { relative, resolve } from 'node:path';
import { symbolizeCapture } from '../../run/index.js';
import { formatCount } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { checkOutputFolder } from '../output.js';
import { PROGRAM_FOLDER, pageAssets } from '../page-assets.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench symbolize`. */
export interface SymbolizeFlags {
  symbols: string;
  output?: string;
  json?: boolean;
}

/** Names the frames of a capture. Returns the exit code: 4 where it holds no sample. */
export async function symbolize(capture: string, flags: SymbolizeFlags): Promise<number> {
  const output = checkOutputFolder(resolve(flags.output ?? capture));
  const result = await refuse(() =>
    symbolizeCapture(resolve(capture), {
      symbols: resolve(flags.symbols),
      output,
      ownFolders: [PROGRAM_FOLDER],
      flameClient: pageAssets('flame'),
    }),
  );
  if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    const lines = result.symbols.map(({ path, symbols }) => `  ${path}: ${symbols ?? 'as recorded'}`);
    process.stdout.write(`${result.caseId}: ${formatCount(result.samples)} samples\n${lines.join('\n')}\n`);
    process.stdout.write(`Files: ${relative(process.cwd(), output) || '.'}\n`);
  }
  return result.samples === 0 ? EXIT.nothing : EXIT.well;
}

/** What cannot be read is wrong input, not a defect of this program. */
async function refuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
