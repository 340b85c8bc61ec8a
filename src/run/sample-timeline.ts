// The time line of a launch: what its process and the processes that it started use, read from outside ten times a
// second. Nothing runs inside the launch for it.
import { engine } from '../native/index.js';
import type { Timeline } from '../samples/index.js';

const EVERY_MS = 100;
/** Fewer points make no line. */
const FEWEST = 3;

interface Moment {
  ms: number;
  tree: ReturnType<ReturnType<typeof engine>['processTree']>;
}

/**
 * Samples a process until the returned function is called, which gives the time line, or nothing where the launch was
 * shorter than three points.
 *
 * @example
 * const stop = sampleTimeline(child.pid);
 * const timeline = stop();
 */
export function sampleTimeline(process: number): () => Timeline | undefined {
  const start = performance.now();
  const read = (): Moment => ({ ms: performance.now() - start, tree: engine().processTree(process) });
  let before = read();
  const timeline: Timeline = {
    atMs: [],
    cores: [],
    residentBytes: [],
    readBytes: [],
    writtenBytes: [],
    threads: [],
  };
  const timer = setInterval(() => {
    const now = read();
    // Whatever runs holds pages: these have ended, though perhaps nobody has asked for their exit codes yet.
    if (now.tree.residentBytes === 0) return;
    add(timeline, before, now);
    before = now;
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return timeline.atMs.length < FEWEST ? undefined : timeline;
  };
}

/** A child that has ended takes its counts with it; a stretch never counts below nothing. */
function add(timeline: Timeline, before: Moment, { ms, tree }: Moment): void {
  const since = (key: 'cpuNs' | 'readBytes' | 'writtenBytes') => Math.max(0, tree[key] - before.tree[key]);
  timeline.atMs.push(Math.round(ms));
  timeline.cores.push(Math.round((since('cpuNs') / (ms - before.ms) / 1e6) * 100) / 100);
  timeline.residentBytes.push(tree.residentBytes);
  timeline.readBytes.push(since('readBytes'));
  timeline.writtenBytes.push(since('writtenBytes'));
  timeline.threads.push(tree.threads);
}
