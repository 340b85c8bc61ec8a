// Runs of forgebench itself, from what `forgebench ab --json` and `compare --json` wrote.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { mean } from './mean.js';
import type { Cell, Section } from './table.js';
import { shareOf } from './tally.js';

const COMPARISON = z.object({
  benchmarks: z.array(
    z.object({ id: z.string(), verdict: z.string(), launches: z.object({ base: z.number(), head: z.number() }) }),
  ),
});

/** Files of comparisons of equal versions, and of versions in which every case is slower. */
export interface OwnFiles {
  equal: readonly string[];
  slowed: readonly string[];
}

/** What verdicts became of them. @throws Error where a file is no comparison */
export function scoreOwn({ equal, slowed }: OwnFiles): Section {
  const rows = [
    ...equal.map((file) => row(file, 'equal versions', ({ verdict }) => verdict === 'slower' || verdict === 'faster')),
    ...slowed.map((file) => row(file, 'every case slowed', ({ verdict }) => verdict === 'slower')),
  ];
  return {
    title: 'Own runs',
    text: [
      'Comparisons that forgebench made itself: a call among equal versions is false, and one of a slowed case is right.',
    ],
    tables: [{ caption: 'Verdicts:', head: ['file', 'what', 'cases', 'called', 'launches a side'], rows }],
  };
}

function row(file: string, what: string, isCalled: (each: { verdict: string }) => boolean): Cell[] {
  const { benchmarks } = read(file);
  const launches = benchmarks.map(({ launches: { base, head } }) => (base + head) / 2);
  return [
    file.split('/').at(-1) as string,
    what,
    String(benchmarks.length),
    shareOf(benchmarks.map(isCalled)),
    mean(launches),
  ];
}

function read(file: string): z.infer<typeof COMPARISON> {
  try {
    return COMPARISON.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `Cannot read the comparison "${file}": ${(error as Error).message}; make it with "forgebench ab … --json"`,
    );
  }
}
