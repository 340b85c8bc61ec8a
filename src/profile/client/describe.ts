// What is said of a frame.
import type { FlameData } from '../flame-data.js';
import { type Drawn, selfWeight } from './tree.js';

/** Plain words for each origin, in the order of the legend. */
export const ORIGINS: Readonly<Record<string, string>> = {
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
  return `${(share * 100).toFixed(share < 0.0995 ? 2 : 1)} %`;
}

const SCALES: Readonly<Record<FlameData['unit'], [number, readonly string[]]>> = {
  nanoseconds: [1000, ['ns', 'µs', 'ms', 's']],
  bytes: [1024, ['B', 'KiB', 'MiB', 'GiB']],
  instructions: [1000, ['instructions', 'k instructions', 'M instructions', 'G instructions']],
  samples: [1000, ['samples', 'k samples', 'M samples']],
};

/** A weight in its unit. */
export function amount(weight: number, unit: FlameData['unit']): string {
  const [steps, names] = SCALES[unit];
  let value = weight;
  let step = 0;
  while (value >= steps && step < names.length - 1) {
    value /= steps;
    step += 1;
  }
  return `${value.toFixed(step === 0 ? 0 : 1)} ${names[step]}`;
}

/** The lines below the name: where it is, what it is, and what it cost. */
export function facts(node: Drawn, { total, unit }: { total: number; unit: FlameData['unit'] }): string[] {
  const { file, line, origin } = node.fn;
  const self = selfWeight(node);
  const tiers = Object.entries(node.tiers ?? {}).sort((a, b) => b[1] - a[1]);
  const shares = tiers.map(([tier, weight]) =>
    weight >= node.value ? tier : `${tier} ${percent(weight / node.value)}`,
  );
  return [
    ...(file ? [line === undefined ? file : `${file}:${line}`] : []),
    [ORIGINS[origin] ?? origin, ...shares].join(' · '),
    `with callees ${percent(node.value / total)} (${amount(node.value, unit)}), itself ${percent(self / total)}`,
  ];
}
