// Counts what crosses into addons: each function that an addon exports is wrapped when the addon is opened.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine, type OpenedAddon, watchAddons } from '../../native/index.js';
import type { BorderCounts, CrossedFunction } from '../border/border-counts.js';
import { countBytes } from '../border/count-bytes.js';
import type { Capture } from './capture.js';

const FILE = 'border.counts.json';
const CALIBRATION_CALLS = 10_000;
const CALIBRATION_ROUNDS = 20;

type Callable = (...values: unknown[]) => unknown;
/** Makes a call with these values and counts it. */
type Counter = <T>(values: readonly unknown[], call: () => T) => T;
type CounterOf = (name: string) => Counter;

/** Writes `border.counts.json`. Opening the capture is early enough: addons are opened by the workload's set-up. */
export function borderCapture(): Capture {
  const functions: CrossedFunction[] = [];
  const addons: string[] = [];
  // The engine's own addon must not be counted, so it is opened before anything is wrapped.
  const crossingNs = timePerCall(engine().cross);
  const clockNs = timePerCall(() => performance.now());
  let counting = false;
  const counterOf = (addon: string, name: string): Counter => {
    const seen: CrossedFunction = { addon, name, calls: 0, ns: 0, bytesIn: nothing(), bytesOut: nothing() };
    functions.push(seen);
    return (values, call) => {
      const start = performance.now();
      const result = call();
      const ns = (performance.now() - start) * 1e6;
      if (!counting) return result;
      seen.calls += 1;
      seen.ns += Math.max(0, ns - clockNs);
      add(seen.bytesIn, countBytes(values));
      add(seen.bytesOut, countBytes([result]));
      return result;
    };
  };
  const stop = watchAddons((file, addon) => {
    addons.push(file);
    wrapExports(addon, (name) => counterOf(file, name));
  });
  return {
    // What is wrapped stays so: a run after this one would not be without.
    onlyRun: true,
    async start() {},
    enter() {
      counting = true;
    },
    leave() {
      counting = false;
    },
    async stop() {
      stop();
    },
    async write(folder) {
      const counts: BorderCounts = { crossingNs, addons, functions: functions.filter(({ calls }) => calls > 0) };
      writeFileSync(join(folder, FILE), JSON.stringify(counts));
      return { counts: FILE };
    },
  };
}

/** Functions of the addon, and methods of its classes, become counting ones; what looks at them sees the originals. */
function wrapExports(addon: OpenedAddon, counterOf: CounterOf): void {
  // An addon may be a function as a whole, which has no name to count it under.
  if (typeof addon.exports !== 'object') return;
  const wrap = ([name, value]: [string, unknown]) =>
    [name, typeof value === 'function' ? wrapFunction(name, value as Callable, counterOf) : value] as const;
  addon.exports = Object.fromEntries(Object.entries(addon.exports).map(wrap));
}

function wrapFunction(name: string, value: Callable, counterOf: CounterOf): Callable {
  if (value.prototype) wrapMethods(name, value.prototype, counterOf);
  const [called, made] = [counterOf(name), counterOf(`new ${name}`)];
  return new Proxy(value, {
    apply: (_value, self, values) => called(values, () => Reflect.apply(value, self, values)),
    construct: (_value, values, target) => made(values, () => Reflect.construct(value, values, target) as object),
  });
}

function wrapMethods(name: string, prototype: object, counterOf: CounterOf): void {
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const method = property.value as Callable | undefined;
    if (key === 'constructor' || typeof method !== 'function' || !property.configurable) continue;
    const called = counterOf(`${name}.${key}`);
    const counting = function (this: unknown, ...values: unknown[]) {
      return called(values, () => Reflect.apply(method, this, values));
    };
    Object.defineProperty(prototype, key, { ...property, value: counting });
  }
}

/** The fastest of some rounds: others were interrupted, or not compiled yet. */
function timePerCall(call: () => unknown): number {
  const rounds = Array.from({ length: CALIBRATION_ROUNDS }, () => {
    const start = performance.now();
    for (let i = 0; i < CALIBRATION_CALLS; i++) call();
    return ((performance.now() - start) * 1e6) / CALIBRATION_CALLS;
  });
  return Math.min(...rounds);
}

function nothing() {
  return { copied: 0, shared: 0 };
}

function add(total: { copied: number; shared: number }, { copied, shared }: { copied: number; shared: number }): void {
  total.copied += copied;
  total.shared += shared;
}
