// One case out of a record.
import { describe, expect, it } from 'vitest';
import { pickCase } from '../../src/report/index.js';
import { recordOfSizes } from '../dashboard/filled-record.js';

describe('a case picked from a record', () => {
  const record = recordOfSizes('run', 'demo/sizes', 100);

  it('has its summary, and the growths that it is a point of', () => {
    const picked = pickCase(record, 'demo/sizes[n=10]');
    expect(picked?.summary.parameters).toEqual({ n: 10 });
    expect(picked?.summary.distributionNs).toHaveLength(101);
    expect(picked?.growths.map(({ parameter, points }) => [parameter, points.length])).toEqual([['n', 3]]);
  });

  it('is nothing where the record has no such case', () => {
    expect(pickCase(record, 'demo/sizes[n=2]')).toBeUndefined();
  });

  it('is nothing where the record is none, or the part was changed', () => {
    for (const none of [null, undefined, 1, '', [], {}, { summaries: 1 }, { version: 2, id: 'x' }])
      expect(pickCase(none, 'demo/sizes[n=10]')).toBeUndefined();
    const changed = structuredClone(record) as { summaries: { distributionNs: unknown }[] };
    for (const summary of changed.summaries) summary.distributionNs = ['<b>'];
    expect(pickCase(changed, 'demo/sizes[n=10]')).toBeUndefined();
  });
});
