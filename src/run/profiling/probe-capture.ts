// Whether a profiler inside a worker works, found by starting it in this process for a moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCapture } from '../../profile/index.js';
import type { Usable } from './engine.js';

/** Starts, stops and writes the capture. */
export async function probeCapture(
  name: string,
  {
    found = `built into Node.js ${process.versions.node}`,
    fix = 'use a Node.js that was built with its inspector',
  } = {},
): Promise<Usable> {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-probe-'));
  try {
    const capture = openCapture(name);
    const startNs = Number(process.hrtime.bigint());
    await capture.start();
    await capture.stop({ startNs, endNs: Number(process.hrtime.bigint()) });
    await capture.write(folder);
    return { found };
  } catch (error) {
    return { trouble: (error as Error).message.split('\n')[0] as string, fix };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
