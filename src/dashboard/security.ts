// What browsers are told to refuse.
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { contentHash } from '../page/index.js';
import type { DashboardAssets } from './assets.js';

const NOTHING = ["'none'"];

/** Pages run the dashboard's own program, which is a file of its own. */
export function securityOfPages(): MiddlewareHandler {
  return security({ scriptSrc: ["'self'"], styleSrc: ["'self'"], connectSrc: ["'self'"], formAction: ["'self'"] });
}

/**
 * Flame graphs carry their program inside: the one that is known. Its library makes style sheets. Where there is no graph, a page
 * says so, with the program of pages.
 */
export function securityOfGraphs({ flame, differential }: DashboardAssets): MiddlewareHandler {
  const programs = [flame, differential].map(({ script }) => `'${contentHash(script)}'`);
  return security({ scriptSrc: ["'self'", ...programs], styleSrc: ["'self'", "'unsafe-inline'"], formAction: NOTHING });
}

function security(allowed: Record<string, string[]>): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: NOTHING,
      ...allowed,
      imgSrc: ["'self'", 'data:'],
      baseUri: NOTHING,
      frameAncestors: NOTHING,
    },
    xFrameOptions: 'DENY',
    // There is no certificate, and a promise of one would lock readers out.
    strictTransportSecurity: false,
  });
}
