// Which stored cases a name means.
import type { Store } from '../store/index.js';
import { escapeForRegExp, suggest } from '../units/index.js';
import { UsageError } from './usage-error.js';

/**
 * The case of this id, or all cases that a benchmark or a pattern names.
 *
 * @param action what cannot be done without one: `Cannot show the history of`
 * @throws UsageError where no stored run has such a case
 */
export async function namedCases(store: Store, name: string, action: string): Promise<string[]> {
  const ids = await store.cases();
  if (ids.includes(name)) return [name];
  const pattern = new RegExp(`^${name.split('*').map(escapeForRegExp).join('.*')}(\\[.*)?$`);
  const matching = ids.filter((id) => pattern.test(id));
  if (matching.length > 0) return matching;
  const near = suggest(name, ids);
  throw new UsageError(
    `${action} "${name}": no stored run has such a case${near === undefined ? '' : `; did you mean "${near}"?`}`,
  );
}
