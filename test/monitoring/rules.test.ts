// Rules as promtool reads and tries them: on series that are right, and on series that are wrong in one way each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitoringFiles, rules } from '../../src/monitoring/index.js';
import { has, promtool } from '../promtool.js';
import { namesIn, unknownNames } from './names.js';

const ON = 'instance="bench:4280",job="forgebench"';
const LABELS = { instance: 'bench:4280', job: 'forgebench' };
const ALERTS = rules().groups.flatMap((group) => group.rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])));

/** What a server says where all is well, each minute for an hour. */
const WELL: Readonly<Record<string, string>> = {
  [`up{${ON}}`]: '1x60',
  [`forgebench_regressions{${ON}}`]: '0x60',
  [`forgebench_last_run_start_timestamp_seconds{${ON}}`]: '0x60',
  [`forgebench_last_run_launches{${ON},status="failed"}`]: '0x60',
  [`forgebench_last_run_launches{${ON},status="measured"}`]: '30x60',
  [`forgebench_last_run_targets{${ON},status="missed"}`]: '0x60',
  [`forgebench_last_run_targets{${ON},status="met"}`]: '7x60',
};

interface Expected {
  labels: Record<string, string>;
  summary: string;
  description: string;
}

it('names only metrics that there are, or that a rule records', () => {
  const expressions = rules().groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  // `up` is Prometheus's own.
  expect(expressions.filter((each) => namesIn(each).length === 0)).toEqual(['up{job="forgebench"} == 0']);
  expect(unknownNames(expressions)).toEqual([]);
});

describe.skipIf(!has('promtool'))('files for Prometheus', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'forgebench-rules-'));
    const options = { folder, servers: ['bench:4280'], prometheus: 'http://localhost:9090' };
    for (const { path, text } of await monitoringFiles(options))
      if (!path.startsWith('grafana/')) writeFileSync(join(folder, path), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are what promtool accepts', () => {
    const { stdout, stderr } = promtool(['check', 'config', 'prometheus.yml'], { cwd: folder });
    expect(stderr).toBe('');
    expect(stdout).toContain('SUCCESS: 7 rules found');
    expect(promtool(['check', 'rules', 'forgebench.rules.yml'], { cwd: folder }).status).toBe(0);
  });

  it('alarm about nothing where all is well', () => {
    tryRules({ at: '1h', alerts: {} });
  });

  it('alarm at once about regressions, and go on while a server starts again', () => {
    const summary = 'Cases have become slower, and stayed so';
    const description =
      'Trends whose last change is a regression: 2. See http://bench:4280/ for the cases and the commits.';
    const regression = { ForgebenchRegression: { labels: { severity: 'warning' }, summary, description } };
    const wrong = { [`forgebench_regressions{${ON}}`]: '0x9 2x9 _x9 0x30' };
    tryRules({ wrong, at: '9m', alerts: {} });
    tryRules({ wrong, at: '10m', alerts: regression });
    tryRules({ wrong, at: '29m', alerts: regression });
    tryRules({ wrong, at: '45m', alerts: {} });
  });

  it('alarm about targets that the newest run misses', () => {
    tryRules({
      wrong: { [`forgebench_last_run_targets{${ON},status="missed"}`]: '3x60' },
      at: '1m',
      alerts: {
        ForgebenchTargetsMissed: {
          labels: { severity: 'warning', status: 'missed' },
          summary: 'The newest run misses targets',
          description: 'Targets that are missed: 3. See http://bench:4280/ for which.',
        },
      },
    });
  });

  it('alarm about launches that failed, by their share of all', () => {
    tryRules({
      wrong: { [`forgebench_last_run_launches{${ON},status="failed"}`]: '10x60' },
      at: '1m',
      alerts: {
        ForgebenchLaunchesFailed: {
          labels: { severity: 'warning' },
          summary: 'Launches of the newest run have failed',
          description: '25% of its launches ended without a result. See http://bench:4280/ for their reasons.',
        },
      },
    });
  });

  it('alarm where no run has begun for two days', () => {
    tryRules({
      wrong: { [`forgebench_last_run_start_timestamp_seconds{${ON}}`]: `${-2 * 86_400}x60` },
      at: '1m',
      alerts: {
        ForgebenchRunsStopped: {
          labels: { severity: 'info' },
          summary: 'No run for two days',
          description: 'The newest run began 2d 0h 1m 0s ago: does the nightly job still run?',
        },
      },
    });
  });

  it('alarm about a server that has not answered for five minutes, and not about one that starts again', () => {
    const wrong = { [`up{${ON}}`]: '1 0x60' };
    tryRules({ wrong, at: '5m', alerts: {} });
    tryRules({
      wrong,
      at: '6m',
      alerts: {
        ForgebenchUnreachable: {
          labels: { severity: 'warning' },
          summary: 'A dashboard does not answer',
          description: 'bench:4280 gives no metrics: is "forgebench serve" still running, and is its token known?',
        },
      },
    });
  });

  it('record by how much a case differs from its week', () => {
    const p50 = `forgebench_case_p50_seconds{${ON},case="demo/sum"}`;
    const expr = 'instance_case:forgebench_case_p50_seconds:ratio7d';
    const labels = `${expr}{${ON},case="demo/sum"}`;
    tryRules({
      wrong: { [p50]: '2x40 3x10' },
      at: '45m',
      promql_expr_test: [{ expr, eval_time: '45m', exp_samples: [{ labels, value: 1.5 }] }],
    });
  });

  /** Evaluates the rules on series that differ from `WELL`; alerts that are not named must not fire. */
  function tryRules({
    wrong = {},
    at,
    alerts = {},
    ...more
  }: {
    wrong?: Record<string, string>;
    at: string;
    alerts?: Record<string, Expected>;
    promql_expr_test?: object[];
  }): void {
    const test = {
      interval: '1m',
      input_series: Object.entries({ ...WELL, ...wrong }).map(([series, values]) => ({ series, values })),
      alert_rule_test: ALERTS.map((alertname) => ({
        eval_time: at,
        alertname,
        exp_alerts: alerts[alertname] === undefined ? [] : [expectedAlert(alerts[alertname])],
      })),
      ...more,
    };
    // JSON is YAML.
    const file = { rule_files: ['forgebench.rules.yml'], evaluation_interval: '1m', tests: [test] };
    writeFileSync(join(folder, 'rules.test.yml'), JSON.stringify(file));
    const { stdout, stderr, status } = promtool(['test', 'rules', 'rules.test.yml'], { cwd: folder });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  }
});

function expectedAlert({ labels, ...annotations }: Expected) {
  return { exp_labels: { ...LABELS, ...labels }, exp_annotations: annotations };
}
