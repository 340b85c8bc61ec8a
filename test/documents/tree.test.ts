// Document trees, as JavaScript uses them; the tests of native/tree compare them with a model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentNode, DocumentTree, ROOT } from '../../src/documents/index.js';

const text = (words: string): DocumentNode => ({ type: 'text', text: words });
const PAGE: DocumentNode = {
  type: 'doc',
  attrs: { title: 'A page' },
  content: [
    { type: 'heading', attrs: { level: 1, open: true, note: null }, content: [text('Ä 𝄞')] },
    {
      type: 'paragraph',
      attrs: { style: { indent: [1, 2] } },
      content: [
        { type: 'text', marks: [{ type: 'bold' }, { type: 'link', attrs: { href: '#' } }], text: 'bold' },
        text('"plain"\n'),
      ],
    },
  ],
};
const [HEADING, PARAGRAPH, BOLD] = [2, 4, 5];

const page = (): DocumentTree => DocumentTree.fromJSON(PAGE);

describe('a document tree', () => {
  it('comes from JSON and goes back to it', () => {
    expect(page().toJSON()).toEqual(PAGE);
    expect(JSON.parse(JSON.stringify({ page: page() }))).toEqual({ page: PAGE });
    expect(page().toJSON(HEADING)).toEqual(PAGE.content?.[0]);
  });

  it('is read node by node', () => {
    const tree = page();
    expect(tree.size).toBe(6);
    expect([...tree.children(PARAGRAPH)]).toEqual([5, 6]);
    expect([tree.parent(BOLD), tree.parent(ROOT)]).toEqual([PARAGRAPH, undefined]);
    expect([tree.has(6), tree.has(7), tree.has(0)]).toEqual([true, false, false]);
    expect(tree.kind(HEADING)).toBe('heading');
    expect(tree.attributes(HEADING)).toEqual({ level: 1, open: true, note: null });
    expect(tree.marks(BOLD)).toEqual([{ type: 'bold' }, { type: 'link', attrs: { href: '#' } }]);
    expect([...tree.descendants(PARAGRAPH)]).toEqual([4, 5, 6]);
  });

  it('finds nodes by kind, attribute, value and mark', () => {
    const tree = page();
    expect([...tree.query({ kind: 'text' })]).toEqual([3, 5, 6]);
    expect([...tree.query({ kind: 'text', within: PARAGRAPH, mark: 'bold' })]).toEqual([5]);
    expect([...tree.query({ attribute: 'level', value: 1 })]).toEqual([2]);
    expect([...tree.query({ attribute: 'style', value: { indent: [1, 2] } })]).toEqual([4]);
    expect([...tree.query({ attribute: 'note', value: null })]).toEqual([2]);
    expect([...tree.query({ mark: 'never used' })]).toEqual([]);
    expect(() => tree.query({ value: 1 })).toThrow(/name its attribute/);
    expect(() => tree.query({ within: 99 })).toThrow(/Cannot find node 99/);
  });

  it('is as deep and as long as memory allows', () => {
    let json: DocumentNode = { type: 'item' };
    for (let depth = 0; depth < 3000; depth++) json = { type: 'item', content: [json] };
    expect(DocumentTree.fromJSON(json).size).toBe(3001);
    const long = new DocumentTree();
    long.transact((edits) => {
      for (let at = 0; at < 20_000; at++) edits.insert(edits.create('item', { at }), ROOT);
    });
    expect(long.toJSON().content?.[19_999]).toEqual({ type: 'item', attrs: { at: 19_999 } });
  });
});

