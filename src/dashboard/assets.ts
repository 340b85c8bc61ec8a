// What pages load beside their own text: three files, whose content is known when the server starts.
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { PageAssets } from '../page/index.js';

/** The look of reports, and what the dashboard adds to it. */
export interface DashboardAssets {
  /** Style sheet of the report: colours, tables, tiles. */
  look: string;
  style: string;
  script: string;
  /** The programs of flame graphs, which stand inside their pages. */
  flame: PageAssets;
  differential: PageAssets;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Serves the assets by their names: no path of a request ever reaches the file system. */
export function assetRoutes({ look, style, script }: DashboardAssets): Hono {
  const files = [
    { name: 'look.css', type: CSS, text: look },
    { name: 'dashboard.css', type: CSS, text: style },
    { name: 'dashboard.js', type: JAVASCRIPT, text: script },
  ];
  const routes = new Hono();
  for (const { name, type, text } of files) {
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    routes.get(`/${name}`, (context) => {
      context.header('ETag', etag);
      context.header('Cache-Control', 'no-cache');
      if (context.req.header('If-None-Match') === etag) return context.body(null, 304);
      return context.body(text, 200, { 'Content-Type': type });
    });
  }
  return routes;
}
