// The environment of what is about to be measured.
import { createRequire } from 'node:module';
import type { Selection } from '../definition/index.js';
import { type Environment, readEnvironment } from '../run/index.js';
import type { Project } from './project.js';
import { subjectVersions } from './subject-versions.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** Machine, versions and commit, with the versions of the subjects of these benchmarks. */
export function environmentOf(project: Project, selections: readonly Selection[]): Environment {
  return readEnvironment({
    forgebench: version,
    subjects: subjectVersions(selections.map(({ benchmark }) => benchmark)),
    root: project.root,
    workloads: Object.fromEntries(selections.map(({ benchmark }) => [benchmark.id, benchmark.workload])),
  });
}
