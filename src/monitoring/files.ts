// The files that Prometheus starts with.
import { JOB, rules } from './rules.js';

/** A file by its path inside a folder. */
export interface MonitoringFile {
  path: string;
  text: string;
}

/** What is scraped. */
export interface MonitoringOptions {
  /** Addresses of `forgebench serve`, each as HOST:PORT. */
  servers: readonly string[];
}

/**
 * Files for Prometheus: its configuration and its rules.
 *
 * @example
 * await monitoringFiles({ servers: ['127.0.0.1:4280'] }); // [{ path: 'prometheus.yml', text: '# …' }, …]
 */
export async function monitoringFiles({ servers }: MonitoringOptions): Promise<MonitoringFile[]> {
  // Loaded here, because the dashboard, which every verb loads, wants nothing but names of this room.
  const { stringify } = await import('yaml');
  const yaml = (path: string, value: unknown) => ({
    path,
    text: `# Written by "forgebench monitoring".\n${stringify(value, { lineWidth: 0 })}`,
  });
  return [yaml('prometheus.yml', prometheusConfiguration(servers)), yaml('forgebench.rules.yml', rules())];
}

/** A minute between scrapes: each reads the store, and what it finds changes with a run. */
function prometheusConfiguration(servers: readonly string[]) {
  return {
    global: { scrape_interval: '1m', evaluation_interval: '1m' },
    rule_files: ['forgebench.rules.yml'],
    scrape_configs: [{ job_name: JOB, static_configs: [{ targets: servers }] }],
  };
}
