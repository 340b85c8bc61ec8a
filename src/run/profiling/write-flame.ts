// A mixed profile as the files that people and programs read.
import { cpus, release } from 'node:os';
import { type EngineResult, graphViews, type Profile, writeViews } from '../../profile/index.js';
import { formatBytes, formatCount, formatNs, formatPercent } from '../../units/index.js';
import { type ProfileWork, type WrittenProfile, writeProfile } from './write-profile.js';

/** What the graph is of. */
export interface FlameWork extends ProfileWork {
  /** What saw it, as a person reads it. */
  recorder: string;
}

/** Writes `flame.html`, `stacks.folded` and `speedscope.json`, and what every profile is written into. */
export function writeFlame(
  profile: Profile,
  facts: Omit<EngineResult, 'engine' | 'files'>,
  { job, options, recorder, prefix = '' }: FlameWork,
): WrittenProfile {
  const note = [facts.warning, facts.blind].filter((text) => text !== undefined).join(' ');
  const views = graphViews(profile, {
    title: job.case.id,
    subtitle: [machine(), observation(facts, recorder)],
    ...(note !== '' && { note }),
    client: options.flameClient,
  });
  const names = writeViews(job.folder, views, prefix);
  const others = writeProfile(profile, { job, options, prefix });
  return { ...others, files: { ...names, ...others.files } };
}

function machine(): string {
  const { model } = cpus()[0] ?? { model: 'unknown processor' };
  return [model.trim(), `${cpus().length} cores`, `Linux ${release()}`, `Node ${process.versions.node}`].join(' · ');
}

function observation(
  {
    samples,
    intervalNs,
    intervalBytes,
    slowdown,
    cpuSlowdown,
    attributedShare,
  }: Omit<EngineResult, 'engine' | 'files'>,
  recorder: string,
) {
  return [
    recorder,
    ...(samples === undefined ? [] : [`${formatCount(samples)} samples`]),
    ...(intervalNs === undefined ? [] : [`one for each ${formatNs(intervalNs)}`]),
    ...(intervalBytes === undefined ? [] : [`one for each ${formatBytes(intervalBytes)}`]),
    ...(slowdown === undefined ? [] : [`${slowdown.toFixed(2)} × the time of an operation that nobody watches`]),
    ...(cpuSlowdown === undefined ? [] : [`${cpuSlowdown.toFixed(2)} × its processor time`]),
    ...(attributedShare === undefined ? [] : [`${formatPercent(attributedShare)} with the name of a function`]),
  ].join(' · ');
}