describe('a transaction', () => {
  it.each([
    [
      { type: 'rename', node: BOLD, kind: 'text' },
      'Cannot apply operation "rename": pass one of create, insert, move, remove,',
    ],
    [{ node: BOLD }, 'Cannot apply operation "undefined": pass one of'],
    [{ type: 'toString' }, 'Cannot apply operation "toString": pass one of'],
  ])('refuses an operation that it does not know: %j', (operation, reason) => {
    const tree = page();
    expect(() => tree.transact((edits) => edits.apply(operation as never))).toThrow(reason);
    expect(() => tree.apply([operation as never])).toThrow(reason);
    expect(tree.toJSON()).toEqual(PAGE);
  });

  it('takes effect as a whole', () => {
    const tree = page();
    tree.transact((edits) => {
      edits.move(PARAGRAPH, ROOT, 0);
      edits.setKind(HEADING, 'title');
      edits.removeAttribute(HEADING, 'note');
      edits.addMark(6, { type: 'bold' });
      edits.removeMark(BOLD, 'link');
      edits.insert(edits.build({ type: 'quote', content: [text('x')] }), PARAGRAPH, 1);
      expect([...edits.children(ROOT)]).toEqual([PARAGRAPH, HEADING]);
      expect([...tree.children(ROOT)]).toEqual([HEADING, PARAGRAPH]);
    });
    expect([...tree.children(PARAGRAPH)]).toEqual([5, 7, 6]);
    expect(tree.toJSON(HEADING)).toMatchObject({ type: 'title', attrs: { level: 1, open: true } });
    expect([tree.marks(BOLD), tree.marks(6)]).toEqual([[{ type: 'bold' }], [{ type: 'bold' }]]);
  });

  it('leaves nothing behind where a step of it cannot be done', () => {
    const tree = page();
    const refused = (change: Parameters<typeof tree.transact>[0], why: RegExp): void => {
      expect(() => tree.transact(change)).toThrow(why);
      expect(tree.toJSON()).toEqual(PAGE);
    };
    refused((edits) => {
      edits.remove(HEADING);
      edits.remove(3);
    }, /Cannot find node 3: .*operation 1 of the batch/);
    refused((edits) => edits.move(PARAGRAPH, BOLD), /Cannot put node 4 below 5/);
    refused((edits) => edits.insert(BOLD, ROOT), /move it instead/);
    refused((edits) => edits.move(BOLD, ROOT, 3), /use 0 to 2/);
    refused((edits) => edits.remove(ROOT), /replace its children instead/);
    refused((edits) => edits.setAttribute(BOLD, 'size', Number.POSITIVE_INFINITY), /use null, or a text/);
    refused((edits) => edits.setAttribute(BOLD, 'size', undefined as unknown as null), /JSON has none/);
    refused((edits) => edits.remove(2.5), /Cannot find node or place 2.5/);
    refused((edits) => edits.remove(-1), /Cannot find node or place -1/);
    refused(() => {
      throw new Error('thought better of it');
    }, /thought better of it/);
    refused(async () => undefined, /use begin/);
  });

  it('is ended by hand where the change takes its time', async () => {
    const tree = page();
    const edits = tree.begin();
    edits.remove(HEADING);
    expect(() => tree.begin()).toThrow(/one is open/);
    await Promise.resolve();
    edits.commit();
    expect(tree.has(HEADING)).toBe(false);
    expect(() => edits.remove(PARAGRAPH)).toThrow(/begin another/);
    const others = tree.begin();
    others.remove(PARAGRAPH);
    others.abort();
    expect(tree.has(PARAGRAPH)).toBe(true);
  });

  it('goes on after one that failed with a batch of its own', () => {
    const tree = page();
    expect(() => tree.transact((edits) => edits.setAttribute(99, 'a', 'b'))).toThrow(/99/);
    tree.transact((edits) => edits.setAttribute(BOLD, 'c', 'd'));
    expect(tree.attributes(BOLD)).toEqual({ text: 'bold', c: 'd' });
  });
});

describe('versions', () => {
  it('stay as they were, and can be gone back to', () => {
    const tree = page();
    const before = tree.version();
    tree.transact((edits) => edits.remove(PARAGRAPH));
    expect(before.toJSON()).toEqual(PAGE);
    tree.restore(before);
    expect(tree.toJSON()).toEqual(PAGE);
  });

  it('have a difference that survives JSON, and is done and undone', () => {
    const change = fc.record({
      what: fc.constantFrom('create', 'move', 'remove', 'set', 'mark'),
      node: fc.integer({ min: 2, max: 12 }),
      parent: fc.integer({ min: 1, max: 12 }),
      value: fc.jsonValue({ maxDepth: 2 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const tree = page();
        const before = tree.version();
        for (const { what, node, parent, value } of changes) {
          try {
            tree.transact((edits) => {
              if (what === 'create') edits.insert(edits.create('item', { value: value as never }), parent, 0);
              else if (what === 'move') edits.move(node, parent, 0);
              else if (what === 'remove') edits.remove(node);
              else if (what === 'set') edits.setAttribute(node, 'value', value as never);
              else edits.addMark(node, { type: 'seen', attrs: value as never });
            });
          } catch (error) {
            expect((error as Error).message).toMatch(/^Cannot /);
          }
        }
        const after = tree.version();
        for (const [from, to] of [
          [before, after],
          [after, before],
        ] as const) {
          const reached = from.version();
          reached.apply(JSON.parse(JSON.stringify(from.diff(to))));
          expect(JSON.stringify(reached)).toBe(JSON.stringify(to));
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('of two documents have no difference', () => {
    expect(() => page().diff(page())).toThrow(/take two versions of one/);
  });
});
