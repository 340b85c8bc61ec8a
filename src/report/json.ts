// A run as JSON, and the schema that is published for it.
import { z } from 'zod';
import type { RunRecord } from '../store/index.js';
import { runRecordSchema } from './record-schema.js';

/**
 * The text of run.json. A figure that is not a finite number is written as missing, since JSON has no word for it and a
 * bare null would break the schema for everything else in the run.
 *
 * @example
 * JSON.parse(toJson(record)).version // 1
 */
export function toJson(record: RunRecord): string {
  return `${JSON.stringify(record, finiteFigures, 2)}\n`;
}

/**
 * Reads run.json back.
 *
 * @throws Error that names the first fields that do not fit.
 * @example
 * fromJson(toJson(record)).id === record.id // true
 */
export function fromJson(text: string): RunRecord {
  const parsed = runRecordSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const reasons = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      `Cannot read the run: it does not fit the schema (${reasons.join('; ')}); make it again with "forgebench report"`,
    );
  }
  // The types differ only in keys that are absent in JSON and undefined here, which read the same.
  return parsed.data as RunRecord;
}

/**
 * The JSON schema of run.json; docs/run.schema.json is its output.
 *
 * @example
 * jsonSchema().title // 'forgebench run'
 */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(runRecordSchema);
  return { $schema, title: 'forgebench run', description: 'One run of forgebench, as written to run.json.', ...schema };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `Cannot read the run: it is not JSON (${(error as Error).message}); the file may be cut, make it again with "forgebench report"`,
    );
  }
}

function finiteFigures(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('estimate' in value)) return value;
  const numbers = Object.values(value.estimate as Record<string, number>);
  return numbers.every(Number.isFinite) ? value : { missing: 'its estimate is not a finite number' };
}
