// Which engines this machine can use, each found by trying it.
import type { Probe } from '../probe.js';
import { ENGINES } from './engines.js';

/** Tries all engines at once; takes about a second on a quiet machine. */
export function probeEngines(): Promise<Probe[]> {
  return Promise.all(
    ENGINES.map(async ({ name, about, probe }): Promise<Probe> => {
      const named = { name: `engine ${name}`, purpose: about };
      const usable = await probe();
      if ('found' in usable) return { ...named, status: 'ok', found: usable.found };
      return { ...named, status: 'missing', found: usable.trouble, fix: usable.fix };
    }),
  );
}
