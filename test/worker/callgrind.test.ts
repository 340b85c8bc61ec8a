// What callgrind says at its end, as it said it.
import { describe, expect, it } from 'vitest';
import { callgrindArguments, collectedInstructions } from '../../src/worker/callgrind.js';

const LOG = `==8384== Callgrind, a call-graph generating cache profiler
==8384== Copyright (C) 2002-2017, and GNU GPL'd, by Josef Weidendorfer et al.
==8384== Using Valgrind-3.19.0 and LibVEX; rerun with -h for copyright info
==8384== Command: ./counted-runner instructions counted/work {}
==8384==
==8384== For interactive control, run 'callgrind_control -h'.
==8384==
==8384== Events    : Ir
==8384== Collected : 90134950
==8384==
==8384== I   refs:      90,134,950
`;

describe('the log of callgrind', () => {
  it('tells the instructions that were collected', () => {
    expect(collectedInstructions(LOG)).toBe(90_134_950);
  });

  it('tells none where the program was ended before', () => {
    expect(collectedInstructions(LOG.split('==8384== Events')[0] as string)).toBeUndefined();
  });

  it('is not mistaken for what a workload prints', () => {
    expect(collectedInstructions(`Collected : 7\n${LOG}`)).toBe(90_134_950);
  });
});

describe('the arguments of callgrind', () => {
  it('let it count nothing before it is asked to, and write its log where it is read', () => {
    const words = callgrindArguments('/tmp/log');
    expect(words).toContain('--instr-atstart=no');
    expect(words).toContain('--log-file=/tmp/log');
  });
});
