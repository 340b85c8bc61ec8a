// The engine's statistics: intervals by resampling, rank tests, densities and change points, as `forgebench/statistics` has them.
import { suite } from 'forgebench';

suite('statistics', { addon: 'engine' })
  .benchmark('bootstrap', {
    why: 'What does an interval cost? Means of 10,000 resamples are drawn; the quantiles that infinitely many resamples would give are counted.',
    operation: 'one interval',
    category: 'micro',
    categories: [{ where: { of: 'mean', values: 1000 }, category: 'integration' }],
    parameters: { of: ['mean', 'median'], values: [100, 1000] },
    scaling: 'values',
    tags: ['statistics', 'bootstrap'],
    profile: { of: 'mean', values: 100 },
  })
  .benchmark('rank-test', {
    why: 'How does the Mann-Whitney test grow with two samples that were sorted before? It is one merge then; small samples without ties are counted exactly.',
    operation: 'one test of two samples',
    category: 'micro',
    categories: [{ where: { values: 1_000_000 }, category: 'integration' }],
    parameters: { values: [10, 100, 10_000, 1_000_000] },
    scaling: 'values',
    tags: ['statistics', 'test'],
    profile: { values: 10_000 },
  })
  .benchmark('density', {
    why: 'How does a Gaussian density at 512 points grow with the values? Kernels of nearby values become one series, so that two passes over them are all that grows.',
    operation: 'one density with its modes',
    category: 'micro',
    categories: [{ where: { values: 1_000_000 }, category: 'integration' }],
    parameters: { values: [1_000, 100_000, 1_000_000] },
    scaling: 'values',
    tags: ['statistics', 'density'],
    profile: { values: 100_000 },
  })
  .benchmark('change-points', {
    why: 'What does finding one step in a history cost, by each of the detectors that people use?',
    operation: 'one search of a series',
    category: 'micro',
    categories: [{ where: { by: 'e-divisive' }, category: 'integration' }],
    parameters: { by: ['pelt', 'hunter', 'e-divisive', 'potts'], points: [200, 400] },
    scaling: 'points',
    tags: ['statistics', 'change-points'],
    profile: { by: 'e-divisive', points: 400 },
  });
