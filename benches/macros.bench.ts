// moduforge-macros: what its macros generate against the same by hand, when it runs and when it is compiled.
import { suite } from 'forgebench';

suite('macros', {
  addon: 'moduforge',
  crate: 'moduforge-macros',
  priorities: ['Generated code against the same by hand', 'Compile time per item', 'Memory of generated values'],
})
  .benchmark('node', {
    why: 'Does a definition of a type of nodes cost more by the macro node! than by hand, as it gets attributes? The macro sets them one by one in a map that grows; by hand the map is made as large as it will be.',
    priority: 'Generated code against the same by hand',
    operation: 'one definition made',
    category: 'micro',
    parameters: { written: ['macro', 'hand'], attributes: [1, 4, 16] },
    scaling: 'attributes',
    tags: ['generated'],
    profile: { written: 'macro', attributes: 4 },
  })
  .benchmark('mark', {
    why: 'Does a definition of a type of marks cost more by the macro mark! than by hand, as it gets attributes?',
    priority: 'Generated code against the same by hand',
    operation: 'one definition made',
    category: 'micro',
    parameters: { written: ['macro', 'hand'], attributes: [1, 4, 16] },
    scaling: 'attributes',
    tags: ['generated', 'mark'],
    profile: { written: 'macro', attributes: 4 },
  })
  .benchmark('extension', {
    why: 'Does an extension with two functions, a plugin, two attributes and a change of types cost more by mf_extension! than by hand? The change is a function of ours, because what mf_node_transform! makes does not fit.',
    priority: 'Generated code against the same by hand',
    operation: 'one extension made',
    category: 'micro',
    parameters: { written: ['macro', 'hand'] },
    tags: ['generated', 'extension'],
    profile: { written: 'macro' },
  })
  .benchmark('plugin', {
    why: 'Does a plugin by mf_plugin! cost more than one by hand, when it is made and when it is asked whether a transaction may pass? By the macro the answer goes through two asynchronous functions, by hand through one.',
    priority: 'Generated code against the same by hand',
    operation: 'one plugin made or asked',
    category: 'micro',
    parameters: { written: ['macro', 'hand'], op: ['new', 'filter'] },
    tags: ['generated', 'plugin'],
    profile: { written: 'macro', op: 'filter' },
  })
  .benchmark('command', {
    why: 'Does a command by #[impl_command] cost more than one by hand, from its making to the end of its one step? The attribute has moved to moduforge-macros-derive; the step is most of the time.',
    priority: 'Generated code against the same by hand',
    operation: 'one command made and executed',
    category: 'micro',
    parameters: { written: ['macro', 'hand'] },
    tags: ['generated', 'transaction'],
    profile: { written: 'macro' },
  })
  .benchmark('schema', {
    why: 'How long does it take from all definitions of an editor, made by node!, mark! and mf_extension!, to its schema? The macro gives every type with attributes a content expression, for each of which the schema copies all types; by hand only the document has one.',
    priority: 'Generated code against the same by hand',
    operation: 'one schema made',
    category: 'integration',
    categories: [
      { where: { types: 10 }, category: 'micro' },
      { where: { written: 'hand', types: 50 }, category: 'micro' },
    ],
    parameters: { written: ['macro', 'hand'], types: [10, 50, 250] },
    scaling: 'types',
    findings: [
      {
        what: 'node! takes attributes only behind a content expression, and a schema copies all types for each type that has one, so that an editor of leaf types loads in quadratic time.',
        source: 'moduforge-macros src/node.rs:24-34 with moduforge-model src/content.rs:46',
        shows: 'ratio > 3',
        where: { written: 'macro', types: 250 },
        against: { written: 'hand', types: 250 },
      },
    ],
    tags: ['generated', 'schema'],
    profile: { written: 'macro', types: 50 },
  })
  .benchmark('compile-time', {
    why: 'How long does the compiler take for a crate of definitions or extensions by macros, and for the same by hand? It is started without cargo and optimisation on crates that are compiled already; the expansion alone cannot be timed on a stable compiler, so the difference between both tells what it costs.',
    priority: 'Compile time per item',
    operation: 'one crate compiled',
    category: 'e2e',
    cases: [
      { written: 'macro', kind: 'node', items: 60 },
      { written: 'macro', kind: 'node', items: 120 },
      { written: 'macro', kind: 'node', items: 240 },
      { written: 'hand', kind: 'node', items: 120 },
      { written: 'macro', kind: 'extension', items: 5 },
      { written: 'hand', kind: 'extension', items: 5 },
    ],
    scaling: 'items',
    figures: {
      'per-item': {
        unit: 'ms',
        why: 'What an item adds: the time over that of a crate without items, divided by them.',
      },
      'macros-refused': {
        unit: '%',
        why: "Macros that the crate's page names, used as their own documentation says, that the compiler refuses.",
      },
    },
    findings: [
      {
        what: 'impl_plugin! implements a trait that has changed since, what mf_node_transform! makes does not fit mf_extension!, and impl_state_field! does not exist.',
        source: 'moduforge-macros src/plugin.rs:4-97, src/extension.rs:312-323, src/lib.rs:15',
        shows: 'macros-refused > 0 %',
      },
    ],
    tags: ['generated', 'compiler'],
    profile: { written: 'macro', kind: 'node', items: 60 },
  })
  .benchmark('memory', {
    why: 'How many bytes does a definition hold that node! or mark! built, with two attributes and one, and how many the same by hand?',
    priority: 'Memory of generated values',
    operation: 'one definition made',
    category: 'memory',
    parameters: { written: ['macro', 'hand'], definitions: [500] },
    tags: ['generated', 'allocation'],
    profile: { written: 'macro', definitions: 500 },
  });
