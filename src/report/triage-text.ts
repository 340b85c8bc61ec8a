// Decisions about changes, in words.
import type { StoredTriage } from '../store/index.js';

/**
 * What was decided, by whom, when and why.
 *
 * @example
 * triageText(triage); // 'accepted by Ada on 2026-01-02: the new parser is stricter'
 */
export function triageText({ state, author, at, note }: StoredTriage): string {
  return `${state} by ${author} on ${at.slice(0, 10)}${note === '' ? '' : `: ${note}`}`;
}
