// A full garbage collection on demand, so that what is counted or timed begins with a clean heap.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Collects all garbage, whether or not the process was started with `--expose-gc`. */
export function collectGarbage(): void {
  collect ??= global.gc ?? findCollector();
  collect();
}

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return found;
}
