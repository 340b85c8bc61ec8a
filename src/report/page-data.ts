// What the page of a run carries inside: written by html.ts, read by client/report.ts.
import type { RunRecord } from '../store/index.js';

/** Id of the script element that holds the data. */
export const DATA_ELEMENT = 'run-data';

/** The data of a page. */
export interface PageData {
  record: RunRecord;
  /** Links to files of profiles by their path in the record; a path without one is shown as text. */
  links: Record<string, string>;
}
