// What a page is made from.
import type { Store } from '../../store/index.js';
import type { ReadDetail } from '../case-detail.js';
import type { RunsWatch } from '../live/watch-runs.js';
import type { Html } from '../markup.js';
import type { ChangesWatch } from '../watch-changes.js';

/** What pages read. */
export interface PageSources {
  store: Store;
  changes: ChangesWatch;
  live: RunsWatch;
  detail: ReadDetail;
}

/** A request for a page. */
export interface PageRequest extends PageSources {
  /** A value of the address; text that anybody may have written. */
  query(name: string): string | undefined;
}

/** Pages by their path; nothing where what was asked for does not exist. */
export type Pages = Readonly<Record<string, (request: PageRequest) => Promise<Html | undefined>>>;
