// `forgebench serve`: the dashboard, until it is interrupted.
import { once } from 'node:events';
import { join } from 'node:path';
import { dashboard } from '../../dashboard/index.js';
import { EXIT } from '../exit-code.js';
import { pageAssets } from '../page-assets.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { integer } from '../settings.js';

/** Flags of `forgebench serve`. */
export interface ServeFlags extends StoreFlags {
  port: string;
  host: string;
  token?: string;
}

/** Serves the dashboard of the store until somebody ends it; returns the exit code. */
export async function serve({
  port,
  host,
  token = process.env.FORGEBENCH_TOKEN,
  ...flags
}: ServeFlags): Promise<number> {
  const exposure = {
    host,
    port: integer('--port', port, { low: 0, high: 65_535 }),
    ...(token !== undefined && token !== '' && { token }),
  };
  const { script, style } = pageAssets('dashboard');
  const [flame, differential] = [pageAssets('flame'), pageAssets('differential')];
  const assets = { look: pageAssets('report').style, style, script, flame, differential };
  const onError = (error: unknown) => process.stderr.write(`${(error as Error).stack ?? error}\n`);
  return withFilledStore(process.cwd(), flags, async (store) => {
    const runs = join(process.cwd(), '.forgebench', 'runs');
    const { url, close } = await dashboard({ store, runs, assets, exposure, onError });
    // Before the address is told: who reads it may end the server at once.
    const ended = Promise.race((['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => once(process, signal)));
    process.stdout.write(`Dashboard of ${store.place}: ${url}\nCtrl-C ends it.\n`);
    await ended;
    await close();
    return EXIT.well;
  });
}
