// Defects of the subjects, with evidence: those that the run has seen first.
import { type Child, element } from '../../../page/client/index.js';
import type { FindingResult } from '../../../statistics/index.js';
import type { RunRecord } from '../../../store/index.js';
import { evidenceText, FINDING_STATUS, findingsByStatus, otherExpectedFailures } from '../../findings.js';
import { box, breakable } from './dom.js';
import { failureNote, notes } from './overview-section.js';

/** Whether any benchmark of the run is there to show a defect. */
export function hasFindings(record: RunRecord): boolean {
  return record.findings.length + otherExpectedFailures(record).length > 0;
}

/** The section, or nothing where no benchmark of the run is there to show a defect. */
export function findingsSection(record: RunRecord, sectionIds: ReadonlyMap<string, string>): HTMLElement | undefined {
  if (!hasFindings(record)) return undefined;
  const { seen, unclear, absent, unmeasured } = findingsByStatus(record);
  const note = (result: FindingResult) => findingNote(result, sectionIds);
  return element(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    element('h2', { id: 'findings-title' }, 'Findings'),
    element('p', { class: 'quiet' }, 'Defects of the code under test that its benchmarks are there to show.'),
    notes(FINDING_STATUS.seen, 'note', [...seen.map(note), ...otherExpectedFailures(record).map(failureNote)]),
    notes(FINDING_STATUS.unclear, 'doubt', unclear.map(note)),
    folded(FINDING_STATUS.absent, absent.map(note)),
    folded(FINDING_STATUS.unmeasured, unmeasured.map(note)),
  );
}

function findingNote(
  { benchmarkId, finding, evidence }: FindingResult,
  sectionIds: ReadonlyMap<string, string>,
): Child {
  const link = element('a', { href: `#${sectionIds.get(benchmarkId) ?? ''}` }, breakable(benchmarkId));
  return box(
    'finding',
    element('span', {}, finding.what),
    element('p', {}, evidence === null ? `It would show as ${finding.shows}.` : breakable(evidenceText(evidence))),
    element('p', { class: 'quiet' }, link, ' · ', element('code', {}, breakable(finding.source))),
  );
}

function folded(name: string, items: readonly Child[]): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  const list = element('ul', {}, ...items.map((item) => element('li', {}, item)));
  return element('details', {}, element('summary', {}, `${name} (${items.length})`), list);
}
