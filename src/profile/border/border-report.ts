// What crossing into addons costs a case, function by function, and where batching would pay.
import { formatCount, formatNs } from '../../units/index.js';
import type { BorderCounts, CrossedFunction } from './border-counts.js';
import type { BorderTime } from './border-time.js';

/** One exported function. Times are means of one call, nanoseconds; bytes those of one call. */
export interface BorderFunction {
  addon: string;
  name: string;
  callsPerOperation: number;
  /** From call to return, as the counting launch saw it; the counting itself is in no other launch. */
  callNs: number;
  /** In the function's own code; null where no mixed profile shows it. */
  insideNs: number | null;
  /** Conversion of arguments and results; null as above. What node does before and after is in `crossingNs` alone. */
  borderNs: number | null;
  bytesIn: { copied: number; shared: number };
  bytesOut: { copied: number; shared: number };
  /** What to do about it, in a sentence. */
  hint?: string;
}

/** The border of one case. */
export interface BorderReport {
  version: 1;
  operations: number;
  /** What a call of an empty function of an addon costs here. */
  crossingNs: number;
  callsPerOperation: number;
  /** Time of all crossings in one operation, if each cost no more than an empty one. */
  crossingNsPerOperation: number;
  addons: string[];
  /** Those that cost most per operation first. */
  functions: BorderFunction[];
}

/** What is known of a case: exact counts, and the division of time where there is a mixed profile. */
export interface BorderInput {
  counts: BorderCounts;
  /** Operations of the counting launch. */
  operations: number;
  /** Of another launch, under perf; absent where there is none. */
  profiled?: { times: ReadonlyMap<string, BorderTime>; operations: number };
}

/** From so many calls in an operation on, one call for all of them is worth a thought. */
const MANY_CALLS = 10;
/** A body shorter than so many empty crossings is mostly border. */
const SHORT_BODY = 3;
/** Copies below this size cost less than the crossing. */
const LARGE_COPY = 16_384;

/** Puts exact counts and sampled times together. */
export function borderReport({ counts, operations, profiled }: BorderInput): BorderReport {
  const functions = counts.functions.map((each) => describe(each, { counts, operations, profiled }));
  functions.sort((a, b) => b.callsPerOperation * b.callNs - a.callsPerOperation * a.callNs);
  const callsPerOperation = functions.reduce((sum, each) => sum + each.callsPerOperation, 0);
  return {
    version: 1,
    operations,
    crossingNs: counts.crossingNs,
    callsPerOperation,
    crossingNsPerOperation: callsPerOperation * counts.crossingNs,
    addons: counts.addons,
    functions,
  };
}

function describe(
  { addon, name, calls, ns, bytesIn, bytesOut }: CrossedFunction,
  { counts, operations, profiled }: Omit<BorderInput, 'profiled'> & { profiled: BorderInput['profiled'] },
): BorderFunction {
  const callsPerOperation = calls / operations;
  const times = profiled?.times.get(rustName(name));
  const perCall = (weight: number) => weight / (profiled?.operations ?? 1) / callsPerOperation;
  const per = (bytes: CrossedFunction['bytesIn']) => ({ copied: bytes.copied / calls, shared: bytes.shared / calls });
  const found: BorderFunction = {
    addon,
    name,
    callsPerOperation,
    callNs: ns / calls,
    insideNs: times ? perCall(times.insideNs) : null,
    borderNs: times ? perCall(times.borderNs) : null,
    bytesIn: per(bytesIn),
    bytesOut: per(bytesOut),
  };
  const hint = hintFor(found, counts.crossingNs);
  return hint === undefined ? found : { ...found, hint };
}

/** napi-rs exports `count_words` as `countWords`. */
function rustName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function hintFor({ callsPerOperation, callNs, insideNs, bytesIn, bytesOut }: BorderFunction, crossingNs: number) {
  const work = insideNs ?? Math.max(0, callNs - crossingNs);
  if (callsPerOperation >= MANY_CALLS && work < SHORT_BODY * crossingNs)
    return `called ${formatCount(Math.round(callsPerOperation))} times per operation with ${Math.round(work)} ns of work each, where an empty crossing costs ${Math.round(crossingNs)} ns: batched into one call they save up to ${formatNs((callsPerOperation - 1) * crossingNs)} per operation`;
  const copied = bytesIn.copied + bytesOut.copied;
  if (copied >= LARGE_COPY)
    return `copies ${formatCount(Math.round(copied))} bytes a call: a Buffer or typed array crosses without a copy`;
  return undefined;
}
