// Alerts of the real program to servers on this machine: by hand, at the same moment, and after a run by configuration.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../alert/receiver.js';
import { type Finished, forgebench, makeProject } from './project.js';
import { level, SLOWER, writeHistory } from './stepped-history.js';

const project = makeProject('plain');
const run = (...args: string[]): Promise<Finished> => forgebench(args, project.folder);
const STEPPED = [...level(1000, 25), ...level(1200, 15)];

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  process.env.TEAM_SECRET = 'between us';
  configure({});
  writeHistory(join(project.folder, 'runs.jsonl'), STEPPED);
  expect(await run('import', 'runs.jsonl')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  delete process.env.TEAM_SECRET;
  await receiver.close();
  project.remove();
});

function configure(more: object): void {
  const channels = [
    { kind: 'webhook', name: 'team', url: receiver.url, secretFrom: 'TEAM_SECRET' },
    { kind: 'slack', urlFrom: 'NO_SUCH_VARIABLE' },
  ];
  const quick = { launches: 2, memoryLaunches: 0, samples: 3, warmUp: '5ms', measure: '20ms' };
  const configuration = { ...quick, alerts: { afterRun: true, channels }, ...more };
  writeFileSync(join(project.folder, 'forgebench.config.ts'), `export default ${JSON.stringify(configuration)};\n`);
}

describe('forgebench alert', () => {
  it('says first what it would send, and sends nothing', async () => {
    const { code, stdout } = await run('alert', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^team \(127\.0\.0\.1:\d+\): would be sent 1 regression\n/);
    expect(receiver.received).toEqual([]);
  });

  it('sends a regression once although two programs send at the same moment, and names what failed', async () => {
    const both = await Promise.all([run('alert'), run('alert')]);
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      alerts: [{ caseId: SLOWER, kind: 'regression' }],
    });
    for (const { code, stderr, stdout } of both) {
      expect(code, stderr + stdout).toBe(3);
      expect(stderr + stdout).not.toContain('between us');
    }
    const failed = /Cannot tell the channel "slack" \(slack\): the variable NO_SUCH_VARIABLE is not set; set it/;
    expect(both.map(({ stderr }) => stderr).join('')).toMatch(failed);
    const again = await run('alert', '--json');
    expect(again.code).toBe(3);
    expect(JSON.parse(again.stdout).channels).toMatchObject([{ channel: 'team', alerts: [] }, { channel: 'slack' }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is silent about what somebody looks at', async () => {
    expect(await run('triage', 'set', SLOWER, 'acknowledged')).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await run('alert');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^team .*: nothing new\nslack .*: nothing new\n$/);
    await run('triage', 'clear', SLOWER);
  });

  it('says where no channel is configured, or one does not fit', async () => {
    configure({ alerts: undefined });
    const none = await run('alert');
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toMatch(/names no channel; add "alerts", as docs\/alerts\.md shows/);
    configure({ alerts: { channels: [{ kind: 'pigeon' }] } });
    expect(await run('alert')).toMatchObject({ code: 2, stdout: '' });
    configure({});
  });
});

describe('a run', () => {
  it('tells of regressions, and then removes what the policy has too much of, and says so', async () => {
    receiver.received.splice(0);
    // Commits go on at a level that is higher still, so that there is something new; this run itself has other cases.
    writeHistory(join(project.folder, 'more.jsonl'), [...STEPPED, ...level(1500, 10)]);
    await run('import', 'more.jsonl');
    configure({ retention: { keep: 30 } });
    const { code, stderr } = await run('run', 'plain/sum[length=100]', '--launches', '2');
    expect(code).toBe(3);
    expect(receiver.received).toHaveLength(1);
    expect(stderr).toMatch(/Told the channel "team" of 1 regression\n/);
    expect(stderr).toMatch(/Cannot tell the channel "slack"/);
    expect(stderr).toMatch(/Retention removed \d+ runs: run-000 \(more than 30 runs\), /);
    const log = JSON.parse((await run('prune', '--log', '--json')).stdout) as { run: string; reason: string }[];
    expect(log[0]).toMatchObject({ run: 'run-000', what: 'run', reason: 'more than 30 runs' });
    expect(log.map((each) => each.run)).not.toContain('run-025');
    const history = JSON.parse((await run('history', SLOWER, '--json')).stdout);
    expect(history.trends[0].points.map(({ commit }: { commit: string }) => commit)).toContain('c0ffee25');
  });

  it('that profiles fails as well where a channel was not told', async () => {
    const { code, stderr } = await run('profile', 'plain/sum[length=100]', '--with', 'cpu', '--quick');
    expect(stderr).toMatch(/Cannot tell the channel "slack"/);
    expect(code).toBe(3);
  });
});
