// `forgebench flame`: where two profiles of a case differ.
import { join, relative, resolve } from 'node:path';
import { selectCases } from '../../definition/index.js';
import { align, alike, type ProfilesOfCase } from '../../explain/index.js';
import type { DifferentialData, Profile } from '../../profile/index.js';
import { differentialText } from '../../report/index.js';
import { formatMoment, slug } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { explanationFolder } from '../explain-runs.js';
import { checkOutputFolder } from '../output.js';
import type { StoreFlags } from '../project-store.js';
import { type ProfilesOfSide, profilesOf } from '../stored-profiles.js';
import { UsageError } from '../usage-error.js';
import { writeDifferential } from '../write-differential.js';

/** Flags of `forgebench flame`. */
export interface FlameFlags extends StoreFlags {
  output?: string;
  json?: boolean;
}

/** A case with what both sides show, or why they cannot be compared. */
interface Compared {
  caseId: string;
  page?: string;
  data?: DifferentialData;
  failure?: string;
}

/** Draws a differential flame graph of each case that both sides have profiled; returns the exit code. */
export async function flame(base: string, head: string, selects: string[], flags: FlameFlags): Promise<number> {
  const folder = flags.output === undefined ? explanationFolder(base, head) : resolve(flags.output);
  const [old, now] = [await profilesOf(base, flags), await profilesOf(head, flags)];
  const pairs = pairUp(old, now, selects);
  checkOutputFolder(folder);
  const subtitle = [old, now].map((side, index) => `${index === 0 ? 'base' : 'head'}  ${describe(side)}`);
  const compared = pairs.map(({ caseId, ...sides }) => compare(caseId, sides, { folder, subtitle }));
  if (flags.json) process.stdout.write(`${JSON.stringify(compared.map(toJson), null, 2)}\n`);
  else process.stdout.write(`${compared.map(toText).join('\n\n')}\n`);
  return compared.some(({ failure }) => failure === undefined) ? EXIT.well : EXIT.nothing;
}

interface Pair {
  caseId: string;
  base: Profile;
  head: Profile;
}

/** Cases that both sides have profiled; two files are one case, whatever their names. */
function pairUp(old: ProfilesOfSide, now: ProfilesOfSide, selects: readonly string[]): Pair[] {
  const [first, second] = [old, now].map(({ profiles }) => [...profiles]);
  if (old.record === undefined && now.record === undefined) {
    const [[, base], [caseId, head]] = [first?.[0], second?.[0]] as [
      [string, ProfilesOfCase],
      [string, ProfilesOfCase],
    ];
    return [{ caseId, ...alike(base, head) }];
  }
  const chosen = chosenCases(now.record ?? old.record, selects);
  const pairs = [...now.profiles].flatMap(([caseId, head]) => {
    const base = old.record === undefined ? first?.[0]?.[1] : old.profiles.get(caseId);
    return base !== undefined && chosen(caseId) ? [{ caseId, ...alike(base, head) }] : [];
  });
  if (pairs.length > 0) return pairs;
  const list = ({ name, profiles }: ProfilesOfSide) => `"${name}" has ${[...profiles.keys()].join(', ') || 'none'}`;
  throw new UsageError(
    `Cannot compare profiles: no case${selects.length > 0 ? ' that you chose' : ''} was profiled on both sides: ${list(old)}; ${list(now)}; profile with "forgebench run --profile" or "forgebench profile"`,
  );
}

function chosenCases(record: ProfilesOfSide['record'], selects: readonly string[]): (caseId: string) => boolean {
  if (selects.length === 0 || record === undefined) return () => true;
  const ids = new Set(selectCases(record.benchmarks, selects).flatMap(({ cases }) => cases.map(({ id }) => id)));
  return (caseId) => ids.has(caseId);
}

function describe({ name, record }: ProfilesOfSide): string {
  if (record === undefined) return name;
  const { id, startedAt, environment } = record;
  return [...new Set([name, id]), formatMoment(startedAt), environment.commit ?? ''].join(' · ');
}

function compare(
  caseId: string,
  { base, head }: Omit<Pair, 'caseId'>,
  { folder, subtitle }: { folder: string; subtitle: readonly string[] },
): Compared {
  try {
    const page = join(folder, `${slug(caseId)}.html`);
    const data = writeDifferential(page, align({ base: [base], head: [head] }), { caseId, subtitle });
    return { caseId, page, data };
  } catch (error) {
    return { caseId, failure: (error as Error).message };
  }
}

function toJson({ caseId, page, data, failure }: Compared) {
  const { unit, functions } = data ?? {};
  return { caseId, ...(failure !== undefined && { failure }), ...(page && { page, unit, functions }) };
}

function toText({ caseId, page, data, failure }: Compared): string {
  if (data === undefined || page === undefined) return `${caseId}\n  ✗ ${failure}`;
  const lines = differentialText(data);
  const none = 'No function changed.';
  return [caseId, ...(lines.length > 0 ? lines : [`  ${none}`]), `  Page: ${relative(process.cwd(), page)}`].join('\n');
}
