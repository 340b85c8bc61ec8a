// run.json and its published schema.
import { describe, expect, it } from 'vitest';
import { fromJson, jsonSchema, runRecordSchema, toJson } from '../../src/report/index.js';
import { exampleRun } from './fixture.js';

describe('toJson and fromJson', () => {
  it('give back the same run', () => {
    const record = exampleRun();
    expect(fromJson(toJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
  });

  it('write a figure that is no number as missing, and not as null', () => {
    const record = exampleRun();
    const [summary] = record.summaries;
    if (summary) summary.p50 = { estimate: { value: 1, low: 0, high: Number.POSITIVE_INFINITY } };
    expect(fromJson(toJson(record)).summaries[0]?.p50).toEqual({ missing: 'its estimate is not a finite number' });
  });

  it('refuse what is cut off, saying what to do', () => {
    expect(() => fromJson(toJson(exampleRun()).slice(0, 1000))).toThrow(
      /^Cannot read the run: it is not JSON .*"forgebench report"$/,
    );
  });

  it('refuse other versions and unknown fields, naming them', () => {
    const record = exampleRun();
    expect(() => fromJson(JSON.stringify({ ...record, version: 1 }))).toThrow(/\(version: /);
    expect(() => fromJson(JSON.stringify({ ...record, colour: 'red' }))).toThrow(/colour/);
    expect(() => fromJson(JSON.stringify({ ...record, summaries: [{}] }))).toThrow(/summaries\.0\.caseId/);
  });
});

describe('the schema', () => {
  it('accepts a run as it is in memory, with keys that are undefined', () => {
    expect(runRecordSchema.safeParse(exampleRun()).error).toBeUndefined();
  });

  it('is published as docs/run.schema.json', async () => {
    await expect(`${JSON.stringify(jsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../docs/run.schema.json');
  });
});
