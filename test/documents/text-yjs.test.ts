// Texts to and from updates of Yjs.
import { describe, expect, it } from 'vitest';
import { fromYjs, TextDocument, toYjs } from '../../src/documents/index.js';

describe('Yjs', () => {
  it.each(['V1', 'V2'] as const)('takes a text and gives it back by updates %s', (format) => {
    const text = new TextDocument('ada');
    text.insert(0, 'Hello 😀');
    text.delete(0, 1);
    const update = toYjs(text, { name: 'body', format });
    const back = fromYjs(update, 'bob', { name: 'body', format });
    expect(back.toString()).toBe('ello 😀');
    back.insert(0, 'H');
    expect(back.toString()).toBe('Hello 😀');
  });

  it('reads an update that Yjs itself wrote', () => {
    // doc.clientID = 1; doc.getText('body').insert(0, 'Hi'); Y.encodeStateAsUpdate(doc)
    const update = Uint8Array.of(1, 1, 1, 0, 4, 1, 4, 98, 111, 100, 121, 2, 72, 105, 0);
    expect(fromYjs(update, 'ada', { name: 'body' }).toString()).toBe('Hi');
  });

  // yjs 13.6.33 wrote these; `body` is doc.getText('body') with 'Hello 😀', edited, where nothing else is said.
  it.each([
    ['V2 as V1', 'AAACQQICAQABAgUBAIQAxBIOYm9keWVsbG8g8J+YgEoEBwEBAQABAQEDAAEBAQAA', "pass `format: 'V2'`"],
    ['what another client added', 'AQECAIQBBAQgeW91AA==', 'pass the whole document as one update'],
    ['what the same client added', 'AQEBBYQBBAQgeW91AA==', 'pass the whole document as one update'],
    [
      'a document with other names',
      'AQIBAAQBBXRpdGxlAkhpKAEEbWV0YQFhAX0BAA==',
      'it has "meta", "title"; pass the name',
    ],
    ['an XML fragment', 'AQMBAAcBBGJvZHkDAXAHAAEABgQAAQECSGkA', 'it is XML; pass the name of a text'],
  ])('refuses %s, and says what to pass', (_, update, remedy) => {
    expect(() => fromYjs(Buffer.from(update, 'base64'), 'ada', { name: 'body' })).toThrow(remedy);
  });

  it.each([
    ['V1', 'AQMBAAEBBGJvZHkBhAEACWVsbG8g8J+YgMQBAAEBAUoBAQEAAQ==', 'Jello 😀'],
    ['V2', 'AAACQQICAQABAgUBAIQAxBIOYm9keWVsbG8g8J+YgEoEBwEBAQABAQEDAAEBAQAA', 'Jello 😀'],
    ['V1', 'AAA=', ''],
    ['V2', 'AAAAAAAAAQAAAAAAAA==', ''],
  ] as const)('reads documents that yjs 13.6.33 wrote as %s, empty ones too: %s', (format, update, text) => {
    expect(fromYjs(Buffer.from(update, 'base64'), 'ada', { name: 'body', format }).toString()).toBe(text);
  });

  it('refuses what is no update', () => {
    const cut = Uint8Array.of(1, 1, 1, 0, 4, 1, 4, 98);
    expect(() => fromYjs(cut, 'ada', { name: 'body' })).toThrow('Cannot read the Yjs update');
  });
});
