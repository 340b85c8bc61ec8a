// When an explanation counts as right: the slowed function on top, or the guard right inside it.
import { describe, expect, it } from 'vitest';
import { hasRightFrame } from '../../../scripts/trials/right-frame.js';

const SLOWDOWNS = [
  { file: 'tree.rs', signature: 'pub fn add(', cases: ['model/tree-build[*via=add]'] },
  { file: 'state.rs', signature: 'pub async fn serialize(', cases: ['state/serialize*'] },
];
const GUARD = '<mf_model::forgebench_slow::Slow as core::ops::drop::Drop>::drop';

function explained(caseId: string, name: string, callers: string[] = []) {
  return { caseId, frames: [{ name, callers, growth: { value: 1, low: 1, high: 1 } }] };
}

describe('an explanation', () => {
  it.each([
    ['the function', explained('model/tree-build[nodes=10,via=add]', 'mf_model::tree::Tree::add')],
    ['a closure in it', explained('state/serialize', 'mf_state::State::serialize::{closure#0}')],
    ['the guard in it', explained('model/tree-build[nodes=10,via=add]', GUARD, ['mf_model::tree::Tree::add', 'x::y'])],
  ])('is right with %s on top', (_what, given) => {
    expect(hasRightFrame(given, SLOWDOWNS)).toBe(true);
  });

  it.each([
    ['another function', explained('model/tree-build[nodes=10,via=add]', 'mf_model::tree::Tree::add_all')],
    ['the function of another case', explained('state/serialize', 'mf_model::tree::Tree::add')],
    [
      'the guard in another',
      explained('model/tree-build[nodes=10,via=add]', GUARD, ['x::y', 'mf_model::tree::Tree::add']),
    ],
    ['nothing', { caseId: 'state/serialize', frames: [] }],
  ])('is wrong with %s on top', (_what, given) => {
    expect(hasRightFrame(given, SLOWDOWNS)).toBe(false);
  });
});
