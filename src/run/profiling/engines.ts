// All engines, in the order in which they run.
import { allocations } from './allocations.js';
import { border } from './border.js';
import { cachegrind } from './cachegrind.js';
import { callgrind } from './callgrind.js';
import { capture } from './capture.js';
import { clinicBubbleprof } from './clinic-bubbleprof.js';
import { clinicDoctor } from './clinic-doctor.js';
import { clinicFlame } from './clinic-flame.js';
import { clinicHeapprofiler } from './clinic-heapprofiler.js';
import type { Engine } from './engine.js';
import { flame } from './flame-graph.js';
import { cpu, heap } from './inspector-profiles.js';
import { massif } from './massif.js';
import { memcheck } from './memcheck.js';
import { account, heapdiff, leaks } from './memory-views.js';
import { metrics } from './metrics.js';
import { native } from './native-flame-graph.js';
import { offCpu } from './off-cpu.js';
import { rustAllocations } from './rust-allocations.js';
import { timeline } from './timeline.js';
import { v8ProfilerNext } from './v8-profiler-next.js';
import { zeroX } from './zero-x.js';

export const ENGINES: readonly Engine[] = [
  cpu,
  heap,
  allocations,
  rustAllocations,
  heapdiff,
  leaks,
  account,
  timeline,
  flame,
  native,
  offCpu,
  v8ProfilerNext,
  zeroX,
  clinicDoctor,
  clinicFlame,
  clinicBubbleprof,
  clinicHeapprofiler,
  callgrind,
  cachegrind,
  massif,
  memcheck,
  border,
  metrics,
  capture,
];
