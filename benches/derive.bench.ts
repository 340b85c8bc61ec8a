// moduforge-macros-derive: what its derives generate against the same by hand, when it runs and when it is compiled.
import { suite } from 'forgebench';

suite('derive', {
  addon: 'moduforge',
  crate: 'moduforge-macros-derive',
  priorities: ['Generated code against the same by hand', 'Compile time per item', 'Memory of generated values'],
})
  .benchmark('node', {
    why: 'Does a value with five attributes become a node, and a node a value, as fast by #[derive(Node)] as by hand? The derived to_node makes every attribute and drops it: read its time with what is lost.',
    priority: 'Generated code against the same by hand',
    operation: 'one node, value or definition made',
    category: 'micro',
    parameters: { written: ['derive', 'hand'], op: ['to-node', 'from-node', 'definition'] },
    figures: {
      'attributes-lost': { unit: '%', why: 'Attributes of the value that are absent from its node.' },
    },
    findings: [
      {
        what: 'The derived to_node inserts each attribute into a persistent map and drops the map that insert returns, so that every node comes out without attributes.',
        source: 'moduforge-macros-derive src/generator/node_generator.rs:1316',
        shows: 'attributes-lost > 0 %',
      },
    ],
    tags: ['generated', 'loss'],
    profile: { written: 'derive', op: 'to-node' },
  })
  .benchmark('mark', {
    why: 'Does a value with three attributes become a mark, and a mark a value, as fast by #[derive(Mark)] as by hand? The derived to_mark makes the definition of the type again and reads no value; a mark with values cannot be had from it.',
    priority: 'Generated code against the same by hand',
    operation: 'one mark, value or definition made',
    category: 'micro',
    parameters: { written: ['derive', 'hand'], op: ['to-mark', 'from-mark', 'definition'] },
    figures: {
      'attributes-lost': { unit: '%', why: 'Attributes of the value that are absent from its mark.' },
    },
    findings: [
      {
        what: 'The derived to_mark never reads the value that it is called on: it returns the definition of the type with the defaults.',
        source: 'moduforge-macros-derive src/generator/mark_generator.rs:200-245',
        shows: 'attributes-lost > 0 %',
      },
    ],
    tags: ['generated', 'mark', 'loss'],
    profile: { written: 'derive', op: 'to-mark' },
  })
  .benchmark('document', {
    why: 'How long does it take to build a document of values that each become a node, by the derive and by hand? The derived nodes have no attributes, so that this document is useless, whatever it takes.',
    priority: 'Generated code against the same by hand',
    operation: 'one document built',
    category: 'integration',
    categories: [{ where: { nodes: 200 }, category: 'micro' }],
    parameters: { written: ['derive', 'hand'], nodes: [200, 2_000, 10_000] },
    scaling: 'nodes',
    figures: {
      'attributes-lost': { unit: '%', why: 'Attributes of the values that are absent from the document.' },
    },
    tags: ['generated', 'tree', 'loss'],
    profile: { written: 'derive', nodes: 2_000 },
  })
  .benchmark('compile-time', {
    why: 'How long does the compiler take for a crate of derived types, and for the same functions by hand? It is started without cargo and optimisation on crates that are compiled already; the expansion alone cannot be timed on a stable compiler, so the difference between both tells what it costs.',
    priority: 'Compile time per item',
    operation: 'one crate compiled',
    category: 'e2e',
    cases: [
      { written: 'derive', kind: 'node', items: 10 },
      { written: 'derive', kind: 'node', items: 20 },
      { written: 'derive', kind: 'node', items: 40 },
      { written: 'hand', kind: 'node', items: 20 },
      { written: 'derive', kind: 'mark', items: 20 },
      { written: 'hand', kind: 'mark', items: 20 },
    ],
    scaling: 'items',
    figures: {
      'per-item': {
        unit: 'ms',
        why: 'What an item adds: the time over that of a crate without items, divided by them.',
      },
      'types-refused': {
        unit: '%',
        why: 'Types that the derive lists as supported and refuses for an attribute.',
      },
    },
    findings: [
      {
        what: '#[derive(Node)] lists all numbers as supported and refuses an attribute of any but i32 and f64.',
        source: 'moduforge-macros-derive src/common/constants.rs:10-18 with src/generator/node_generator.rs:1526-1530',
        shows: 'types-refused > 0 %',
      },
    ],
    tags: ['generated', 'compiler'],
    profile: { written: 'derive', kind: 'node', items: 10 },
  })
  .benchmark('memory', {
    why: 'How many bytes does a node hold that the derive built of five attributes, and how many the same by hand? The difference is mostly what the derive has lost.',
    priority: 'Memory of generated values',
    operation: 'one node made',
    category: 'memory',
    parameters: { written: ['derive', 'hand'], nodes: [1_000] },
    figures: {
      'attributes-lost': { unit: '%', why: 'Attributes of the values that are absent from their nodes.' },
    },
    tags: ['generated', 'allocation', 'loss'],
    profile: { written: 'derive', nodes: 1_000 },
  });
