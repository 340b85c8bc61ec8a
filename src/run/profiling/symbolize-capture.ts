// A capture of another machine with the symbols of this one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import { graphViews, mapSources, modelViews, type Profile, parseProfile, writeViews } from '../../profile/index.js';
import { formatCount } from '../../units/index.js';
import { CAPTURE_FILE, type Captured, captured, RECORDING } from './captured.js';
import { type FoundSymbols, findSymbols } from './find-symbols.js';
import { capturedWith } from './perf-recording.js';
import { profileFacts } from './profile-facts.js';

/** What to read a capture with, and where its files go. */
export interface SymbolizeOptions {
  /** Folder with unstripped files or files of symbols. */
  symbols: string;
  output: string;
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders: readonly string[];
  /** The browser program of flame graphs. */
  flameClient: { script: string; style: string };
}

/** What came of it. */
export interface Symbolized {
  caseId: string;
  /** Paths by kind: `flame`, `folded`, `speedscope`, `profile`, `hotspots`. */
  files: Record<string, string>;
  samples: number;
  /** Files of the target, and what names their code. */
  symbols: FoundSymbols[];
}

/**
 * Unwinds a capture with the target's own files and names its frames from files of the same builds; writes `flame.html`,
 * `stacks.folded`, `speedscope.json`, `profile.json` and `hotspots.md`.
 *
 * @throws Error where it is no capture, of another architecture, or symbols are of another build
 */
export async function symbolizeCapture(folder: string, options: SymbolizeOptions): Promise<Symbolized> {
  const description = read(folder);
  if (description.architecture !== process.arch)
    throw new Error(
      `Cannot read "${folder}": it was recorded on ${description.architecture}, and stacks are unwound on the same architecture; run symbolize on such a machine`,
    );
  if (!existsSync(options.symbols))
    throw new Error(
      `Cannot read symbols from "${options.symbols}": it does not exist; name a folder with unstripped files`,
    );
  const symbols = findSymbols(description.files, {
    folder: options.symbols,
    buildIdOf: (file) => engine().buildId(file) ?? undefined,
  });
  const profile = await fold(folder, { description, symbols, ownFolders: options.ownFolders });
  const files = write(profile, description, options);
  return { caseId: description.caseId, files, samples: profileFacts(profile).samples, symbols };
}

function read(folder: string): Captured {
  try {
    return captured.parse(JSON.parse(readFileSync(join(folder, CAPTURE_FILE), 'utf8')));
  } catch (error) {
    throw new Error(
      `Cannot read the capture "${folder}": ${(error as Error).message.split('\n')[0]}; make one with "forgebench profile CASE --with capture"`,
      { cause: error },
    );
  }
}

async function fold(
  folder: string,
  given: { description: Captured; symbols: readonly FoundSymbols[]; ownFolders: readonly string[] },
): Promise<Profile> {
  const { description, symbols, ownFolders } = given;
  const named = new Map(symbols.map((each) => [each.path, each.symbols]));
  const files = description.files.map(({ path, copy }) => {
    const file = named.get(path);
    return { path, binary: join(folder, copy), ...(file !== undefined && { symbols: file }) };
  });
  const { startNs, endNs, operations } = description;
  const options = { startNs, endNs, ownFolders: [...ownFolders], perfMaps: folder, files };
  const profile = parseProfile(await engine().foldPerf(join(folder, RECORDING), options));
  return mapSources({ ...profile, ...(operations > 0 && { operations }), capture: capturedWith({ kernel: false }) });
}

function write(
  profile: Profile,
  { caseId, recordedAt, node }: Captured,
  options: SymbolizeOptions,
): Record<string, string> {
  const page = {
    title: caseId,
    subtitle: [
      `perf on another machine, ${recordedAt}, Node ${node} · ${formatCount(profileFacts(profile).samples)} samples`,
    ],
    note: 'Time inside the kernel was not recorded.',
    client: options.flameClient,
  };
  const views = { ...graphViews(profile, page), ...modelViews(profile, caseId) };
  const names = writeViews(options.output, views);
  return Object.fromEntries(Object.entries(names).map(([kind, name]) => [kind, join(options.output, name)]));
}
