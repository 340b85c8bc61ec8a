// Where work would pay, in tables.
import { formatBytes, formatCount, formatPercent, MISSING } from '../units/index.js';
import type { Block, Piece } from './blocks.js';
import { exponentText, parametersText } from './figures.js';
import type { PeriodReport } from './period-report.js';

type Opportunities = PeriodReport['opportunities'];

/** What stands further down would gain less. */
const MOST_ROWS = 10;

/** The hottest functions, what allocates most, and what grows fastest. */
export function opportunityBlocks(opportunities: Opportunities): Block[] {
  return [
    { heading: 'Opportunities', level: 2 },
    ...functionBlocks(opportunities),
    ...churnBlocks(opportunities),
    ...growthBlocks(opportunities),
  ];
}

function functionBlocks({ functions, profiled }: Opportunities): Block[] {
  const rows = functions
    .slice(0, MOST_ROWS)
    .map(({ name, share, caseId, file, line }): Piece[] => [
      { code: name },
      { figure: formatPercent(share) },
      { code: caseId },
      file === undefined ? '' : line === undefined ? file : `${file}:${line}`,
    ]);
  const none = 'No run of the period has kept a profile of time; "forgebench profile" makes them.';
  return [
    { heading: 'Hottest functions', level: 3 },
    ...(rows.length === 0
      ? [{ paragraph: [none] }]
      : [
          {
            paragraph: [
              `The function that took most time, with what the runtime and the system did for it, in each of ${profiled === 1 ? '1 case that was' : `the ${profiled} cases that were`} profiled last.`,
            ],
          },
          { heads: ['function', { figure: 'time' }, 'case', 'place'], rows },
        ]),
  ];
}

function churnBlocks({ churn }: Opportunities): Block[] {
  const rows = churn
    .slice(0, MOST_ROWS)
    .map(({ caseId, allocations, bytes, bytesPerSecond }): Piece[] => [
      { code: caseId },
      { figure: allocations === null ? MISSING : formatCount(allocations) },
      { figure: formatBytes(bytes) },
      { figure: `${formatBytes(bytesPerSecond)}/s` },
    ]);
  const heads: Piece[] = ['case', ...['allocations', 'bytes', 'churn'].map((figure) => ({ figure }))];
  return [
    { heading: 'Allocation', level: 3 },
    rows.length === 0 ? { paragraph: ['No case of the last run has allocations that were counted.'] } : { heads, rows },
  ];
}

function growthBlocks({ growth, unreadGrowth }: Opportunities): Block[] {
  const rows = growth
    .slice(0, MOST_ROWS)
    .map((each): Piece[] => [
      { code: each.benchmarkId },
      each.parameter,
      parametersText(each.fixed),
      { figure: exponentText(each) },
    ]);
  const none = unreadGrowth ?? 'No benchmark of the last run surely grows faster than its parameter.';
  return [
    { heading: 'Growth', level: 3 },
    rows.length === 0
      ? { paragraph: [none] }
      : { heads: ['benchmark', 'parameter', 'at', { figure: 'time grows with' }], rows },
  ];
}
