// Which runs may go: by age, by count, and by what they are good for.
import type { StoredEntry } from './store.js';

/** What makes a run too much; at least one of both. */
export interface RetentionRule {
  /** Runs that started before this go. */
  before?: Date | undefined;
  /** So many of the others stay, the most important first. */
  keep?: number | undefined;
}

/** What else is known of runs. */
export interface RetentionFacts {
  /** Runs that stay whatever the rule says, and why. */
  protected: ReadonlyMap<string, string>;
  /** Runs of which a comparison said `slower` or `faster`. */
  telling: ReadonlySet<string>;
}

/** What a rule does with runs. */
export interface Retention {
  remove: StoredEntry[];
  /** Runs that the rule would remove if nothing spoke for them. */
  spared: { id: string; reason: string }[];
}

/**
 * Applies a rule. Pure: the same runs and facts give the same answer.
 *
 * Importance: runs of which a comparison said something before finished ones, these before interrupted ones, and newer
 * before older ones.
 *
 * @param entries all runs
 */
export function applyRetention(
  entries: readonly StoredEntry[],
  { before, keep }: RetentionRule,
  facts: RetentionFacts,
): Retention {
  const rank = ({ id, status }: StoredEntry) => (status === 'interrupted' ? 0 : facts.telling.has(id) ? 2 : 1);
  const free = entries.filter(({ id }) => !facts.protected.has(id));
  const byImportance = [...free].sort((a, b) => rank(b) - rank(a) || (a.startedAt < b.startedAt ? 1 : -1));
  const beyond = new Set(keep === undefined ? [] : byImportance.slice(keep).map(({ id }) => id));
  const isOld = ({ startedAt }: StoredEntry) => before !== undefined && Date.parse(startedAt) < before.getTime();
  const spared = entries.flatMap((entry) => {
    const reason = facts.protected.get(entry.id);
    return reason !== undefined && (isOld(entry) || keep !== undefined) ? [{ id: entry.id, reason }] : [];
  });
  return { remove: free.filter((entry) => isOld(entry) || beyond.has(entry.id)), spared };
}
