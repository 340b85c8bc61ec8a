// Alerts in words.
import { describe, expect, it } from 'vitest';
import { subjectOf, toJsonText, toMarkdownText, toPlainText, toSlackText } from '../../src/alert/message-text.js';
import { HOSTILE_NAME, sampleAlert, sampleMessage } from './sample-alerts.js';

describe('a message', () => {
  it('names the case, its size, its commit, the machine and the page', () => {
    const message = sampleMessage(sampleAlert());
    expect(subjectOf(message)).toBe('demo/sum +20 %');
    expect(toPlainText(message)).toBe(
      [
        '1 regression that nobody has decided about:',
        '',
        '- demo/sum +20 %: p50 101 ns → 120 ns at c20, 2026-01-01, on a CPU, 2 cores http://bench.local:4280/case?id=demo%2Fsum&metric=p50',
        '',
        '"forgebench triage set CASE acknowledged" (or accepted, noise, fixed) silences one.',
      ].join('\n'),
    );
  });

  it('says that a case came back, and how many more there are', () => {
    const many = Array.from({ length: 23 }, (_, index) => sampleAlert(`demo/${index}`, 'returned'));
    const message = sampleMessage(...many);
    expect(subjectOf(message)).toBe('demo/0 +20 %, back after it was called fixed and 22 more');
    expect(toPlainText(message)).toContain('3 more; "forgebench triage list" has all.');
    expect(toPlainText(message)).toContain('demo/19 +20 % (called fixed, and back)');
    expect(toPlainText(message)).not.toContain('demo/20 ');
  });

  it('is data for programs', () => {
    const { alerts, ...head } = JSON.parse(toJsonText(sampleMessage(sampleAlert())));
    const timestamp = '2026-01-02T03:04:05.000Z';
    expect(head).toEqual({ version: 1, type: 'forgebench.alert', id: 'msg_1', timestamp });
    expect(alerts).toMatchObject([
      {
        ...{ kind: 'regression', caseId: 'demo/sum', metric: 'p50', fingerprint: '0123', run: 'r20', unit: 'ns' },
        before: { commit: 'c19' },
        after: { commit: 'c20' },
      },
    ]);
    expect(alerts[0].magnitude).toBeCloseTo(0.2, 2);
  });

  it('takes no name for markup, a mention, a header or an escape', () => {
    const message = sampleMessage(sampleAlert(HOSTILE_NAME));
    expect(subjectOf(message)).not.toMatch(/[\r\n]/);
    expect(toPlainText(message)).not.toMatch(/\r|^Bcc/m);
    for (const text of [subjectOf, toPlainText, toSlackText, toMarkdownText])
      expect(text(message)).not.toContain('\u001b');
    expect(toSlackText(message)).not.toMatch(/<!|<script/);
    expect(toMarkdownText(message)).not.toMatch(/(?<!\\)<script|^Bcc/m);
  });
});
