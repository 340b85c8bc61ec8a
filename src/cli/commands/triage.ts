// `forgebench triage`: what people decide about changes: accepted, noise, fixed, or that somebody looks at it.
import { applyTriages, changeKeyOf, type Trend, type TrendChange, trendOf } from '../../history/index.js';
import { changedTrendsText, formatChange, plainText } from '../../report/index.js';
import { type Store, type StoredTriage, storedTriage, TRIAGE_STATES, type TriageState } from '../../store/index.js';
import { authorName } from '../author-name.js';
import { EXIT } from '../exit-code.js';
import { machineNames } from '../machine-names.js';
import { namedCases } from '../named-cases.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { outputWidth } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Flags of `triage list`. */
export interface TriageFlags extends StoreFlags {
  metric: string;
  machine?: string;
  json?: boolean;
}

/** Flags of `triage set` and `triage clear`. */
export interface DecisionFlags extends TriageFlags {
  at?: string;
  note?: string;
  author?: string;
}

/** Lists regressions and whatever was decided about; returns the exit code. */
export async function triageList(name: string | undefined, flags: TriageFlags): Promise<number> {
  const { stdout } = process;
  const { trends, series, machines } = await withFilledStore(process.cwd(), flags, async (store) => {
    const all = await readTrends(store, name, flags);
    const runs = all.map(({ fingerprint }) => ({ fingerprint }));
    return { trends: all.map(withWhatMatters), series: all.length, machines: await machineNames(store, runs) };
  });
  const shown = trends.filter(({ changes }) => changes.length > 0);
  if (flags.json) stdout.write(`${JSON.stringify(shown.flatMap(listed), null, 2)}\n`);
  else stdout.write(changedTrendsText(shown, series, { width: outputWidth(), machines }));
  return EXIT.well;
}

/** Decides about a change of each case that is named; returns the exit code. */
export async function triageSet(name: string, state: string, flags: DecisionFlags): Promise<number> {
  const decision = {
    state: readState(state),
    ...checkWords({ note: flags.note ?? '', author: flags.author ?? authorName() }),
    at: new Date().toISOString(),
  };
  return decide(name, flags, async (store, { trend, change }) => {
    const triage = { ...changeKeyOf(trend, change), ...decision, magnitude: change.magnitude };
    await store.saveTriage(triage);
    return { triage, text: `is ${state}` };
  });
}

/** Takes decisions back; returns the exit code. */
export async function triageClear(name: string, flags: DecisionFlags): Promise<number> {
  return decide(name, flags, async (store, { change }) => {
    const { triage } = change;
    if (triage === undefined) return { triage: null, text: 'was not decided about' };
    await store.forgetTriage(triage);
    return { triage, text: `is no longer ${triage.state}` };
  });
}

function readState(text: string): TriageState {
  const state = TRIAGE_STATES.find((each) => each === text);
  if (state) return state;
  throw new UsageError(`Cannot set the state "${text}": there are ${TRIAGE_STATES.join(', ')}`);
}

/** What does not fit is refused here: an export that has it could not be imported. */
function checkWords(words: Pick<StoredTriage, 'note' | 'author'>): Pick<StoredTriage, 'note' | 'author'> {
  const checked = storedTriage.pick({ note: true, author: true }).safeParse(words);
  if (checked.success) return checked.data;
  const [{ path, message }] = checked.error.issues as [(typeof checked.error.issues)[0]];
  throw new UsageError(`Cannot use --${String(path[0])}: ${message}; write a name, and a note of no more than a page`);
}

interface ChangeOfTrend {
  trend: Trend;
  change: TrendChange;
}

type Decide = (store: Store, chosen: ChangeOfTrend) => Promise<{ triage: StoredTriage | null; text: string }>;

async function decide(name: string, flags: DecisionFlags, work: Decide): Promise<number> {
  const done = await withFilledStore(process.cwd(), flags, async (store) => {
    const chosen = chooseChanges(await readTrends(store, name, flags), name, flags);
    const decided: { triage: StoredTriage | null; line: string }[] = [];
    for (const each of chosen) {
      const { triage, text } = await work(store, each);
      decided.push({ triage, line: `${plainText(each.trend.caseId)}: ${describe(each.change)} ${text}` });
    }
    return decided;
  });
  const triages = done.flatMap(({ triage }) => triage ?? []);
  process.stdout.write(
    flags.json ? `${JSON.stringify(triages, null, 2)}\n` : done.map(({ line }) => `${line}\n`).join(''),
  );
  return EXIT.well;
}

async function readTrends(
  store: Store,
  name: string | undefined,
  { metric, machine = '' }: TriageFlags,
): Promise<Trend[]> {
  const cases = name === undefined ? undefined : await namedCases(store, name, 'Cannot triage');
  const series = await store.series({ metric, ...(cases && { cases }) });
  const triages = await store.triages();
  return series
    .map((each) => applyTriages(trendOf(each), triages))
    .filter((each) => each.fingerprint.startsWith(machine));
}

/** The changes at a commit or run, or else the last rise of each series. */
function chooseChanges(trends: readonly Trend[], name: string, { at }: DecisionFlags): ChangeOfTrend[] {
  const chosen = trends.flatMap((trend) => {
    const its = at === undefined ? lastRise(trend) : trend.changes.filter(({ after }) => isAt(after, at));
    return its.map((change) => ({ trend, change }));
  });
  if (chosen.length > 0) return chosen;
  const known = trends.flatMap(({ changes }) => changes.map(describe));
  const where = at === undefined ? 'it has not become slower' : `nothing changed at "${at}"`;
  throw new UsageError(
    `Cannot triage "${name}": ${where}; ${known.length === 0 ? 'it has no change' : `its changes are ${known.join(', ')}`}`,
  );
}

function lastRise({ changes }: Trend): TrendChange[] {
  const last = changes.findLast(({ magnitude }) => magnitude > 0);
  return last ? [last] : [];
}

function isAt({ commit, runs }: TrendChange['after'], at: string): boolean {
  return commit?.startsWith(at) === true || runs.includes(at);
}

function describe({ magnitude, after }: TrendChange): string {
  return `${formatChange(1 + magnitude)} at ${plainText(after.commit ?? (after.runs[0] as string))}`;
}

function withWhatMatters(trend: Trend): Trend {
  return { ...trend, changes: trend.changes.filter(({ alarm, triage }) => alarm || triage !== undefined) };
}

function listed(trend: Trend) {
  return trend.changes.map(({ alarm, returned, triage, magnitude, after }) => ({
    ...changeKeyOf(trend, { after } as TrendChange),
    commit: after.commit,
    startedAt: after.startedAt,
    magnitude,
    alarm,
    returned: returned ?? false,
    triage: triage ?? null,
  }));
}
