// How frames are coloured.
import type { HierarchyNode } from 'd3-flame-graph';
import type { Drawn, Pair } from './tree.js';

type Node = HierarchyNode<Drawn>;

const SHADES = 4;
/** A change of this share of the larger side has the full colour. */
const FULL = 0.5;
const FAINTEST = 25;

/** One hue for each origin; shades tell neighbours apart and stay with the name. */
export function originColour({ data: { fn }, highlight, parent }: Node, kept: string | undefined): string {
  if (highlight) return 'var(--found)';
  if (!parent || (kept !== undefined && kept !== fn.origin)) return 'var(--line)';
  let hash = 0;
  for (const character of fn.name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return `color-mix(in oklab, var(--${fn.origin}) ${100 - (hash % SHADES) * 9}%, var(--surface))`;
}

/** Colours of changes and their words. */
export const CHANGE_COLOURS = [
  ['var(--more)', 'more in head, with callees'],
  ['var(--less)', 'less in head'],
  ['var(--even)', 'no more than samples scatter'],
] as const;

/**
 * Red where head takes more and blue where it takes less, the more the stronger; grey where chance alone may have done it.
 *
 * @param sampleWeights what a sample weighs on each side
 */
export function changeColour({ data, highlight }: Node, sampleWeights: Pair): string {
  if (highlight) return 'var(--found)';
  const [base, head] = data.pair ?? [0, 0];
  const change = head - base;
  // Twice the deviation of two Poisson numbers; a single sample is never enough.
  const scatter = 2 * Math.sqrt(base * sampleWeights[0] + head * sampleWeights[1] + sampleWeights[1] ** 2);
  if (Math.abs(change) <= scatter) return 'var(--even)';
  const strength = Math.min(1, Math.abs(change) / Math.max(base, head) / FULL);
  const share = FAINTEST + (100 - FAINTEST) * strength;
  return `color-mix(in oklab, var(--${change > 0 ? 'more' : 'less'}) ${share.toFixed(0)}%, var(--even))`;
}
