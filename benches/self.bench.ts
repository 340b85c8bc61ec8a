// forgebench measured with itself: bodies whose length is known, and what the program costs beside measuring.
import { suite } from 'forgebench';

suite('self', { addon: 'engine' })
  .benchmark('empty', {
    why: 'What is left of an empty body after the loop is subtracted? Ideally nothing: |residual| stays below 0.05 ns.',
    operation: 'one turn of the sampling loop',
    category: 'micro',
    tags: ['sampler'],
    targets: ['p50 < 0.05 ns', 'p50 > -0.05 ns'],
  })
  .benchmark('spin', {
    why: 'Is a body of known length measured as that length? It returns when the clock has advanced by `ns`, so the truth is `ns` and at most one reading of the clock more, which is 2 to 5 % of a microsecond and nothing beside the longer ones.',
    operation: 'one spin',
    category: 'micro',
    categories: [{ where: { ns: 10000000 }, category: 'integration' }],
    parameters: { ns: [1000, 100000, 10000000] },
    scaling: 'ns',
    tags: ['sampler'],
    targets: [
      { target: 'p50 > 0.99 us', where: { ns: 1000 } },
      { target: 'p50 > 99 us', where: { ns: 100000 } },
      { target: 'p50 < 101 us', where: { ns: 100000 } },
      { target: 'p50 > 9.9 ms', where: { ns: 10000000 } },
      { target: 'p50 < 10.1 ms', where: { ns: 10000000 } },
    ],
    profile: { ns: 100000 },
  })
  .benchmark('allocate', {
    why: 'Are allocations counted, and sampled, as they were made? The body asks for `small` blocks of 64 bytes and for one block of three times their bytes, and nothing else: 65 allocations and 16,384 bytes with 64 of them.',
    operation: 'one body',
    category: 'micro',
    parameters: { small: [64] },
    tags: ['sampler'],
  })
  .benchmark('module-empty', {
    why: 'What is left of an empty JavaScript function after its loop is subtracted? V8 inlines it, as it does in the loop that calibrates.',
    operation: 'one turn of the JavaScript loop',
    category: 'micro',
    tags: ['sampler', 'javascript'],
    targets: ['p50 < 0.5 ns', 'p50 > -0.5 ns'],
    module: { file: './self/bodies.mjs', export: 'empty' },
  })
  .benchmark('module-spin', {
    why: 'Is a JavaScript function of known length measured as that length, to within 1 %?',
    operation: 'one spin',
    category: 'micro',
    categories: [{ where: { ns: 5000000 }, category: 'integration' }],
    parameters: { ns: [50000, 500000, 5000000] },
    scaling: 'ns',
    tags: ['sampler', 'javascript'],
    targets: [
      { target: 'p50 > 49.5 us', where: { ns: 50000 } },
      { target: 'p50 < 50.5 us', where: { ns: 50000 } },
      { target: 'p50 > 495 us', where: { ns: 500000 } },
      { target: 'p50 < 505 us', where: { ns: 500000 } },
      { target: 'p50 > 4.95 ms', where: { ns: 5000000 } },
      { target: 'p50 < 5.05 ms', where: { ns: 5000000 } },
    ],
    module: { file: './self/bodies.mjs', export: 'spin' },
  })
  .benchmark('command-true', {
    why: 'What does starting a process cost that does nothing? It is in the time of each command.',
    operation: 'one start of true',
    category: 'integration',
    tags: ['command'],
    command: { run: ['true'] },
  })
  .benchmark('overhead', {
    why: 'What share of the wall time of a run at default settings is not spent in warming up and measuring: start, definitions, planning, processes, statistics, report?',
    operation: 'one run of self/empty, from the start of the program to its end',
    category: 'e2e',
    tags: ['on-demand'],
    figures: {
      overhead: { unit: '%', why: 'Wall time of the program that was neither warm-up nor measuring.' },
    },
    targets: ['overhead < 15 %'],
    module: { file: './self/overhead.mjs', export: 'overhead' },
  });
