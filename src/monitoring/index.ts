// The only door of the room: the metrics that there are, and what Prometheus and Grafana make of them.
export { type MonitoringFile, type MonitoringOptions, monitoringFiles } from './files.js';
export { METRICS, type Metric, type MetricName, MOST_CASES, MOST_EMITTED } from './metrics.js';
export { PushError, type PushOptions, pushToGateway, writeRemotely } from './push-metrics.js';
export { type AlertRule, type RecordingRule, type RuleFile, rules } from './rules.js';
export { type SplitAddress, splitCredentials } from './split-credentials.js';
