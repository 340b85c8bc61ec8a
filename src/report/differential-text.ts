// The functions that changed most between two profiles, as text.
import type { DifferentialData, DifferentialFunction } from '../profile/index.js';
import { formatBytes, formatCount, formatNs, formatPercent } from '../units/index.js';
import { plainText } from './plain-text.js';

const MOST_LINES = 8;

/**
 * A line for each of the functions whose own weight changed most, the largest change first.
 *
 * @example
 * differentialText(data)[0] // '  +180 ns  (1.20 µs → 1.38 µs)  mf_model::tree::add  moduforge-model-0.7.0/src/tree.rs:120'
 */
export function differentialText({ functions, unit }: DifferentialData): string[] {
  const changed = functions.filter((fn) => changeOf(fn) !== 0);
  changed.sort((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)));
  const amount = {
    nanoseconds: formatNs,
    bytes: formatBytes,
    instructions: formatCount,
    allocations: formatCount,
    samples: formatCount,
    share: formatPercent,
  }[unit];
  return changed.slice(0, MOST_LINES).map((fn) => {
    const [base, head] = fn.self;
    const change = `${head < base ? '−' : '+'}${amount(Math.abs(head - base))}`;
    const place = fn.file === undefined ? '' : `  ${fn.file}${fn.line === undefined ? '' : `:${fn.line}`}`;
    const renamed = fn.renamedFrom === undefined ? '' : ` (renamed from ${fn.renamedFrom})`;
    return plainText(`  ${change.padStart(9)}  (${amount(base)} → ${amount(head)})  ${fn.name}${renamed}${place}`);
  });
}

function changeOf({ self: [base, head] }: DifferentialFunction): number {
  return head - base;
}
