// Where a store is, as flags, variables and configuration say it.
import { describe, expect, it } from 'vitest';
import { describeLocation, openStore, parseStoreLocation, StoreError } from '../../src/store/index.js';

describe('the location of a store', () => {
  it('is a file of the project where nobody says otherwise', () => {
    const file = '/project/.forgebench/forgebench.db';
    for (const text of [undefined, '', ' '])
      expect(parseStoreLocation(text, '/project')).toEqual({ kind: 'sqlite', file });
  });

  it('is a path relative to the project, or absolute', () => {
    expect(parseStoreLocation('x/y.db', '/project')).toEqual({ kind: 'sqlite', file: '/project/x/y.db' });
    expect(parseStoreLocation('/z.db', '/project')).toEqual({ kind: 'sqlite', file: '/z.db' });
    expect(parseStoreLocation('sqlite:z.db', '/project')).toEqual({ kind: 'sqlite', file: '/project/z.db' });
    expect(parseStoreLocation('sqlite:///z.db', '/project')).toEqual({ kind: 'sqlite', file: '/z.db' });
  });

  it('is shown without its password', () => {
    const location = parseStoreLocation('postgres://bench:secret@db.local/bench?password=other', '/project');
    expect(location.kind).toBe('postgres');
    expect(describeLocation(location)).toBe('postgres://bench:…@db.local/bench?password=…');
  });

  it.each(['mysql://x', 'https://x/y.db', 'sqlite:', 'postgres://x:secret@[/bad'])(
    'is refused where it is %s',
    (text) => {
      expect(() => parseStoreLocation(text, '/project')).toThrow(StoreError);
      expect(() => parseStoreLocation(text, '/project')).not.toThrow(/secret/);
    },
  );

  it('is named with a remedy where nobody answers there', async () => {
    const location = parseStoreLocation('postgres://bench:secret@127.0.0.1:1/bench', '/project');
    await expect(openStore(location)).rejects.toThrow(
      'Cannot open the store "postgres://bench:…@127.0.0.1:1/bench": nobody answers there; start the server, or check host and port',
    );
  });
});
