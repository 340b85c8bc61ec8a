// Who may read the dashboard: requests for this host alone, and beyond loopback those with the token.
//
// A page of another site can make a browser ask any address. It cannot read the answers, unless it makes its own name mean
// this address (DNS rebinding); then the request names that other host, and is refused.
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { loginPage } from './pages/login.js';

/** Where the dashboard listens, and what it asks of who reads it. */
export interface Exposure {
  /** A name or address; 127.0.0.1 is reached from this machine alone. */
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** What readers have to know. */
  token?: string;
}

/** Where the dashboard cannot be opened as asked. */
export class DashboardError extends Error {
  override name = 'DashboardError';
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '::1'];
/** Characters of a token: fewer could be guessed. */
const SHORTEST_TOKEN = 16;
const COOKIE = 'forgebench';

/** @throws DashboardError where others could read without a token, or guess it */
export function checkExposure({ host, token }: Exposure): void {
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw new DashboardError(
      `Cannot use a token of ${token.length} characters: take at least ${SHORTEST_TOKEN}, such as those of "openssl rand -hex 16"`,
    );
  if (!LOOPBACK.includes(host) && token === undefined)
    throw new DashboardError(
      `Cannot serve on ${host} without a token: others reach it; set FORGEBENCH_TOKEN or --token, or leave --host out`,
    );
}

/** Refuses requests that name another host. */
export function refuseForeignHosts({ host }: Exposure): MiddlewareHandler {
  const names = LOOPBACK.includes(host) ? LOOPBACK : [...LOOPBACK, host, hostname()];
  // An address is no name that another site could own.
  const isOurs = (name: string) => names.includes(name) || (!LOOPBACK.includes(host) && isIP(name) !== 0);
  return async (context, next) => {
    const name = nameOf(context.req.header('Host') ?? '');
    if (isOurs(name)) return next();
    return context.text('This host is not served here: use the address that "forgebench serve" has printed.\n', 421);
  };
}

/** The name in a Host header, without port and brackets. */
function nameOf(header: string): string {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header);
  return (found?.[1] ?? found?.[2] ?? '').toLowerCase();
}

/** Lets in who knows the token: programs by `Authorization: Bearer`, browsers by a form and a cookie. */
export function askForToken(token: string): Hono {
  const secret = digest(token);
  const session = createHash('sha256').update(`session of ${token}`).digest('hex');
  const isKnown = (context: Context) => {
    const [, bearer] = /^Bearer (.+)$/i.exec(context.req.header('Authorization') ?? '') ?? [];
    if (bearer !== undefined) return timingSafeEqual(digest(bearer), secret);
    return timingSafeEqual(digest(getCookie(context, COOKIE) ?? ''), digest(session));
  };
  const routes = new Hono();
  routes.post('/login', async (context) => {
    const { token: given, next } = await context.req.parseBody();
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), secret))
      return context.html(loginPage({ next: pathOf(next), failed: true }), 401);
    setCookie(context, COOKIE, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.redirect(pathOf(next), 303);
  });
  routes.use(async (context, next) => {
    if (isKnown(context) || context.req.path.startsWith('/assets/')) return next();
    const { pathname, search } = new URL(context.req.url);
    return context.html(loginPage({ next: `${pathname}${search}`, failed: false }), 401, {
      'WWW-Authenticate': 'Bearer realm="forgebench"',
    });
  });
  return routes;
}

/** A path of this dashboard: `//other.example` and `https:` would lead elsewhere. */
function pathOf(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/';
}

/** Of equal length whatever was given, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
