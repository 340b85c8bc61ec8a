// `forgebench convert`: a profile of one format written into another.
import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PROFILE_FORMATS, type Profile, type ProfileFormatName, totalWeight } from '../../profile/index.js';
import { EXIT } from '../exit-code.js';
import { checkWritable } from '../output.js';
import { pageAssets } from '../page-assets.js';
import { parseFormats, readProfileFile } from '../profile-file.js';
import { UsageError } from '../usage-error.js';

/** Flags of the verb. */
export interface ConvertFlags {
  to: string;
  output?: string;
  unit?: string;
  title?: string;
  json?: boolean;
}

/** Reads a profile of any known format and writes another; returns the exit code. */
export async function convert(file: string, flags: ConvertFlags): Promise<number> {
  const [to, ...others] = parseFormats(flags.to) as [ProfileFormatName, ...ProfileFormatName[]];
  if (others.length > 0) throw new UsageError('Cannot convert into several formats at once: name one after --to');
  const output = flags.output ?? `${nameOf(file)}${PROFILE_FORMATS[to].ending}`;
  checkPlace(output, file, flags);
  const { format, profile } = readProfileFile(file, flags.unit);
  const title = flags.title ?? nameOf(file);
  const content = PROFILE_FORMATS[to].write(profile, { title, client: pageAssets('flame') });
  if (output === '-') process.stdout.write(content);
  else writeFileSync(output, content);
  const report = flags.json ? `${JSON.stringify(facts(profile, { from: format, to, output }))}\n` : undefined;
  if (report !== undefined) process.stdout.write(report);
  else if (output !== '-') process.stdout.write(`${format} read, ${to} written: ${output}\n`);
  for (const text of remarks(profile, { from: format, flags })) process.stderr.write(`${text}\n`);
  return EXIT.well;
}

function checkPlace(output: string, file: string, { json }: ConvertFlags): void {
  if (output === '-') {
    if (json) throw new UsageError('Cannot print both the profile and JSON about it: give --output a file');
    return;
  }
  if (resolve(output) === resolve(file))
    throw new UsageError(`Cannot write "${output}": it is the file to be read; choose another with --output`);
  checkWritable(resolve(output));
}

/** The file's name without what the formats end in. */
function nameOf(file: string): string {
  if (file === '-') return 'profile';
  const name = basename(file).replace(/\.(gz|json|txt)$/, '');
  return (
    name.replace(/\.(cpuprofile|heapprofile|pb|pprof|folded|speedscope|firefox|profile|html|md)$/, '') || 'profile'
  );
}

function facts(profile: Profile, names: { from: string; to: string; output: string }): object {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  return {
    ...names,
    engine: profile.engine,
    unit: profile.unit,
    weight: totalWeight(profile),
    samples: stacks.reduce((sum, { samples }) => sum + samples, 0),
    threads: profile.threads.length,
    functions: profile.frames.length,
  };
}

/** What a reader of the result should know. */
function remarks(profile: Profile, { from, flags }: { from: string; flags: ConvertFlags }): string[] {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  return [
    ...(profile.note === undefined ? [] : [profile.note]),
    ...(from === 'folded' && flags.unit === undefined
      ? ['Folded stacks do not say what they count: taken for samples; --unit nanoseconds says otherwise.']
      : []),
    ...(stacks.length === 0 ? ['The profile has no samples.'] : []),
  ];
}
