// The engine's histograms, as `forgebench/histogram` has them: counts that JavaScript owns, and what Rust does with them.
import { suite } from 'forgebench';

suite('histogram', { addon: 'engine' })
  .benchmark('record', {
    why: 'What does a value cost that comes in a batch? Each is checked, and counted in a bucket whose place follows from the bits of the float.',
    operation: 'one value',
    category: 'micro',
    parameters: { values: [1_000, 1_000_000] },
    tags: ['histogram', 'record'],
    profile: { values: 1_000_000 },
  })
  .benchmark('merge', {
    why: 'What do histograms of many launches cost to add up, and to take away from a sum again?',
    operation: 'one addition and one subtraction',
    category: 'micro',
    parameters: { values: [100, 1_000_000] },
    tags: ['histogram', 'merge'],
    profile: { values: 1_000_000 },
  })
  .benchmark('quantiles', {
    why: 'What do seven quantiles cost after a change? Blocks are summed once, and each quantile is a search then.',
    operation: 'seven quantiles',
    category: 'micro',
    parameters: { values: [100, 1_000_000] },
    tags: ['histogram', 'quantiles'],
    profile: { values: 1_000_000 },
  })
  .benchmark('text', {
    why: 'What does a histogram cost to write into a log, and to read from one? The format is V2, compressed, in base64.',
    operation: 'one histogram',
    category: 'micro',
    parameters: { way: ['encode', 'decode'], values: [100, 1_000_000] },
    tags: ['histogram', 'encoding'],
    profile: { way: 'encode', values: 1_000_000 },
  })
  .benchmark('rank-test', {
    why: 'Does the distribution of one histogram lie above that of another? Asked of buckets instead of values, the answer costs the same however many there are.',
    operation: 'one test of two histograms',
    category: 'micro',
    parameters: { values: [100, 1_000_000] },
    tags: ['histogram', 'test'],
    profile: { values: 1_000_000 },
  });
