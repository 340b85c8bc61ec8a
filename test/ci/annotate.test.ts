// Where annotations of a comparison stand.
import { describe, expect, it } from 'vitest';
import { annotate } from '../../src/ci/index.js';
import { compareRuns } from '../../src/compare/index.js';
import { type GrownFrame, unexplained } from '../../src/explain/index.js';
import { runOf } from '../report/run-of.js';

const FRAME: GrownFrame = {
  name: 'rpds::map::hash',
  origin: 'rust',
  file: 'rpds-1.2.1/src/map/hash_trie_map/mod.rs',
  line: 237,
  isNew: false,
  base: 1,
  head: 2,
  growth: { value: 1, low: 0.5, high: 1.5 },
  through: [],
  callers: ['rpds::map::get', 'mf_model::node_pool::descendants'],
  callerPlaces: [
    { file: 'rpds-1.2.1/src/map/hash_trie_map/mod.rs' },
    { file: '/code/crates/model/src/pool.rs', line: 7 },
  ],
};

function annotationOf(frame: Partial<GrownFrame>, root = '/code') {
  const comparison = compareRuns(runOf('old', { 'demo/a': 100 }), runOf('new', { 'demo/a': 120 }));
  const explanations = [{ ...unexplained('demo/a', ''), frames: [{ ...FRAME, ...frame }] }];
  const outcome = { kind: 'compared', comparison: { ...comparison, explanations }, missed: [], machines: [] } as const;
  return annotate({ ...outcome, tolerance: 0.05 }, root)[0];
}

describe('the annotation of a slower case', () => {
  it('stands at the function that grew where that is in the repository', () => {
    const own = annotationOf({ name: 'mf_model::add', file: '/code/crates/model/src/tree.rs', line: 3 });
    expect(own).toMatchObject({ file: 'crates/model/src/tree.rs', line: 3 });
    expect(own?.message).toMatch(/; most of it in mf_model::add$/);
  });

  it('stands at the nearest caller in the repository where a library took the time', () => {
    const called = annotationOf({});
    expect(called).toMatchObject({ file: 'crates/model/src/pool.rs', line: 7 });
    expect(called?.message).toContain('most of it in rpds::map::hash, for mf_model::node_pool::descendants');
  });

  it.each(['rpds-1.2.1/src/map.rs', '/elsewhere/a.rs', '/code/.forgebench/cache/a.mjs', '/code/node_modules/a/b.js'])(
    'stands at no file that the repository does not have: %s',
    (file) => {
      expect(annotationOf({ file, callers: [], callerPlaces: [] })).not.toHaveProperty('file');
    },
  );
});
