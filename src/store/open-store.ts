// Opens the database of runs.
import type { StoreLocation } from './location.js';
import type { Store } from './store.js';

/**
 * Opens the store at a location, and makes it where there is none.
 *
 * @throws StoreError with what to do where it cannot be opened, is damaged, or a newer forgebench has written it
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  // Imported where it is needed: the query layer and the drivers take longer to load than most verbs run.
  const { openDatabaseStore } = await import('./database/database-store.js');
  return openDatabaseStore(location);
}
