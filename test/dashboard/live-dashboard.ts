// A dashboard over a filled store and a folder of runs that are under way.
import { expect } from 'vitest';
import { dashboard } from '../../src/dashboard/index.js';
import { fillStore } from './filled-store.js';
import { type LiveRuns, liveRuns } from './live-runs.js';

const PAGE = { script: 'void 0', style: 'main {}' };

/** A dashboard that answers. */
export interface LiveDashboard {
  url: string;
  runs: LiveRuns;
  /** Ends it, and expects that nothing went wrong in the meantime. */
  close(): Promise<void>;
}

/** Opens it on a port that is free. */
export async function openLiveDashboard(): Promise<LiveDashboard> {
  const filled = await fillStore();
  const runs = liveRuns();
  const troubles: unknown[] = [];
  const { url, close } = await dashboard({
    store: filled.store,
    runs: runs.folder,
    assets: { look: '', ...PAGE, flame: PAGE, differential: PAGE },
    exposure: { host: '127.0.0.1', port: 0 },
    onError: (error) => troubles.push(error),
  });
  return {
    url,
    runs,
    async close() {
      await close();
      await filled.remove();
      runs.remove();
      expect(troubles).toEqual([]);
    },
  };
}
