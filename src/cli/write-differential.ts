// A differential flame graph as a file.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Aligned, differentialData } from '../explain/index.js';
import { type DifferentialData, toDifferentialHtml } from '../profile/index.js';
import { writeRunFile } from '../store/index.js';
import { pageAssets } from './page-assets.js';

const UNITS: Readonly<Record<DifferentialData['unit'], string>> = {
  nanoseconds: 'Weights are processor time of one operation, making its input and dropping its output included.',
  bytes: 'Weights are bytes of one operation.',
  instructions: 'Weights are instructions of one operation.',
  allocations: 'Weights are calls to the allocator of one operation.',
  samples: 'Weights are samples of one operation.',
  share: 'Weights are shares of all samples, because the profiles have not counted operations.',
};

/** Writes the page; returns what it draws. */
export function writeDifferential(
  file: string,
  aligned: Aligned,
  { caseId, subtitle }: { caseId: string; subtitle: readonly string[] },
): DifferentialData {
  const data = differentialData(aligned);
  mkdirSync(dirname(file), { recursive: true });
  const client = pageAssets('differential');
  writeRunFile(file, toDifferentialHtml(data, { title: caseId, subtitle, note: UNITS[data.unit], client }));
  return data;
}
