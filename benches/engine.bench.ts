// moduforge-rules-engine: decision tables, graphs of decisions, functions, loaders. It evaluates JDM as it was parsed.
import { suite } from 'forgebench';

suite('engine', {
  addon: 'moduforge-rules',
  crate: 'moduforge-rules-engine',
  priorities: [
    'Basic benchmarks (loader, decision evaluation)',
    'Complex rule evaluation scaling',
    'Rule compilation performance',
    'Decision tree optimization',
    'Memory usage with large rule sets',
    'Concurrent rule evaluation',
  ],
})
  .benchmark('load', {
    why: 'How long does each loader take to hand out a decision table of 100 rows by its key, once it has done so before? Two of them parse at each load: the filesystem that keeps nothing, and a closure over text.',
    priority: 'Basic benchmarks (loader, decision evaluation)',
    operation: 'one decision loaded',
    category: 'micro',
    parameters: { loader: ['memory', 'filesystem', 'filesystem-kept', 'cached', 'closure'] },
    tags: ['loader'],
    profile: { loader: 'filesystem' },
  })
  .benchmark('evaluate', {
    why: 'How long does a decision table take to find the row that hits, where it is the last and, for comparison, the first? Nothing of a table is kept compiled: each evaluation reads the text of every cell up to the row that hits.',
    priority: 'Basic benchmarks (loader, decision evaluation)',
    operation: 'one decision evaluated',
    category: 'micro',
    categories: [{ where: { rows: 10_000, hit: 'last' }, category: 'integration' }],
    cases: [
      { rows: 10, hit: 'last' },
      { rows: 1_000, hit: 'last' },
      { rows: 10_000, hit: 'last' },
      { rows: 10_000, hit: 'first' },
    ],
    scaling: 'rows',
    tags: ['table'],
    profile: { rows: 1_000, hit: 'last' },
  })
  .benchmark('complex', {
    why: 'How does the time of a decision grow with its nodes: expressions, switches that each cut one branch off, or sub-decisions, one behind the other? Without `$nodes`, and with a trace, the same graph shows what these two cost; switches grow without `$nodes`, so that their own growth is seen.',
    priority: 'Complex rule evaluation scaling',
    operation: 'one decision evaluated',
    category: 'integration',
    categories: [
      { where: { shape: 'chain', nodes: 20 }, category: 'micro' },
      { where: { shape: 'chain', nodes: 200, mode: 'without-nodes' }, category: 'micro' },
      { where: { shape: 'chain', nodes: 2_000, mode: 'default' }, category: 'e2e' },
      { where: { shape: 'switches', nodes: 10 }, category: 'micro' },
      { where: { shape: 'switches', nodes: 80 }, category: 'micro' },
      { where: { shape: 'switches', nodes: 1_000 }, category: 'e2e' },
      { where: { shape: 'sub-decisions', nodes: 10 }, category: 'micro' },
      { where: { shape: 'sub-decisions', nodes: 70 }, category: 'micro' },
    ],
    cases: [
      { shape: 'chain', nodes: 20, mode: 'default' },
      { shape: 'chain', nodes: 200, mode: 'default' },
      { shape: 'chain', nodes: 2_000, mode: 'default' },
      { shape: 'chain', nodes: 20, mode: 'without-nodes' },
      { shape: 'chain', nodes: 200, mode: 'without-nodes' },
      { shape: 'chain', nodes: 2_000, mode: 'without-nodes' },
      { shape: 'chain', nodes: 200, mode: 'traced' },
      { shape: 'switches', nodes: 10, mode: 'without-nodes' },
      { shape: 'switches', nodes: 80, mode: 'without-nodes' },
      { shape: 'switches', nodes: 600, mode: 'without-nodes' },
      { shape: 'switches', nodes: 600, mode: 'default' },
      { shape: 'switches', nodes: 1_000, mode: 'default' },
      { shape: 'sub-decisions', nodes: 10, mode: 'default' },
      { shape: 'sub-decisions', nodes: 70, mode: 'default' },
      { shape: 'sub-decisions', nodes: 500, mode: 'default' },
    ],
    scaling: 'nodes',
    figures: {
      lost: {
        unit: '%',
        why: 'Decisions that came back as an empty object, with no error, instead of with their answer.',
      },
    },
    findings: [
      {
        what: 'Each node is handed a new map of what all nodes before it returned, so the time of a chain of expressions grows with the square of its length.',
        source: 'moduforge-rules-engine src/handler/traversal.rs:181-223',
        shows: 'exponent > 1.4',
        where: { shape: 'chain', mode: 'default' },
      },
      {
        what: 'Most of the time of a long chain goes into `$nodes`, which none of its expressions asks for.',
        source: 'moduforge-rules-engine src/handler/traversal.rs:217-225',
        shows: 'ratio > 3',
        where: { shape: 'chain', nodes: 2_000, mode: 'default' },
        against: { shape: 'chain', nodes: 2_000, mode: 'without-nodes' },
      },
      {
        what: 'The walk through the graph starts again at the input after each switch that cuts a branch off, so time grows with the square of the switches.',
        source: 'moduforge-rules-engine src/handler/traversal.rs:400-404',
        shows: 'exponent > 1.4',
        where: { shape: 'switches', mode: 'without-nodes' },
      },
      {
        what: 'After 1 000 switches that cut something off, the walk ends without an error and the decision returns an empty object.',
        source: 'moduforge-rules-engine src/handler/traversal.rs:277-279',
        shows: 'lost > 0 %',
        where: { shape: 'switches', nodes: 1_000, mode: 'default' },
      },
    ],
    tags: ['graph', 'switch'],
    profile: { shape: 'chain', nodes: 200, mode: 'default' },
  })
  .benchmark('compile', {
    why: 'How long does it take until the text of a decision table is ready to be evaluated? The crate has no compiled form of a rule, so this is parsing and validating, and the expressions are still text afterwards.',
    priority: 'Rule compilation performance',
    operation: 'one decision table parsed and validated',
    category: 'micro',
    categories: [{ where: { rows: 10_000 }, category: 'integration' }],
    parameters: { rows: [10, 300, 10_000] },
    scaling: 'rows',
    tags: ['table', 'parse'],
    profile: { rows: 10_000 },
  })
  .benchmark('decision-graph', {
    why: 'How does the time to reach one leaf of a decision tree grow with its leaves? The crate has no trees, so this is a tree of switches of which each evaluation passes as many as the tree is deep; its leaves meet in one output node, as an editor draws them, or each is an end of its own.',
    priority: 'Decision tree optimization',
    operation: 'one decision evaluated',
    category: 'micro',
    categories: [{ where: { branches: 4_096 }, category: 'integration' }],
    parameters: { branches: [16, 256, 4_096], end: ['joined', 'open'] },
    scaling: 'branches',
    findings: [
      {
        what: 'Each evaluation builds the graph of all nodes twice before it walks the few that it needs, so time grows with all leaves of a tree and not with its depth.',
        source: 'moduforge-rules-engine src/handler/graph.rs:62-99',
        shows: 'exponent > 0.6',
        where: { end: 'open' },
      },
      {
        what: 'Each branch that is cut off counts all edges of the node that it leads to, so leaves that meet in one node cost the square of their number.',
        source: 'moduforge-rules-engine src/handler/traversal.rs:462-487',
        shows: 'ratio > 2',
        where: { branches: 4_096, end: 'joined' },
        against: { branches: 4_096, end: 'open' },
      },
    ],
    tags: ['graph', 'switch'],
    profile: { branches: 4_096, end: 'joined' },
  })
  .benchmark('function-node', {
    why: 'What does each JavaScript node of a decision cost, alone in it or among others, and written as a module (version 2) or as a script (version 1)? A script waits for a runtime of its own and for that of modules, which it does not use.',
    priority: 'Complex rule evaluation scaling',
    operation: 'one function called',
    category: 'micro',
    cases: [
      { version: 2, nodes: 1 },
      { version: 2, nodes: 10 },
      { version: 2, nodes: 100 },
      { version: 1, nodes: 1 },
      { version: 1, nodes: 10 },
    ],
    findings: [
      {
        what: 'Each evaluation makes a new QuickJS runtime for its functions and throws it away, so a function alone in a decision costs several times what it costs among ten.',
        source: 'moduforge-rules-engine src/handler/graph.rs:107,123-144',
        shows: 'ratio > 2.5',
        where: { version: 2, nodes: 1 },
        against: { version: 2, nodes: 10 },
      },
      {
        what: 'Each function of version 1 makes a runtime of its own and loads three modules into it, where functions of version 2 share one.',
        source: 'moduforge-rules-engine src/handler/graph.rs:378-380, src/handler/function_v1/script.rs:43-50',
        shows: 'ratio > 4',
        where: { version: 1, nodes: 10 },
        against: { version: 2, nodes: 10 },
      },
    ],
    tags: ['javascript'],
    profile: { version: 2, nodes: 1 },
  })
  .benchmark('concurrent', {
    why: 'How many decisions per second do threads evaluate that share one table of 100 rows? Each thread has an asynchronous runtime and inputs of its own, because neither evaluations nor values of the crate can leave theirs.',
    priority: 'Concurrent rule evaluation',
    operation: 'one decision evaluated',
    category: 'micro',
    parameters: { threads: [1, 2, 4] },
    scaling: 'threads',
    tags: ['table', 'threads'],
    profile: { threads: 2 },
  })
  .benchmark('memory-large', {
    why: 'How many bytes does each row of a loaded rule set hold, and how many does it take at most while it is parsed, as rule sets grow?',
    priority: 'Memory usage with large rule sets',
    operation: 'one row loaded',
    category: 'memory',
    parameters: { rows: [100, 1_000, 10_000] },
    scaling: 'rows',
    figures: {
      'live-over-text': {
        unit: 'ratio',
        why: 'Live bytes of a loaded rule set over bytes of its JSON, which names every column in every row too.',
      },
    },
    findings: [
      {
        what: 'Each row is a hash map that owns a copy of the name of every column, so that rules hold about five times the bytes of their text.',
        source: 'moduforge-rules-engine src/model/mod.rs:115',
        shows: 'live-over-text > 3 ratio',
      },
    ],
    tags: ['table', 'allocation'],
    profile: { rows: 10_000 },
  });
