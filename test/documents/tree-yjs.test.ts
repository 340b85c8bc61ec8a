// Trees to and from documents of Yjs, as editors on ProseMirror keep them.
import { describe, expect, it } from 'vitest';
import { type DocumentNode, DocumentTree, nodeFromYjs, nodeToYjs, SharedTree } from '../../src/documents/index.js';

const PAGE: DocumentNode = {
  type: 'doc',
  content: [
    {
      type: 'heading',
      attrs: { level: 2, open: false, style: { indent: [1, 2.5] } },
      content: [{ type: 'text', text: 'Ä 𝄞' }],
    },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'plain ' },
        { type: 'text', text: 'bold', marks: [{ type: 'bold' }] },
        { type: 'text', text: ' both', marks: [{ type: 'bold' }, { type: 'link', attrs: { href: '#' } }] },
        { type: 'image', attrs: { src: 'a.png' } },
        {
          type: 'text',
          text: 'two',
          marks: [
            { type: 'comment', attrs: { id: 1 } },
            { type: 'comment', attrs: { id: 2 } },
          ],
        },
      ],
    },
    { type: 'paragraph', attrs: { align: 'left' } },
  ],
};

/** `prosemirrorJSONToYDoc` of y-prosemirror 1.3.7 made a document of this page, and yjs 13.6.33 these updates of it. */
const WRITTEN = {
  V1: 'ARvQxMLJCAAHAQtwcm9zZW1pcnJvcgMHaGVhZGluZwcA0MTCyQgABgQA0MTCyQgBB8OEIPCdhJ4oANDEwskIAAVsZXZlbAF9AigA0MTCyQgABG9wZW4BeSgA0MTCyQgABXN0eWxlAXYBBmluZGVudHUCfQF8QCAAAIfQxMLJCAADCXBhcmFncmFwaAcA0MTCyQgJBgQA0MTCyQgKBnBsYWluIIbQxMLJCBAEYm9sZAJ7fYTQxMLJCBEEYm9sZIbQxMLJCBUEYm9sZARudWxshtDEwskIFgRib2xkAnt9htDEwskIFwRsaW5rDHsiaHJlZiI6IiMifYTQxMLJCBgFIGJvdGiG0MTCyQgdBGJvbGQEbnVsbIbQxMLJCB4EbGluawRudWxsh9DEwskICgMFaW1hZ2UoANDEwskIIANzcmMBdwVhLnBuZ4fQxMLJCCAGBgDQxMLJCCIRY29tbWVudC0tVUNyVlc2V1cIeyJpZCI6MX2G0MTCyQgjEWNvbW1lbnQtLXdleU05KzZFCHsiaWQiOjJ9hNDEwskIJAN0d2+G0MTCyQgnEWNvbW1lbnQtLVVDclZXNldXBG51bGyG0MTCyQgoEWNvbW1lbnQtLXdleU05KzZFBG51bGyH0MTCyQgJAwlwYXJhZ3JhcGgoANDEwskIKgVhbGlnbgF3BGxlZnQA',
  V2: 'AAMAAwsG0ImFkxEZGQACQgEBEgIMAggDAQoCaCwABAMABgJ+ggEAJwcBBAAoAocABwAEAIYAhACGAoQAhgGHACgAhwAGAIYAhACGAYcAKMwBtAFwcm9zZW1pcnJvcmhlYWRpbmfDhCDwnYSebGV2ZWxvcGVuc3R5bGVwYXJhZ3JhcGhwbGFpbiBib2xkYm9sZGJvbGRib2xkbGluayBib3RoYm9sZGxpbmtpbWFnZXNyY2NvbW1lbnQtLVVDclZXNldXY29tbWVudC0td2V5TTkrNkV0d29jb21tZW50LS1VQ3JWVzZXV2NvbW1lbnQtLXdleU05KzZFcGFyYWdyYXBoYWxpZ24LBwQFBAUJBkQDBUQABQNRAANRAAkFAwEAAAcDBgMGAwYDAkEDARsAfQJ5dgEGaW5kZW50dQJ9AXxAIAAAdgB+dgB2AQRocmVmdwEjfn53BWEucG5ndgECaWR9AXYBAmlkfQJ+fncEbGVmdAA=',
};

describe('a tree in a document of Yjs', () => {
  it.each(['V1', 'V2'] as const)('is read as y-prosemirror wrote it in the format %s', (format) => {
    const update = Buffer.from(WRITTEN[format], 'base64');
    expect(nodeFromYjs(update, { name: 'prosemirror', format })).toEqual(PAGE);
  });

  it.each(['V1', 'V2'] as const)('is written and read again in the format %s', (format) => {
    const page = DocumentTree.fromJSON(PAGE).toJSON();
    const update = nodeToYjs(page, { name: 'default', format });
    expect(nodeFromYjs(update, { name: 'default', format })).toEqual(page);
  });

  it('becomes a shared tree, which several people go on with', () => {
    const alice = SharedTree.fromJSON(nodeFromYjs(Buffer.from(WRITTEN.V1, 'base64'), { name: 'prosemirror' }), 'alice');
    const [heading] = alice.query({ kind: 'heading' }) as unknown as [number];
    alice.transact((edits) => edits.setAttribute(heading, 'level', 1));
    expect(alice.attributes(heading)).toEqual({ level: 1, open: false, style: { indent: [1, 2.5] } });
  });

  it('is refused with what is there instead', () => {
    const update = Buffer.from(WRITTEN.V1, 'base64');
    expect(() => nodeFromYjs(update, { name: 'body' })).toThrow(
      'Cannot find the tree "body" in the Yjs update: it has "prosemirror"; pass the name of a tree that is in it',
    );
    expect(() => nodeFromYjs(update.subarray(0, 40), { name: 'prosemirror' })).toThrow(/Cannot read the Yjs update/);
    expect(() => nodeToYjs({ type: 'doc', content: [{}] as never }, { name: 'a' })).toThrow(/a node has no type/);
    expect(() => nodeToYjs(PAGE, { name: 'a', client: -1 })).toThrow(RangeError);
    expect(() => nodeToYjs(PAGE, { name: 'a', format: 'V3' as never })).toThrow(/Cannot use the format V3/);
  });
});
