// Visitors of a dashboard: each opens a page at its own times and follows one of the links on it.
import { generator } from '../random.js';

/** How many, how often and how long; times in milliseconds. */
export interface VisitOptions {
  visitors: number;
  everyMs: number;
  forMs: number;
  seed: number;
}

/** Links of one kind that a visitor may follow from a page. */
const MOST_OF_KIND = 3;

/** A page that was asked for. */
export interface Visit {
  /** The path without what was asked of it, such as `/case`. */
  path: string;
  /** From the time at which the visitor wanted the page, whether or not the one before it had come by then. */
  ms: number;
  /** What went wrong: another status than 200, or none. */
  error?: string;
}

/**
 * Sends visitors to a dashboard.
 *
 * @param url its first page
 * @returns every visit, in the order of their ends
 */
export async function visit(url: string, options: VisitOptions): Promise<Visit[]> {
  const visits: Visit[] = [];
  const all = Array.from({ length: options.visitors }, (_, number) => walk(url, { ...options, number, visits }));
  await Promise.all(all);
  return visits;
}

type Walk = VisitOptions & { number: number; visits: Visit[] };

async function walk(url: string, { visitors, everyMs, forMs, seed, number, visits }: Walk): Promise<void> {
  const random = generator(seed + number);
  const start = performance.now() + (everyMs * number) / visitors;
  let next = '/';
  for (let turn = 0; turn * everyMs < forMs; turn++) {
    const wantedAt = start + turn * everyMs;
    await new Promise((resolve) => setTimeout(resolve, wantedAt - performance.now()));
    const { error, links } = await open(new URL(next, url));
    const path = new URL(next, url).pathname;
    visits.push({ path, ms: performance.now() - wantedAt, ...(error !== undefined && { error: `${next}: ${error}` }) });
    next = links[Math.floor(random() * links.length)] ?? '/';
  }
}

async function open(address: URL): Promise<{ error?: string; links: string[] }> {
  try {
    const response = await fetch(address);
    const text = await response.text();
    return response.status === 200 ? { links: linksIn(text) } : { error: `status ${response.status}`, links: [] };
  } catch (error) {
    const { message, cause } = error as Error;
    return { error: `${message} ${(cause as Error | undefined)?.message ?? ''}`, links: [] };
  }
}

/** Links to pages, of a kind as likely as of any other: a list of runs has hundreds of one. */
function linksIn(page: string): string[] {
  const all = [...page.matchAll(/ href="(\/(?!assets)[^"#]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
  const kinds = new Map<string, string[]>();
  for (const link of all) {
    const kind = link.split('?', 1)[0] ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), link]);
  }
  return [...kinds.values()].flatMap((links) => links.slice(-MOST_OF_KIND));
}
