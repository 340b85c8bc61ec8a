// The dashboard of Grafana: how the newest run went, and how its cases develop.
import {
  type DataSourceRef,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  QueryVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { type MetricName, metric } from './metrics.js';
import { age, RECORDED, REGRESSION } from './rules.js';

/** The data source that panels ask; its file says where it is. */
export const SOURCE = { type: 'prometheus', uid: 'forgebench' } as const satisfies DataSourceRef;

const SERVERS = 'instance=~"$instance"';
const CASES = `${SERVERS},case=~"$case"`;
/** Columns of a dashboard; Grafana's grid has no more. */
const WIDTH = 24;

/** A dashboard for all servers that are scraped, or for some of them, and for all cases or some. */
export function grafanaDashboard(): Dashboard {
  const dashboard = new DashboardBuilder('forgebench')
    .uid('forgebench')
    .tags(['forgebench'])
    .time({ from: 'now-30d', to: 'now' })
    .withVariable(choice('instance', 'Server', 'forgebench_runs'))
    .withVariable(choice('case', 'Case', 'forgebench_case_p50_seconds'))
    .annotation(regressions());
  for (const panel of [...newestRun(), ...cases(), ...underWay()]) dashboard.withPanel(panel);
  return dashboard.build();
}

/** A row of figures, red where something is wrong. */
function newestRun(): StatBuilder[] {
  const missed = metric('forgebench_last_run_targets', `${SERVERS},status="missed"`);
  const failed = metric('forgebench_last_run_launches', `${SERVERS},status="failed"`);
  return [
    figure('Regressions', metric('forgebench_regressions', SERVERS)).thresholds(redFromOne()),
    figure('Targets missed in the newest run', missed).thresholds(redFromOne()),
    figure('Launches failed in the newest run', failed).thresholds(redFromOne()),
    figure('Since the newest run', age(SERVERS)).unit('s'),
    figure('Runs stored', metric('forgebench_runs', SERVERS)),
    figure('Cases stored', metric('forgebench_cases', SERVERS)),
  ];
}

function cases(): TimeSeriesBuilder[] {
  return [
    curves('Median time of an operation', metric('forgebench_case_p50_seconds', CASES)).unit('s'),
    curves('Against the median of seven days', `${RECORDED.againstWeek}{${CASES}}`).unit('percentunit'),
  ];
}

/** What goes on while a run is on; flat in between. */
function underWay(): TimeSeriesBuilder[] {
  const rate = (name: MetricName) => `rate(${metric(name, SERVERS)}[5m])`;
  return [
    curves('Operations of runs under way', rate('forgebench_live_operations_total'), '{{instance}}').unit('ops'),
    curves('Processor time of their launches', rate('forgebench_live_cpu_seconds_total'), '{{instance}}').unit('none'),
    curves('Memory of their processes', metric('forgebench_live_resident_memory_bytes', SERVERS), '{{instance}}').unit(
      'bytes',
    ),
  ];
}

function figure(title: string, expression: string): StatBuilder {
  const query = ask(expression, '{{instance}}').instant();
  return new StatBuilder()
    .title(title)
    .datasource(SOURCE)
    .span(WIDTH / 6)
    .height(4)
    .withTarget(query);
}

function curves(title: string, expression: string, name = '{{case}} ({{instance}})'): TimeSeriesBuilder {
  const query = ask(expression, name).range();
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
  return new TimeSeriesBuilder()
    .title(title)
    .datasource(SOURCE)
    .span(WIDTH)
    .height(10)
    .legend(legend)
    .withTarget(query);
}

function ask(expression: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().datasource(SOURCE).refId('A').expr(expression).legendFormat(legend);
}

function redFromOne(): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'green' },
    { value: 1, color: 'red' },
  ]);
}

/** Values of a label to choose from; all of them ask for anything, because a list of 500 cases makes no good query. */
function choice(label: string, title: string, of: MetricName): QueryVariableBuilder {
  return new QueryVariableBuilder(label)
    .label(title)
    .datasource(SOURCE)
    .query(`label_values(${metric(of)}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });
}

/** Lines in all curves while the alert fires. */
function regressions(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Regressions')
    .datasource(SOURCE)
    .enable(true)
    .iconColor('red')
    .expr(`ALERTS{alertname="${REGRESSION}",alertstate="firing",${SERVERS}}`)
    .titleFormat('{{instance}}');
}
