// Which address shows which page.
import { Hono } from 'hono';
import { html } from 'hono/html';
import { page } from './markup.js';
import { missing } from './missing.js';
import { casePage } from './pages/case.js';
import { comparePage } from './pages/compare.js';
import { livePage } from './pages/live.js';
import { machinesPage } from './pages/machines.js';
import { overviewPage } from './pages/overview.js';
import type { PageRequest, PageSources, Pages } from './pages/page-request.js';
import { runPage } from './pages/run.js';
import { runsPage } from './pages/runs.js';
import { suitePage } from './pages/suite.js';

const PAGES: Pages = {
  '/': overviewPage,
  '/runs': runsPage,
  '/run': runPage,
  '/live': livePage,
  '/suite': suitePage,
  '/case': casePage,
  '/compare': comparePage,
  '/machines': machinesPage,
};

/** All pages; what does not exist, and what fails, is a page too. */
export function pageRoutes(sources: PageSources, onError: (error: unknown) => void): Hono {
  const routes = new Hono();
  for (const [path, make] of Object.entries(PAGES))
    routes.get(path, async (context) => {
      const request: PageRequest = { ...sources, query: (name) => context.req.query(name) };
      const made = await make(request);
      // Figures of a team are nothing for caches on the way.
      context.header('Cache-Control', 'no-store');
      return made === undefined ? missing(context) : context.html(made);
    });
  routes.notFound(missing);
  routes.onError((error, context) => {
    onError(error);
    const text = 'This page could not be made. What failed stands where "forgebench serve" was started.';
    return context.html(page({ title: 'Failed' }, html`<p>${text}</p>`), 500);
  });
  return routes;
}
