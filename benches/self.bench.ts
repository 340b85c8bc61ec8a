// forgebench measured with itself: bodies whose length is known.
import { suite } from 'forgebench';

suite('self', { addon: 'engine' })
  .benchmark('empty', {
    why: 'What is left of an empty body after the loop is subtracted? Ideally nothing: |residual| stays below 0.05 ns.',
    operation: 'one turn of the sampling loop',
    category: 'micro',
    tags: ['sampler'],
  })
  .benchmark('spin', {
    why: 'Is a body of known length measured as that length? It returns when the clock has advanced by `ns`, so the truth is `ns` and at most one reading of the clock more.',
    operation: 'one spin',
    category: 'micro',
    categories: [{ where: { ns: 10000000 }, category: 'integration' }],
    parameters: { ns: [1000, 100000, 10000000] },
    scaling: 'ns',
    tags: ['sampler'],
    profile: { ns: 100000 },
  });
