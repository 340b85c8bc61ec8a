// The format in which callgrind and cachegrind write what each function cost (valgrind manual, "Callgrind Format Specification").

/** What was counted. */
export interface FunctionCosts {
  /** Names of the events, such as `Ir`. */
  events: string[];
  /** Of the whole run, an entry for each event. */
  totals: number[];
  /** Of each function itself, without what it called. */
  self: Map<string, number[]>;
}

/**
 * Reads the text of a file.
 *
 * @throws Error where it is cut off or something else
 *
 * @example
 * readFunctionCosts('events: Ir\nfn=(1) main\n12 300\nsummary: 300\n').totals // [300]
 */
export function readFunctionCosts(text: string): FunctionCosts {
  const costs: FunctionCosts = { events: [], totals: [], self: new Map() };
  const names = new Map<string, string>();
  let [current, isCall]: [number[] | undefined, boolean] = [undefined, false];
  for (const line of text.split('\n')) {
    const [, key, value = ''] = /^(\w+)[:=]\s*(.*)$/.exec(line) ?? [];
    if (key === 'events') costs.events = value.trim().split(/\s+/);
    // callgrind ends with totals, because it writes its summary while nothing is counted; cachegrind has the summary alone.
    else if (key === 'totals' || (key === 'summary' && !/^0\b/.test(value))) costs.totals = numbers(value);
    else if (key === 'fn') current = selfOf(costs, nameOf(value, names));
    else if (key === 'cfn') nameOf(value, names);
    // The line after it has the cost of the call, which is the callee's.
    else if (key === 'calls') isCall = true;
    else if (key === undefined && current && /^[+\-*\d]/.test(line)) {
      if (!isCall) add(current, numbers(line).slice(1));
      isCall = false;
    }
  }
  if (costs.events.length === 0 || costs.totals.length === 0)
    throw new Error('Cannot read what was counted: the file is cut off or empty; profile again');
  return costs;
}

/** Functions with the most of an event, most first. */
export function topFunctions({ self }: FunctionCosts, event: number, most: number): { name: string; cost: number }[] {
  return [...self]
    .map(([name, costs]) => ({ name, cost: costs[event] ?? 0 }))
    .sort((a, b) => b.cost - a.cost)
    .slice(0, most);
}

function numbers(text: string): number[] {
  // Lines are relative (`+3`) or the same (`*`); only what follows them is used.
  return text
    .trim()
    .split(/\s+/)
    .map((word) => Number(word) || 0);
}

/** A name is written once, and `(7)` stands for it from then on. */
function nameOf(value: string, names: Map<string, string>): string {
  const [, id, name] = /^\((\d+)\)(?:\s+(.*))?$/.exec(value) ?? [];
  if (id === undefined) return value;
  if (name !== undefined) names.set(id, name);
  return names.get(id) ?? value;
}

function selfOf({ self }: FunctionCosts, name: string): number[] {
  const known = self.get(name);
  if (known) return known;
  const fresh: number[] = [];
  self.set(name, fresh);
  return fresh;
}

function add(sum: number[], costs: readonly number[]): void {
  for (const [index, each] of costs.entries()) sum[index] = (sum[index] ?? 0) + each;
}
