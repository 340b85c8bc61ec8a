// What a page is made from.
import type { Store } from '../../store/index.js';
import type { Html } from '../markup.js';
import type { ChangesWatch } from '../watch-changes.js';

/** A request for a page, and what pages read. */
export interface PageRequest {
  store: Store;
  changes: ChangesWatch;
  /** A value of the address; text that anybody may have written. */
  query(name: string): string | undefined;
}

/** Pages by their path; nothing where what was asked for does not exist. */
export type Pages = Readonly<Record<string, (request: PageRequest) => Promise<Html | undefined>>>;
