// Whether this process can look at its own memory, as the views of memory want a worker to.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import { openMemoryViewer } from '../../profile/index.js';
import type { Usable } from './engine.js';

let tried: Promise<Usable> | undefined;

/** Reads what is resident, and compares a snapshot of V8's heap with itself; once for all views, in half a second. */
export function probeMemoryViews(): Promise<Usable> {
  tried ??= tryViews();
  return tried;
}

async function tryViews(): Promise<Usable> {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-probe-'));
  try {
    const viewer = openMemoryViewer(folder);
    await viewer.look(1);
    const snapshot = join(folder, 'memory.1.heapsnapshot');
    await engine().compareHeaps([snapshot, snapshot]);
    return { found: `built into forgebench and Node.js ${process.versions.node}` };
  } catch (error) {
    return { trouble: (error as Error).message.split('\n')[0] as string, fix: 'npm run setup' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
