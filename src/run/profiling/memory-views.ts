// Views of memory: what the heap gained, what grows without end, and what the resident set is made of. One launch
// serves all three.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ACCOUNT_VERSION,
  accountFor,
  findLeaks,
  findNativeLeaks,
  HEAP_DIFFERENCE_VERSION,
  type HeapComparison,
  heapDifference,
  LEAKS_VERSION,
  MEMORY_WATCH,
  type MemoryWatch,
  WATCH_FILE,
} from '../../heap/index.js';
import { engine } from '../../native/index.js';
import type { EngineResult } from '../../profile/index.js';
import type { WorkloadReference } from '../../samples/index.js';
import { formatBytes, formatCount } from '../../units/index.js';
import { COUNTING } from '../run-plan.js';
import { readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { leakText, nativeLeakText } from './leak-text.js';
import { accountTable, differenceTable } from './memory-tables.js';
import { probeMemoryViews } from './probe-memory-views.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';
import { sourcePlaces } from './source-places.js';

const SNAPSHOTS = { before: 'heap-before.heapsnapshot', after: 'heap-after.heapsnapshot' };

const BLIND: Readonly<Record<WorkloadReference['kind'], string>> = {
  native: "Snapshots show V8's heap; of Rust's the counting allocator says how much, not who holds it.",
  module: "Snapshots show V8's heap; what addons and libraries hold outside it is in the account alone.",
  command: '',
};

/** What a launch left, and how its places are told. */
interface Seen {
  job: ProfileJob;
  watch: MemoryWatch;
  comparison: HeapComparison | undefined;
  places: ReturnType<typeof sourcePlaces>;
}

/** Writes `heapdiff.json` and two snapshots. */
export const heapdiff = memoryView('heapdiff', "what V8's heap gained, by constructor, source and who holds it");
/** Writes `leaks.json`. */
export const leaks = memoryView('leaks', 'what grows with the iterations, and which variable gathers it');
/** Writes `account.json`. */
export const account = memoryView('account', 'what the resident set is made of, and what nobody explains');

function memoryView(name: string, about: string): Engine {
  const reason = `${name} is not applicable: this case is a command, whose memory nobody sees from inside forgebench's worker; profile its functions as a module`;
  return {
    name,
    about,
    refuses: { command: reason },
    probe: probeMemoryViews,
    profile: async (job, options) => (await memoryViews([name], job, options))[0] as EngineResult,
  };
}

/** Any of the views, of one launch. */
export async function memoryViews(
  engines: readonly string[],
  job: ProfileJob,
  options: ProfileOptions,
): Promise<EngineResult[]> {
  await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, [MEMORY_WATCH], { ...options, cwd, ...COUNTING }));
  const watchFile = join(job.folder, WATCH_FILE);
  const watch = readBoundedJson(watchFile) as MemoryWatch;
  rmSync(watchFile);
  try {
    const comparison = engines.some((name) => name !== 'account') ? await compare(job, watch) : undefined;
    const seen = { job, watch, comparison, places: sourcePlaces(options) };
    return engines.map((name) => VIEWS[name]?.(seen) as EngineResult);
  } finally {
    for (const name of watch.snapshots) rmSync(join(job.folder, name), { force: true });
  }
}

const VIEWS: Readonly<Record<string, (seen: Seen) => EngineResult>> = {
  heapdiff: heapDiffResult,
  leaks: leaksResult,
  account: accountResult,
};

async function compare({ folder }: ProfileJob, { snapshots }: MemoryWatch): Promise<HeapComparison> {
  const files = snapshots.map((name) => join(folder, name));
  return JSON.parse(await engine().compareHeaps(files)) as HeapComparison;
}

function heapDiffResult({ job, watch, comparison, places }: Seen): EngineResult {
  const difference = heapDifference(comparison as HeapComparison, places);
  const [first, last] = [watch.iterations[0] as number, watch.iterations.at(-1) as number];
  const head = { version: HEAP_DIFFERENCE_VERSION, caseId: job.case.id, iterations: { before: first, after: last } };
  writeJson(job, 'heapdiff.json', { ...head, ...difference });
  renameSync(join(job.folder, watch.snapshots[0] as string), join(job.folder, SNAPSHOTS.before));
  renameSync(join(job.folder, watch.snapshots.at(-1) as string), join(job.folder, SNAPSHOTS.after));
  const gained = difference.total.after - difference.total.before;
  const sign = gained < 0 ? '−' : '+';
  return {
    engine: 'heapdiff',
    files: { heapdiff: 'heapdiff.json', ...SNAPSHOTS },
    finding: `V8's heap: ${sign}${formatBytes(Math.abs(gained))} between ${formatCount(first)} and ${formatCount(last)} iterations, of ${formatBytes(difference.total.after)}.`,
    table: differenceTable(difference),
    blind: BLIND[job.benchmark.workload.kind],
  };
}

function leaksResult({ job, watch, comparison, places }: Seen): EngineResult {
  const { iterations, allocator } = watch;
  const found = findLeaks(comparison as HeapComparison, { ...places, iterations });
  const nativeLeaks = allocator === null ? [] : findNativeLeaks(allocator);
  writeJson(job, 'leaks.json', { version: LEAKS_VERSION, caseId: job.case.id, iterations, leaks: found, nativeLeaks });
  const sentences = [...found.map(leakText), ...nativeLeaks.map(nativeLeakText)];
  return {
    engine: 'leaks',
    files: { leaks: 'leaks.json' },
    leaks: sentences,
    finding:
      sentences.length === 0
        ? `Nothing grows with the iterations (${iterations.map(formatCount).join(', ')}).`
        : sentences.join(' '),
    blind: BLIND[job.benchmark.workload.kind],
  };
}

function accountResult({ job, watch }: Seen): EngineResult {
  const { reading, allocator } = watch;
  const parts = accountFor(reading, allocator === null ? null : Math.max(0, allocator.liveBytes.at(-1) as number));
  writeJson(job, 'account.json', { version: ACCOUNT_VERSION, caseId: job.case.id, account: parts, reading, allocator });
  const share = Math.abs(parts.unexplained) / parts.resident;
  return {
    engine: 'account',
    files: { account: 'account.json' },
    finding: `Resident: ${formatBytes(parts.resident)}, ${(share * 100).toFixed(1)} % of it unexplained.`,
    table: accountTable(parts, reading),
  };
}

function writeJson({ folder }: ProfileJob, name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
