// The border report from counts and a profile whose truth is known.
import { describe, expect, it } from 'vitest';
import { borderReport, borderTime, type Profile, toBorderMarkdown } from '../../../src/profile/index.js';

const frame = (name: string, origin: Profile['frames'][number]['origin']) => ({ name, origin });
const PROFILE: Profile = {
  engine: 'perf',
  unit: 'nanoseconds',
  interval: 1e6,
  frames: [
    frame('run', 'user'),
    frame('v8impl::(anonymous namespace)::FunctionCallbackWrapper::Invoke', 'node'),
    frame('words::count_words_c_callback', 'rust'),
    frame('words::count_words', 'rust'),
    frame('alloc::vec::Vec<T>::push', 'rust'),
    frame('malloc', 'libc'),
    frame('<alloc::string::String as napi::bindgen_runtime::FromNapiValue>::from_napi_value', 'rust'),
    frame('napi_get_value_string_utf8', 'node'),
  ],
  threads: [
    {
      name: 'node',
      id: 1,
      javascript: true,
      stacks: [
        { frames: [0, 1, 2, 3], weight: 10, samples: 1 },
        { frames: [0, 1, 2, 3, 4, 5], weight: 20, samples: 1 },
        { frames: [0, 1, 2, 6, 7], weight: 5, samples: 1 },
        { frames: [0, 1, 2], weight: 1, samples: 1 },
        { frames: [0], weight: 100, samples: 1 },
      ],
    },
    { name: 'helper', id: 2, javascript: false, stacks: [{ frames: [2, 3], weight: 999, samples: 1 }] },
  ],
};

const none = { copied: 0, shared: 0 };
const counted = (name: string, calls: number, ns: number, copied = 0) => ({
  addon: '/app/words.node',
  name,
  calls,
  ns,
  bytesIn: { copied, shared: 0 },
  bytesOut: none,
});

describe('borderTime', () => {
  it('divides time below a callback between the own code and what converts', () => {
    expect([...borderTime(PROFILE)]).toEqual([['count_words', { insideNs: 30, borderNs: 6 }]]);
  });
});

describe('borderReport', () => {
  const counts = {
    crossingNs: 50,
    addons: ['/app/words.node'],
    functions: [
      counted('tiny', 10_000, 600_000),
      counted('countWords', 20, 2_000_000, 20 * 50_000),
      counted('rare', 1, 10),
    ],
  };
  const report = borderReport({ counts, operations: 2, profiled: { times: borderTime(PROFILE), operations: 3 } });

  it('gives calls, bytes and times of one call', () => {
    const words = report.functions.find(({ name }) => name === 'countWords');
    expect(words).toMatchObject({ callsPerOperation: 10, callNs: 100_000, bytesIn: { copied: 50_000, shared: 0 } });
    // 30 ns in 3 operations of 10 calls each.
    expect([words?.insideNs, words?.borderNs]).toEqual([1, 0.2]);
    expect(report.functions.map(({ name }) => name)).toEqual(['countWords', 'tiny', 'rare']);
    expect(report.callsPerOperation).toBe(5010.5);
    expect(report.crossingNsPerOperation).toBe(5010.5 * 50);
  });

  it('advises to batch many small calls, and nothing where a call is rare', () => {
    const [, tiny, rare] = report.functions;
    expect(tiny?.hint).toBe(
      'called 5,000 times per operation with 10 ns of work each, where an empty crossing costs 50 ns: batched into one call they save up to 250 µs per operation',
    );
    expect(rare?.hint).toBeUndefined();
  });

  it('advises against large copies where the work is long', () => {
    const large = borderReport({ counts: { ...counts, functions: [counted('parse', 2, 2e6, 2e5)] }, operations: 1 });
    expect(large.functions[0]?.hint).toMatch(/^copies 100,000 bytes a call/);
    expect(large.functions[0]?.insideNs).toBeNull();
  });

  it('is a table with the hints below', () => {
    const page = toBorderMarkdown(report, 'words/count');
    expect(page).toContain('| `tiny` | 5,000 | 60.0 ns |');
    expect(page).toContain('- `tiny` is called 5,000 times per operation');
  });
});
