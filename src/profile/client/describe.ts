// What is said of a frame.
import type { DifferentialData } from '../differential-data.js';
import { type Drawn, type Pair, selfPair, selfWeight } from './tree.js';

/** What weights are. */
export type Unit = DifferentialData['unit'];

/** Plain words for each origin, in the order of the legend: from the bottom of a stack to its top. */
export const ORIGIN_WORDS: Readonly<Record<string, string>> = {
  user: 'your JavaScript',
  node_modules: 'packages',
  forgebench: 'forgebench',
  node: 'node',
  v8: 'V8',
  gc: 'garbage collector',
  rust: 'Rust',
  native: 'C and C++',
  libc: 'C library',
  kernel: 'kernel',
  unknown: 'unknown',
};

/** A share in percent with three significant digits where that is honest. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(Math.abs(share) < 0.0995 ? 2 : 1)} %`;
}

const SCALES: Readonly<Record<Exclude<Unit, 'share'>, [number, readonly string[]]>> = {
  nanoseconds: [1000, ['ns', 'µs', 'ms', 's']],
  bytes: [1024, ['B', 'KiB', 'MiB', 'GiB']],
  instructions: [1000, ['instructions', 'k instructions', 'M instructions', 'G instructions']],
  allocations: [1000, ['allocations', 'k allocations', 'M allocations', 'G allocations']],
  samples: [1000, ['samples', 'k samples', 'M samples']],
};

/** A weight in its unit. */
export function amount(weight: number, unit: Unit): string {
  if (unit === 'share') return percent(weight);
  const [steps, names] = SCALES[unit];
  let value = weight;
  let step = 0;
  while (Math.abs(value) >= steps && step < names.length - 1) {
    value /= steps;
    step += 1;
  }
  return `${value.toFixed(step === 0 && Math.abs(value) >= 10 ? 0 : 1)} ${names[step]}`;
}

/** A weight more or less: `+1.2 µs`. */
export function signed(weight: number, unit: Unit): string {
  return `${weight < 0 ? '−' : '+'}${amount(Math.abs(weight), unit)}`;
}

/** Both sides and their difference: `1.0 µs → 1.2 µs (+200 ns, +20 %)`. */
export function change([base, head]: Pair, unit: Unit): string {
  const share = base > 0 && head > 0 ? `, ${head < base ? '−' : '+'}${percent(Math.abs(head / base - 1))}` : '';
  return `${amount(base, unit)} → ${amount(head, unit)} (${signed(head - base, unit)}${share})`;
}

/** The lines below the name: where it is, what it is, and what it cost. */
export function facts(node: Drawn, { total, unit }: { total: number; unit: Unit }): string[] {
  const { file, line, origin, renamedFrom } = node.fn;
  const tiers = Object.entries(node.tiers ?? {}).sort((a, b) => b[1] - a[1]);
  const shares = tiers.map(([tier, weight]) =>
    weight >= node.value ? tier : `${tier} ${percent(weight / node.value)}`,
  );
  return [
    ...(renamedFrom === undefined ? [] : [`renamed from ${renamedFrom}`]),
    ...(file ? [line === undefined ? file : `${file}:${line}`] : []),
    [ORIGIN_WORDS[origin] ?? origin, ...shares].join(' · '),
    ...weights(node, { total, unit }),
  ];
}

function weights(node: Drawn, { total, unit }: { total: number; unit: Unit }): string[] {
  const own = selfPair(node);
  if (node.pair && own) return [`with callees ${change(node.pair, unit)}`, `itself ${change(own, unit)}`];
  return [
    `with callees ${percent(node.value / total)} (${amount(node.value, unit)}), itself ${percent(selfWeight(node) / total)}`,
  ];
}
