// How well verdicts and change points detect what is there, on public data: `npm run scorecard`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkBenchstat } from './scorecard/benchstat.js';
import { checkData, readAnnotatedSeries, readGoDays, readHostedSeries, readSapSeries } from './scorecard/data.js';
import { loadForgebench } from './scorecard/forgebench.js';
import { scoreHosted, scoreSap, scoreTcpd } from './scorecard/labelled.js';
import { type OwnFiles, scoreOwn } from './scorecard/own.js';
import { toPage } from './scorecard/page.js';
import { scorePairs } from './scorecard/pairs.js';
import { seriesRules } from './scorecard/series-rules.js';
import { scoreSimulated } from './scorecard/simulated.js';
import { type Section, toText } from './scorecard/table.js';

/** The page that a whole scorecard becomes. */
const PAGE = 'docs/scorecard.md';

const HELP = `Usage: npm run scorecard -- [OPTIONS]

  --data DIR           the folder of the public data; FORGEBENCH_DATA where it is absent
  --quick              a tenth of the comparisons and series; does not write ${PAGE}
  --json FILE          all tables as JSON too
  --own FILE           a comparison of equal versions by "forgebench ab --json"; may be repeated
  --own-slowed FILE    one in which every case was slowed; may be repeated
  --help               this text

Examples:
  npm run scorecard -- --data ../data --json scorecard.json
  npm run scorecard -- --quick
`;

const OPTIONS = {
  data: { type: 'string' },
  quick: { type: 'boolean' },
  json: { type: 'string' },
  own: { type: 'string', multiple: true },
  'own-slowed': { type: 'string', multiple: true },
  help: { type: 'boolean' },
} as const;

/** What the command line says. */
interface Choice {
  folder: string;
  quick: boolean;
  own: OwnFiles;
}

/**
 * Does what `npm run scorecard` says.
 *
 * @returns The exit code: 2 where that cannot be done.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) return say(HELP);
    const quick = values.quick ?? false;
    const own = { equal: values.own ?? [], slowed: values['own-slowed'] ?? [] };
    const folder = checkData(values.data ?? process.env.FORGEBENCH_DATA);
    const sections = await score({ folder, quick, own });
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ version: 1, quick, sections }, null, 2)}\n`);
    if (!quick) writeFileSync(PAGE, toPage(sections));
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** All parts, each printed as soon as it is known. */
async function score({ folder, quick, own }: Choice): Promise<Section[]> {
  const forgebench = await loadForgebench();
  const { rules, missing } = await seriesRules(forgebench);
  if (missing !== undefined) process.stderr.write(`Left out: asv and Otava, which cannot be installed: ${missing}\n`);
  const days = readGoDays(folder);
  const parts: (() => Section[])[] = [
    () => (own.equal.length + own.slowed.length === 0 ? [] : [scoreOwn(own)]),
    () => [scoreSap(readSapSeries(folder), rules)],
    () => [scoreTcpd(readAnnotatedSeries(folder), rules)],
    () => [scoreHosted(readHostedSeries(folder), rules)],
    () => [scoreSimulated(rules, { quick })],
    () => [checkBenchstat(days, forgebench)],
    () => scorePairs(days, forgebench, { quick }),
  ];
  const sections: Section[] = [];
  for (const part of parts)
    for (const section of part()) {
      sections.push(section);
      process.stdout.write(`${toText(section)}\n\n`);
    }
  return sections;
}
