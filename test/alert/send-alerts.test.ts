// Who is told what, once, whoever else is telling.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Alert,
  AlertError,
  type AlertMessage,
  type Channel,
  findAlerts,
  sendAlerts,
} from '../../src/alert/index.js';
import { applyTriages, changeKeyOf } from '../../src/history/index.js';
import { openStore, type Store, type TriageState } from '../../src/store/index.js';
import { storedCase, storedRun } from '../store/stored-runs.js';
import { sampleAlert } from './sample-alerts.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-alerts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A channel that remembers, and fails as long as it is told to. */
function recorder(name: string, faults: string[] = []): Channel & { messages: AlertMessage[] } {
  const messages: AlertMessage[] = [];
  return {
    ...{ name, place: 'here', messages },
    async send(message) {
      const fault = faults.shift();
      if (fault !== undefined) throw new AlertError(fault);
      messages.push(message);
    },
  };
}

let stores = 0;
let store: Store;
let file: string;
beforeEach(async () => {
  file = join(folder, `${stores++}.db`);
  store = await openStore({ kind: 'sqlite', file });
  await store.save(storedRun('r20', { cases: [storedCase('demo/sum', 120), storedCase('demo/other', 120)] }));
  return () => store.close();
});

const ALERTS = [sampleAlert(), sampleAlert('demo/other')];
const send = (channels: Channel[], alerts: readonly Alert[] = ALERTS, more = {}) =>
  sendAlerts(store, { alerts, channels }, { now: new Date(), ...more });

describe('an alert', () => {
  it('is sent once to each channel, all that is new in one message', async () => {
    const [team, mail] = [recorder('team'), recorder('mail')];
    expect(await send([team])).toMatchObject([{ channel: 'team', failure: null, alerts: [{}, {}] }]);
    expect(await send([team, mail])).toMatchObject([
      { channel: 'team', failure: null, alerts: [] },
      { channel: 'mail', failure: null, alerts: [{}, {}] },
    ]);
    expect([team, mail].map(({ messages }) => messages.length)).toEqual([1, 1]);
  });

  it('is the same one where later runs move the change, and another one where it came back', async () => {
    const team = recorder('team');
    await send([team]);
    const [first] = ALERTS as [Alert, Alert];
    const { trend } = first;
    const points = trend.points.slice(1);
    const moved = { ...first.change, index: 21, after: trend.points[22], before: trend.points[21] } as Alert['change'];
    await send([team], [{ ...first, trend: { ...trend, points, changes: [moved] }, change: moved }]);
    expect(team.messages).toHaveLength(1);
    await send([team], [{ ...first, kind: 'returned' }]);
    expect(team.messages).toHaveLength(2);
  });

  it('that fails is said, keeps no other channel from being told, and is tried again with the same id', async () => {
    const [broken, team] = [recorder('broken', ['nobody answers']), recorder('team')];
    expect(await send([broken, team])).toMatchObject([{ failure: 'nobody answers' }, { failure: null }]);
    expect(await store.alerts()).toMatchObject([{ state: 'failed', failure: 'nobody answers' }, {}, {}, {}]);
    expect(await send([broken, team])).toMatchObject([{ failure: null, alerts: [{}, {}] }, { alerts: [] }]);
    expect(broken.messages[0]?.id).toBe(team.messages[0]?.id);
    expect((await store.alerts()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('shows nothing of an error that is not ours', async () => {
    const leaky: Channel = { name: 'leaky', place: 'here', send: () => Promise.reject(new TypeError('secret')) };
    const [delivery] = await send([leaky]);
    expect(delivery?.failure).toBe('it failed in an unforeseen way (TypeError); the next call tries again');
  });

  it('is sent once where several programs send at the same moment', async () => {
    const team = recorder('team');
    const others = await Promise.all(Array.from({ length: 3 }, () => openStore({ kind: 'sqlite', file })));
    const both = (other: Store) => sendAlerts(other, { alerts: ALERTS, channels: [team] }, { now: new Date() });
    await Promise.all(others.map(both));
    for (const other of others) await other.close();
    const told = team.messages.flatMap(({ alerts }) => alerts.map(({ trend }) => trend.caseId));
    expect(told.sort()).toEqual(['demo/other', 'demo/sum']);
  });

  it('is repeated where nobody has decided for so long, and only then', async () => {
    const team = recorder('team');
    const later = (hours: number) => ({ now: new Date(Date.now() + hours * 3_600_000), repeatMs: 7_200_000 });
    for (const hours of [0, 1, 3]) await send([team], ALERTS, later(hours));
    expect(team.messages).toHaveLength(2);
    expect(new Set(team.messages.map(({ id }) => id)).size).toBe(2);
  });
});

describe('what somebody has to hear of', () => {
  const { trend, change } = sampleAlert();
  const decided = (state: TriageState, at: string) => {
    const decision = { ...changeKeyOf(trend, change), state, note: '', author: 'ada', at, magnitude: 0.2 };
    return findAlerts([applyTriages(trend, [decision])], new Map());
  };

  it('is a regression that nobody has decided about', () => {
    expect(findAlerts([trend], new Map())).toMatchObject([{ kind: 'regression', machine: 'unknown machine' }]);
    for (const state of ['acknowledged', 'accepted', 'noise', 'fixed'] as const)
      expect(decided(state, '2026-03-01T00:00:00.000Z')).toEqual([]);
  });

  it('and one that was called fixed and is there again', () => {
    expect(decided('fixed', '2026-01-01T22:00:00.000Z')).toMatchObject([{ kind: 'returned' }]);
  });
});
