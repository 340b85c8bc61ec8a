// What Prometheus records and when it alarms.
import { metric } from './metrics.js';

/** The job that servers are scraped by. */
export const JOB = 'forgebench';

/** Time series that rules record, by the convention level:metric:operation. */
export const RECORDED = {
  failedShare: 'instance:forgebench_last_run_launches_failed:ratio',
  againstWeek: 'instance_case:forgebench_case_p50_seconds:ratio7d',
} as const;

/** The alert about cases that became slower. */
export const REGRESSION = 'ForgebenchRegression';

/** Seconds since the newest run began, in PromQL. */
export function age(matchers?: string): string {
  return `time() - ${metric('forgebench_last_run_start_timestamp_seconds', matchers)}`;
}

/** Writes a new time series. */
export interface RecordingRule {
  record: string;
  expr: string;
}

/** Alarms for each time series that its expression gives, once it has done so for a while. */
export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
  labels: { severity: 'warning' | 'info' };
  annotations: { summary: string; description: string };
}

/** A file of rules. */
export interface RuleFile {
  groups: { name: string; rules: (RecordingRule | AlertRule)[] }[];
}

/** A server that starts again has read no trends for a while, which is no end of a regression. */
const RESTART = '15m';
const DASHBOARD = 'See http://{{ $labels.instance }}/';

/**
 * Recording and alert rules for all that is scraped as job `forgebench`. Alerts about a run need no `for`: what they look at
 * changes with the next run alone.
 */
export function rules(): RuleFile {
  return {
    groups: [
      { name: 'forgebench-recorded', rules: recordingRules() },
      { name: 'forgebench-alerts', rules: [...alertsOfRuns(), ...alertsOfServers()] },
    ],
  };
}

function recordingRules(): RecordingRule[] {
  const launches = (matchers?: string) => `sum without (status) (${metric('forgebench_last_run_launches', matchers)})`;
  const p50 = metric('forgebench_case_p50_seconds');
  return [
    { record: RECORDED.failedShare, expr: `${launches('status="failed"')} / ${launches()}` },
    { record: RECORDED.againstWeek, expr: `${p50} / quantile_over_time(0.5, ${p50}[7d])` },
  ];
}

function alertsOfRuns(): AlertRule[] {
  return [
    {
      alert: REGRESSION,
      expr: `${metric('forgebench_regressions')} > 0`,
      keep_firing_for: RESTART,
      labels: { severity: 'warning' },
      annotations: {
        summary: 'Cases have become slower, and stayed so',
        description: `Trends whose last change is a regression: {{ $value }}. ${DASHBOARD} for the cases and the commits.`,
      },
    },
    {
      alert: 'ForgebenchTargetsMissed',
      expr: `${metric('forgebench_last_run_targets', 'status="missed"')} > 0`,
      labels: { severity: 'warning' },
      annotations: {
        summary: 'The newest run misses targets',
        description: `Targets that are missed: {{ $value }}. ${DASHBOARD} for which.`,
      },
    },
    {
      alert: 'ForgebenchLaunchesFailed',
      expr: `${RECORDED.failedShare} > 0`,
      labels: { severity: 'warning' },
      annotations: {
        summary: 'Launches of the newest run have failed',
        description: `{{ $value | humanizePercentage }} of its launches ended without a result. ${DASHBOARD} for their reasons.`,
      },
    },
  ];
}

function alertsOfServers(): AlertRule[] {
  return [
    {
      alert: 'ForgebenchRunsStopped',
      expr: `${age()} > ${2 * 86_400}`,
      labels: { severity: 'info' },
      annotations: {
        summary: 'No run for two days',
        description: 'The newest run began {{ $value | humanizeDuration }} ago: does the nightly job still run?',
      },
    },
    {
      alert: 'ForgebenchUnreachable',
      expr: `up{job="${JOB}"} == 0`,
      for: '5m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'A dashboard does not answer',
        description:
          '{{ $labels.instance }} gives no metrics: is "forgebench serve" still running, and is its token known?',
      },
    },
  ];
}
