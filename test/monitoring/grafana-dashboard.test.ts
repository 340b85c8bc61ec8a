// What Grafana is given: files that fit each other, and queries that Prometheus can answer.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { monitoringFiles } from '../../src/monitoring/index.js';
import { namesIn, unknownNames } from './names.js';
import { annotationsOf, type GrafanaDashboard, panelQueries, variableQueries } from './panel-queries.js';

const files = await monitoringFiles({
  folder: '/srv/monitoring',
  servers: ['bench:4280'],
  prometheus: 'http://prometheus:9090',
});
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
const dashboard = JSON.parse(textOf('grafana/dashboards/forgebench.json')) as GrafanaDashboard;

describe('the dashboard of Grafana', () => {
  it('asks for nothing but metrics that are served or recorded', () => {
    const queries = [...panelQueries(dashboard), ...variableQueries(dashboard), ...annotationsOf(dashboard)];
    expect(queries.length).toBe(14);
    expect(unknownNames(queries)).toEqual([]);
    expect(unknownNames(['forgebench_runs + forgebench_gone'])).toEqual(['forgebench_gone']);
  });

  it('has a query in each panel, for the servers and cases that were chosen', () => {
    for (const query of panelQueries(dashboard)) {
      expect(namesIn(query).length).toBe(1);
      expect(query).toContain('instance=~"$instance"');
    }
    expect(variableQueries(dashboard)).toEqual([
      'label_values(forgebench_runs, instance)',
      'label_values(forgebench_case_p50_seconds, case)',
    ]);
  });

  it('lets no panel lie over another, or leave the grid', () => {
    const taken = new Set<string>();
    for (const { gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken).not.toContain(`${x},${y}`);
          taken.add(`${x},${y}`);
        }
    }
  });
});

describe('provisioning of Grafana', () => {
  it('names the data source that all panels ask, and where Prometheus is', () => {
    const { datasources } = parse(textOf('grafana/provisioning/datasources/forgebench.yml'));
    expect(datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090' }]);
    const { uid } = datasources[0];
    for (const { datasource, targets } of dashboard.panels) {
      expect(datasource.uid).toBe(uid);
      expect(targets.map((target) => target.datasource.uid)).toEqual([uid]);
    }
  });

  it('looks for the dashboard where it was written', () => {
    const { providers } = parse(textOf('grafana/provisioning/dashboards/forgebench.yml'));
    expect(providers).toMatchObject([{ type: 'file', options: { path: '/srv/monitoring/grafana/dashboards' } }]);
  });
});
