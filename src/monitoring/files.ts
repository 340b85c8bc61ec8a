// The files that Prometheus and Grafana start with.
import { join } from 'node:path';
import { JOB, rules } from './rules.js';

/** A file by its path inside the folder. */
export interface MonitoringFile {
  path: string;
  text: string;
}

/** Who asks whom, and where the files lie. */
export interface MonitoringOptions {
  /** The absolute path of the folder, which Grafana is told. */
  folder: string;
  /** Addresses of `forgebench serve`, each as HOST:PORT. */
  servers: readonly string[];
  /** Where Grafana finds Prometheus. */
  prometheus: string;
}

const DASHBOARDS = 'grafana/dashboards';
const PROVISIONING = 'grafana/provisioning';

/**
 * Configuration and rules of Prometheus; data source and dashboard of Grafana.
 *
 * @example
 * const options = { folder: '/etc/bench', servers: ['127.0.0.1:4280'], prometheus: 'http://127.0.0.1:9090' };
 * await monitoringFiles(options); // [{ path: 'prometheus.yml', text: '# …' }, …]
 */
export async function monitoringFiles(options: MonitoringOptions): Promise<MonitoringFile[]> {
  // Loaded here, because the dashboard, which every verb loads, wants nothing but names of this room.
  const [{ stringify }, { grafanaDashboard, SOURCE }] = await Promise.all([
    import('yaml'),
    import('./grafana-dashboard.js'),
  ]);
  const yaml = (path: string, value: unknown) => ({
    path,
    text: `# Written by "forgebench monitoring".\n${stringify(value, { lineWidth: 0 })}`,
  });
  const source = { ...SOURCE, name: 'forgebench', access: 'proxy', url: options.prometheus };
  const provider = { name: 'forgebench', type: 'file', options: { path: join(options.folder, DASHBOARDS) } };
  return [
    yaml('prometheus.yml', prometheusConfiguration(options.servers)),
    yaml('forgebench.rules.yml', rules()),
    yaml(`${PROVISIONING}/datasources/forgebench.yml`, { apiVersion: 1, datasources: [source] }),
    yaml(`${PROVISIONING}/dashboards/forgebench.yml`, { apiVersion: 1, providers: [provider] }),
    { path: `${DASHBOARDS}/forgebench.json`, text: `${JSON.stringify(grafanaDashboard(), null, 2)}\n` },
  ];
}

/** A minute between scrapes: each reads the store, and what it finds changes with a run. */
function prometheusConfiguration(servers: readonly string[]) {
  return {
    global: { scrape_interval: '1m', evaluation_interval: '1m' },
    rule_files: ['forgebench.rules.yml'],
    scrape_configs: [{ job_name: JOB, static_configs: [{ targets: servers }] }],
  };
}
