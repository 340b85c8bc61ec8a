// What doctor says of one thing.

/** What was tried, and what came of it. */
export interface Probe {
  name: string;
  /** `ok`; `limited`: works, but figures or views suffer; `missing`: what it is for cannot be had. */
  status: 'ok' | 'limited' | 'missing';
  /** What was found. */
  found: string;
  /** What it is for. */
  purpose: string;
  /** How to mend it; absent where there is nothing to mend. */
  fix?: string;
}
