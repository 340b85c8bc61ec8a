// Samples and series from elsewhere, checked on the way in.
import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UsageError } from './usage-error.js';

const SERIES = z.array(z.number());
const SAMPLES = z.record(z.string(), z.array(z.array(z.number().positive()).min(1)).min(1));

/** What may stand between columns: spreadsheets of half of Europe write semicolons. */
const DELIMITERS = [',', ';', '\t'];

/** Samples of each launch by benchmark. */
export type SampleFile = Record<string, number[][]>;

/**
 * Reads a series: a JSON array of numbers, or one column of a CSV file.
 *
 * @param column the column's header or number from 1; needed where there is more than one
 * @throws UsageError where the file is no series
 */
export function readSeries(path: string, column?: string): number[] {
  const text = readText(path);
  if (/^\s*[[{]/.test(text)) return check(path, SERIES, text, 'a JSON array of numbers, such as [12.1, 12.3]');
  return readColumn(path, text, column);
}

/**
 * Reads the samples of two versions' launches.
 *
 * @throws UsageError where the file does not hold them
 */
export function readSamples(path: string): SampleFile {
  return check(
    path,
    SAMPLES,
    readText(path),
    'a JSON object of the samples of each launch, all above zero, such as {"parse": [[10.1, 10.2], [10.4]]}',
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read "${path}": ${(error as Error).message}; check the path`);
  }
}

function check<T>(path: string, schema: z.ZodType<T>, text: string, expected: string): T {
  const cannot = (reason: string) => new UsageError(`Cannot read "${path}": ${reason}; it has to be ${expected}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw cannot((error as Error).message);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw cannot(`${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}

function readColumn(path: string, text: string, column: string | undefined): number[] {
  const rows = parseCsv(path, text);
  const header = rows[0] ?? [];
  const hasHeader = header.some((field) => !isNumber(field));
  const index = columnIndex(path, hasHeader ? header : header.map((_, position) => `${position + 1}`), column);
  return rows.slice(hasHeader ? 1 : 0).map((row, position) => {
    const field = row[index] ?? '';
    if (isNumber(field)) return Number(field);
    const line = position + (hasHeader ? 2 : 1);
    throw new UsageError(`Cannot read "${path}": "${field}" in row ${line} is no number; remove the row`);
  });
}

function parseCsv(path: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, delimiter: DELIMITERS });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(
      `Cannot read "${path}": ${error.message}; a series is a JSON array or one column of a CSV file`,
    );
  }
}

function columnIndex(path: string, names: readonly string[], column: string | undefined): number {
  if (column === undefined && names.length <= 1) return 0;
  const index = column === undefined ? -1 : names.indexOf(column);
  const byNumber = index === -1 && /^\d+$/.test(column ?? '') ? Number(column) - 1 : index;
  if (byNumber >= 0 && byNumber < names.length) return byNumber;
  throw new UsageError(
    `Cannot read "${path}": ${column === undefined ? `it has ${names.length} columns` : `it has no column "${column}"`}; name one of ${names.join(', ')} with --column`,
  );
}

function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Number(field));
}
