// A JavaScript case in stretches of as many iterations each, on one set-up, so that what grows can be told from what was
// made once.
import type { MemoryViewer } from '../profile/index.js';
import { nowNs } from './clock.js';
import type { ModuleCase } from './module-case.js';
import { openSpan } from './open-span.js';
import type { MemoryWatched, WatchMemoryOptions } from './runnable-workload.js';

/** Iterations of a stretch, at most: what each leaves stands out from V8's housekeeping, and snapshots stay small. */
const MOST_ITERATIONS = 2_000;

/** Runs the stretches; the first takes its share of the time or as many iterations as there may be, the others as many. */
export async function watchModuleMemory(
  open: ModuleCase,
  { durationNs, stretches }: WatchMemoryOptions,
  viewer: MemoryViewer,
): Promise<MemoryWatched> {
  const span = openSpan(open.operations);
  const each = await runStretch(open, { iterations: MOST_ITERATIONS, limitNs: durationNs / stretches });
  await viewer.look(each);
  for (let stretch = 2; stretch <= stretches; stretch++) {
    await runStretch(open, { iterations: each, limitNs: Number.POSITIVE_INFINITY });
    await viewer.look(each * stretch);
  }
  return { span: span.end(each * stretches), use: null };
}

/** Inputs of a batch stay alive until the next, so all batches are of one size: they must not seem to grow. */
async function runStretch(
  open: ModuleCase,
  { iterations, limitNs }: { iterations: number; limitNs: number },
): Promise<number> {
  const start = nowNs();
  let done = 0;
  while (done < iterations && (done === 0 || nowNs() - start < limitNs)) {
    await open.batch(open.concurrency);
    done += open.concurrency;
  }
  await open.forget();
  return done;
}
