// The dashboard as a server of its own.
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Store } from '../store/index.js';
import { assetRoutes, type DashboardAssets } from './assets.js';
import { detailReader } from './case-detail.js';
import { askForToken, checkExposure, DashboardError, type Exposure, refuseForeignHosts } from './exposure.js';
import { flameRoutes } from './flame-routes.js';
import { watchRuns } from './live/watch-runs.js';
import { metricsRoute } from './metrics-route.js';
import { pageRoutes } from './page-routes.js';
import { securityOfGraphs, securityOfPages } from './security.js';
import { watchChanges } from './watch-changes.js';

/** What the dashboard shows, and to whom. */
export interface DashboardOptions {
  store: Store;
  /** Folder of runs that other processes write, `.forgebench/runs`; without one nothing is seen under way. */
  runs?: string;
  assets: DashboardAssets;
  exposure: Exposure;
  /** Told of what failed while a page was made or trends were read. */
  onError(error: unknown): void;
}

/** A dashboard that answers. */
export interface OpenedDashboard {
  url: string;
  /** Ends it with all requests that are open; the store stays open. */
  close(): Promise<void>;
}

/**
 * Opens the dashboard over a store.
 *
 * @throws DashboardError where others could read it without a token, or the port is taken
 * @example
 * const { url, close } = await dashboard({ store, assets, exposure: { host: '127.0.0.1', port: 0 }, onError: console.error });
 */
export async function dashboard(options: DashboardOptions): Promise<OpenedDashboard> {
  const { exposure } = options;
  checkExposure(exposure);
  const { server, address } = await listen(application(options), exposure);
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function application({ store, runs, assets, exposure, onError }: DashboardOptions): Hono {
  const app = new Hono();
  app.use(refuseForeignHosts(exposure));
  const [ofPages, ofGraphs] = [securityOfPages(), securityOfGraphs(assets)];
  app.use((context, next) => (context.req.path.startsWith('/flame') ? ofGraphs : ofPages)(context, next));
  if (exposure.token !== undefined) app.route('/', askForToken(exposure.token));
  app.route('/assets', assetRoutes(assets));
  app.route('/flame', flameRoutes(store, assets));
  const changes = watchChanges(store, onError);
  const live = watchRuns(runs, onError);
  app.route('/metrics', metricsRoute({ store, changes, live }));
  app.route('/', pageRoutes({ store, changes, live, detail: detailReader(store) }, onError));
  return app;
}

type Server = ReturnType<typeof serve>;

function listen(app: Hono, { host, port }: Exposure): Promise<{ server: Server; address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => resolve({ server, address }));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new DashboardError(
          `Cannot serve on ${host}:${port}: ${error.code === 'EADDRINUSE' ? 'another program has this port; choose one with --port' : error.message}`,
        ),
      ),
    );
  });
}
