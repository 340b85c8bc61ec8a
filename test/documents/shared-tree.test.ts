// Shared document trees, as JavaScript uses them; the tests of native/shared-tree compare them with a model.
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentNode, DocumentTree, ROOT, SharedTree } from '../../src/documents/index.js';

const LIST: DocumentNode = {
  type: 'doc',
  content: [
    { type: 'list', content: [{ type: 'item', attrs: { level: 1, note: null, style: { indent: [1] } } }] },
    { type: 'text', marks: [{ type: 'bold' }], text: 'Ä 𝄞' },
  ],
};
const [LIST_ID, ITEM, TEXT] = [2, 3, 4];

/** Two replicas that both know the list. */
function pair(): [SharedTree, SharedTree] {
  const alice = SharedTree.fromJSON(LIST, 'alice');
  return [alice, SharedTree.load(alice.snapshot(), 'bob')];
}

function exchange(one: SharedTree, other: SharedTree): void {
  one.merge(other.changesSince(one.version()));
  other.merge(one.changesSince(other.version()));
}

describe('a shared tree', () => {
  it('comes from JSON, goes to another replica whole, and back to JSON', () => {
    const [alice, bob] = pair();
    expect(alice.toJSON()).toEqual(LIST);
    expect(bob.toJSON()).toEqual(LIST);
    expect(SharedTree.fromJSON({ type: 'page', attrs: { title: 'A' } }, 'alice').toJSON()).toEqual({
      type: 'page',
      attrs: { title: 'A' },
    });
  });

  it('merges what two people did at once', () => {
    const [alice, bob] = pair();
    alice.transact((edits) => {
      edits.move(ITEM, ROOT, 0);
      edits.setAttribute(ITEM, 'level', 2);
      edits.removeAttribute(ITEM, 'note');
    });
    bob.transact((edits) => {
      edits.setAttribute(ITEM, 'done', true);
      edits.removeMark(TEXT, 'bold');
      edits.insert(edits.create('item'), LIST_ID);
    });
    exchange(alice, bob);
    const merged: DocumentNode = {
      type: 'doc',
      content: [
        { type: 'item', attrs: { level: 2, style: { indent: [1] }, done: true } },
        { type: 'list', content: [{ type: 'item' }] },
        { type: 'text', text: 'Ä 𝄞' },
      ],
    };
    expect(alice.toJSON()).toEqual(merged);
    expect(bob.toJSON()).toEqual(merged);
  });

  it('shows a transaction what it has done, and others nothing of one that is aborted', () => {
    const [alice] = pair();
    const before = alice.version();
    const edits = alice.begin();
    const node = edits.create('item');
    edits.insert(node, LIST_ID, 0);
    expect([...edits.children(LIST_ID)]).toEqual([node, ITEM]);
    edits.remove(ITEM);
    expect([...edits.children(LIST_ID)]).toEqual([node]);
    edits.abort();
    expect(alice.toJSON()).toEqual(LIST);
    expect(alice.version()).toEqual(before);
    expect(() =>
      alice.transact((refused) => {
        refused.remove(TEXT);
        refused.move(LIST_ID, ITEM);
      }),
    ).toThrow(/Cannot put node 2 below 3/);
    expect(alice.toJSON()).toEqual(LIST);
    expect(alice.version()).toEqual(before);
  });

  it('refuses to merge while a transaction is open, and goes on when it is over', () => {
    const [alice, bob] = pair();
    bob.transact((edits) => edits.remove(TEXT));
    const changes = bob.changesSince(alice.version());
    const edits = alice.begin();
    edits.remove(ITEM);
    expect(() => alice.merge(changes)).toThrow('Cannot merge while a transaction is open: commit or abort it first');
    edits.commit();
    alice.merge(changes);
    expect(alice.size).toBe(2);
  });

  it('says what a merge changed, and takes back what somebody did without what others did since', () => {
    const [alice, bob] = pair();
    const before = alice.view();
    bob.transact((edits) => edits.setAttribute(ITEM, 'level', 7));
    alice.merge(bob.changesSince(alice.version()));
    expect(before.diff(alice)).toEqual([{ type: 'setAttribute', node: ITEM, name: 'level', value: 7 }]);
    alice.apply(alice.diff(before));
    bob.transact((edits) => edits.removeMark(TEXT, 'bold'));
    exchange(alice, bob);
    expect(bob.attributes(ITEM)).toMatchObject({ level: 1 });
    expect(bob.marks(TEXT)).toEqual([]);
    expect(before.toJSON()).toEqual(LIST);
  });

  it('reads any version again, under the same ids', () => {
    const [alice, bob] = pair();
    const before = alice.version();
    alice.transact((edits) => edits.remove(LIST_ID));
    const without = alice.version();
    bob.transact((edits) => edits.insert(edits.create('item'), LIST_ID));
    exchange(alice, bob);
    expect(alice.treeAt(before).toJSON()).toEqual(LIST);
    expect(alice.treeAt(without).size).toBe(2);
    expect(bob.treeAt(before).diff(bob)).toEqual([{ type: 'remove', node: LIST_ID }]);
    expect(() => new SharedTree('cyd').treeAt(before)).toThrow(
      'Cannot use the version: it knows events of "alice" from 0 on, which are not here; merge what this document lacks first',
    );
    expect(alice.treeAt(before)).toBeInstanceOf(DocumentTree);
  });

  it('names nodes for all replicas', () => {
    const [alice, bob] = pair();
    const [mine, theirs] = [alice, bob].map((replica) =>
      replica.transact((edits) => {
        const node = edits.create('item');
        edits.insert(node, ROOT);
        return node;
      }),
    ) as [number, number];
    exchange(alice, bob);
    expect(mine).toBe(theirs);
    expect(alice.nameOf(mine)).not.toBe(bob.nameOf(theirs));
    const there = bob.find(alice.nameOf(mine)) as number;
    expect(bob.nameOf(there)).toBe(alice.nameOf(mine));
    expect([alice.nameOf(ROOT), bob.find('root')]).toEqual(['root', ROOT]);
    expect([bob.find('9@nobody'), bob.find('1@alice'), bob.find('')]).toEqual([undefined, undefined, undefined]);
    alice.transact((edits) => edits.remove(mine));
    expect(alice.find(bob.nameOf(there))).toBeUndefined();
    expect(() => alice.nameOf(99)).toThrow('Cannot name node 99: there never was one; take an id of this document');
  });

  it('refuses an agent without a name and bytes that are no changes, and stays what it is', () => {
    expect(() => new SharedTree('')).toThrow(/its agent has no name/);
    const [alice] = pair();
    const bytes = alice.snapshot();
    expect(() => new SharedTree('bob').merge(bytes.subarray(0, -1))).toThrow(/it is cut or damaged, fetch it again/);
    expect(() => alice.merge(alice.version())).toThrow(/it does not begin as one/);
    expect(() => alice.changesSince(bytes)).toThrow(/Cannot read the version/);
    expect(alice.toJSON()).toEqual(LIST);
  });

  it('refuses changes that build on what somebody else did, and says whose', () => {
    const [alice, bob] = pair();
    const known = bob.version();
    bob.transact((edits) => edits.remove(ITEM));
    const message = bob.changesSince(known);
    const cyd = new SharedTree('cyd');
    expect(() => cyd.merge(message)).toThrow(
      /^Cannot merge the changes: they build on events of "alice" from 0 on, which are not here; send what/,
    );
    cyd.merge(alice.snapshot());
    cyd.merge(message);
    expect(cyd.size).toBe(3);
  });

  it('refuses what another replica did under its name', () => {
    const [alice] = pair();
    const other = SharedTree.load(alice.snapshot(), 'alice');
    other.transact((edits) => edits.remove(ITEM));
    expect(() => alice.merge(other.changesSince(alice.version()))).toThrow(
      'another replica has edited as "alice", which is this replica\'s name; give each replica and session a name of its own',
    );
    expect(alice.toJSON()).toEqual(LIST);
  });

  it('does not let dropped documents and versions of the past pile up', async () => {
    const alice = new SharedTree('alice');
    alice.transact((edits) => {
      for (let count = 0; count < 20_000; count++) edits.insert(edits.create('item'), ROOT);
    });
    const before = alice.version();
    alice.transact((edits) => {
      for (const node of alice.children(ROOT)) edits.setKind(node, 'task');
    });
    const snapshot = alice.snapshot();
    expect(await collected(() => SharedTree.load(snapshot, 'bob'))).toBeGreaterThan(0);
    expect(await collected(() => alice.treeAt(before))).toBeGreaterThan(0);
  });

  it('comes to the same tree in all replicas, whatever they learn first', () => {
    const place = fc.nat(40);
    const edit = fc.record({
      who: fc.nat(2),
      what: fc.nat(5),
      node: place,
      to: place,
      at: fc.nat(3),
      merge: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
        const replicas = ['ada', 'bob', 'cyd'].map((agent) => new SharedTree(agent)) as [
          SharedTree,
          SharedTree,
          SharedTree,
        ];
        const past: [Uint8Array, DocumentNode][] = [];
        for (const { who, merge, ...rest } of edits) {
          const replica = replicas[who] as SharedTree;
          tryEdit(replica, rest);
          past.push([replica.version(), replica.toJSON()]);
          replica.merge((replicas[merge] as SharedTree).changesSince(replica.version()));
        }
        const [first, ...others] = replicas;
        for (const other of others) first.merge(other.changesSince(first.version()));
        for (const other of others) {
          other.merge(first.changesSince(other.version()));
          expect(other.toJSON()).toEqual(first.toJSON());
          expect(other.version()).toEqual(first.version());
        }
        expect(SharedTree.load(first.snapshot(), 'dan').toJSON()).toEqual(first.toJSON());
        for (const [version, json] of past) {
          const tree = first.treeAt(version);
          expect(tree.toJSON()).toEqual(json);
          tree.apply(tree.diff(first));
          expect(tree.toJSON()).toEqual(first.toJSON());
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** How many of 40 dropped objects V8 has collected without being asked to. */
async function collected(make: () => object): Promise<number> {
  let count = 0;
  const registry = new FinalizationRegistry(() => count++);
  for (let made = 0; made < 40; made++) {
    registry.register(make(), undefined);
    await setImmediate();
  }
  return count;
}

/** Does one thing, if the tree allows it. */
function tryEdit(
  tree: SharedTree,
  { what, node, to, at }: { what: number; node: number; to: number; at: number },
): void {
  const ids = tree.descendants();
  const [one, other] = [ids[node % ids.length] as number, ids[to % ids.length] as number];
  const place = Math.min(at, tree.children(other).filter((child) => child !== one).length);
  try {
    tree.transact((edits) => {
      if (what < 2) edits.insert(edits.create(`kind${at}`, { at }), other, Math.min(at, tree.children(other).length));
      else if (what === 2) edits.move(one, other, place);
      else if (what === 3) edits.remove(one);
      else if (what === 4) edits.setAttribute(one, `name${at}`, to);
      else edits.setKind(one, `kind${at}`);
    });
  } catch (error) {
    expect(String(error)).toMatch(/the root|choose a parent outside/);
  }
}
