// `forgebench releases`: newer releases of the crates under test, measured beside those that are pinned.
import { readGithubContext } from '../../ci/index.js';
import { DEFAULT_COMPARE_OPTIONS } from '../../compare/index.js';
import type { ReleasesReport } from '../../report/index.js';
import { type NewRelease, newReleases } from '../../versions/index.js';
import { attempt } from '../attempt.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { EXIT, exitCodeOfVersions } from '../exit-code.js';
import { pagesFrom } from '../explanation-pages.js';
import { abortOnInterrupt } from '../interrupt.js';
import { measureVersions, type Preparation, pairUp, prepareVersions, type VersionsFlags } from '../measure-versions.js';
import type { OpenedVersion } from '../open-version.js';
import { tellReleases } from '../tell-releases.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench releases`. */
export interface ReleasesFlags extends VersionsFlags, ComparisonFlags {
  /** The folder of files. */
  files: string;
  /** Whether an issue of the repository is kept, in a workflow of GitHub Actions. */
  issue?: boolean;
  /** Address of a sparse index of cargo's. */
  index: string;
  /** Whether a slower case, or one that cannot be built, fails. */
  gate?: boolean;
}

/** Looks for releases, measures them and tells what came of it; returns the exit code. */
export async function releases(selects: string[], flags: ReleasesFlags): Promise<number> {
  // Before anything is measured that could not be told.
  const context = flags.issue ? readGithubContext(process.env) : null;
  const found = await newReleases(flags.index);
  const signal = abortOnInterrupt();
  const { report, exitCode, folders } =
    found.length === 0
      ? { report: { releases: [], drift: [], comparison: null }, exitCode: EXIT.well, folders: [] }
      : await measure(found, selects, { flags, signal });
  if (signal.aborted) return EXIT.interrupted;
  await tellReleases(report, folders, { files: flags.files, json: flags.json, context });
  const drifted = report.drift.length > 0 && exitCode === EXIT.well ? EXIT.gate : exitCode;
  return drifted === EXIT.gate && !flags.gate ? EXIT.well : drifted;
}

interface Measured {
  report: ReleasesReport;
  exitCode: number;
  /** Folders with pages of explanations. */
  folders: readonly string[];
}

async function measure(
  found: readonly NewRelease[],
  selects: readonly string[],
  { flags, signal }: { flags: ReleasesFlags; signal: AbortSignal },
): Promise<Measured> {
  const options = {
    ...DEFAULT_COMPARE_OPTIONS,
    ...readComparisonOptions(flags),
    settling: flags.settle ?? false,
  };
  process.stderr.write(`Found ${found.map(({ crate, newest }) => `${crate} ${newest}`).join(', ')}\n`);
  const preparation = await prepareVersions(selects, flags);
  const specOf = (which: 'pinned' | 'newest') => found.map((each) => `${each.crate}@${each[which]}`).join(',');
  // What is new comes first: where none of it can be built, nothing else has to be.
  const head = await attempt(() => preparation.open(specOf('newest')));
  if ('reason' in head) return drifted(found, [{ what: 'all of them', reason: head.reason }]);
  const drift = driftOf(head.value, preparation);
  if (head.value.selections.length === 0 && drift.length > 0) return drifted(found, drift);

  const base = await preparation.open(specOf('pinned'));
  const pairs = pairUp(base, head.value);
  if (pairs.length === 0 && drift.length > 0) return drifted(found, drift);
  if (pairs.length === 0)
    throw new UsageError('Cannot compare releases: no case that was asked for is one over crates; select others');
  const versions = { base, head: head.value, pairs };
  const { records, comparison, folder } = await measureVersions(preparation, versions, { options, signal });
  return {
    report: { releases: found, drift, comparison: pagesFrom(folder, comparison) },
    exitCode: exitCodeOfVersions(records, comparison, options.tolerance),
    folders: [folder],
  };
}

function drifted(releases: readonly NewRelease[], drift: ReleasesReport['drift']): Measured {
  return { report: { releases, drift, comparison: null }, exitCode: EXIT.well, folders: [] };
}

/** What cannot be built. A benchmark that is left out by its name is so in every version, of compile time for instance. */
function driftOf({ leftOut }: OpenedVersion, { project }: Preparation): ReleasesReport['drift'] {
  const benchmarks = new Set(project.benchmarks.map(({ id }) => id));
  return leftOut.filter(({ what }) => !benchmarks.has(what));
}
