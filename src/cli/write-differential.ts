// A differential flame graph as a file.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Aligned, differentialData } from '../explain/index.js';
import { type DifferentialData, toDifferentialHtml } from '../profile/index.js';
import { writeRunFile } from '../store/index.js';
import { pageAssets } from './page-assets.js';

/** Writes the page; returns what it draws. */
export function writeDifferential(
  file: string,
  aligned: Aligned,
  { caseId, subtitle }: { caseId: string; subtitle: readonly string[] },
): DifferentialData {
  const data = differentialData(aligned);
  mkdirSync(dirname(file), { recursive: true });
  const client = pageAssets('differential');
  writeRunFile(file, toDifferentialHtml(data, { title: caseId, subtitle, client }));
  return data;
}
