// The parts of two libraries that the flame graph uses; neither ships types.
declare module 'd3-selection' {
  export interface Selection {
    datum(value: unknown): Selection;
    call(chart: unknown): Selection;
  }
  export function select(element: Element): Selection;
}

declare module 'd3-flame-graph' {
  export interface HierarchyNode<Data> {
    id: number;
    data: Data;
    value: number;
    highlight?: boolean;
    parent: HierarchyNode<Data> | null;
    children?: HierarchyNode<Data>[];
  }
  export interface Tooltip<Data> {
    (): void;
    show(event: MouseEvent, node: HierarchyNode<Data>): void;
    hide(): void;
  }
  export interface FlameGraph<Data> {
    width(pixels: number): FlameGraph<Data>;
    cellHeight(pixels: number): FlameGraph<Data>;
    minFrameSize(pixels: number): FlameGraph<Data>;
    transitionDuration(milliseconds: number): FlameGraph<Data>;
    inverted(down: boolean): FlameGraph<Data>;
    sort(order: (a: HierarchyNode<Data>, b: HierarchyNode<Data>) => number): FlameGraph<Data>;
    getName(name: (node: HierarchyNode<Data>) => string): FlameGraph<Data>;
    tooltip(tooltip: Tooltip<Data>): FlameGraph<Data>;
    onClick(handler: (node: HierarchyNode<Data>) => void): FlameGraph<Data>;
    setColorMapper(mapper: (node: HierarchyNode<Data>) => string): FlameGraph<Data>;
    setSearchMatch(match: (node: HierarchyNode<Data>, term: string) => boolean): FlameGraph<Data>;
    setSearchHandler(handler: (found: HierarchyNode<Data>[], sum: number, total: number) => void): FlameGraph<Data>;
    search(term: string): void;
    clear(): void;
    resetZoom(): void;
    update(): void;
    destroy(): void;
  }
  export default function flamegraph<Data>(): FlameGraph<Data>;
}
