// Whether engines can use perf, and what to install or allow where they cannot.
import type { Usable } from './engine.js';
import { perfTrouble } from './perf-trouble.js';
import { tryProgram } from './try-program.js';

const INSTALL = 'apt-get install linux-perf util-linux (Debian), linux-tools-generic (Ubuntu), perf (Fedora, Arch)';
const ALLOW = 'sysctl kernel.perf_event_paranoid=2 (or lower), as root; in a container also --cap-add PERFMON';

/** Lets perf record for a moment; `without` says what becomes of the engine where it cannot. */
export async function probePerf(without: string): Promise<Usable> {
  const version = await tryProgram('perf', ['--version']);
  if (!version.ok) return { trouble: `perf is not installed (${version.output}); ${without}`, fix: INSTALL };
  const trouble = await perfTrouble();
  return trouble === undefined
    ? { found: version.output }
    : { trouble: `perf cannot record: ${trouble}; ${without}`, fix: ALLOW };
}
