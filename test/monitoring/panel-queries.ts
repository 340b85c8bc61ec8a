// What a dashboard of Grafana asks.

interface Source {
  uid: string;
}

/** As much of a dashboard as tests look at. */
export interface GrafanaDashboard {
  panels: {
    title: string;
    datasource: Source;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string; datasource: Source }[];
  }[];
  templating: { list: { query: string }[] };
  annotations: { list: { expr: string }[] };
}

/** Expressions of all panels. */
export function panelQueries({ panels }: GrafanaDashboard): string[] {
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

/** What choices are made from. */
export function variableQueries({ templating }: GrafanaDashboard): string[] {
  return templating.list.map(({ query }) => query);
}

/** What is drawn over all panels. */
export function annotationsOf({ annotations }: GrafanaDashboard): string[] {
  return annotations.list.map(({ expr }) => expr);
}
