// Which frames of several profiles are the same function, whatever it was compiled to.
import type { Frame, Origin, Profile } from '../profile/index.js';

/** A function as all profiles know it. */
export interface ProfiledFunction {
  name: string;
  origin: Origin;
  file?: string;
  line?: number;
}

/** All functions, and for each profile that of each of its frames. */
export interface FunctionTable {
  functions: ProfiledFunction[];
  indices: number[][];
}

/**
 * Finds the functions of profiles that are compared. Tier, inlining and line are no part of a function, nor are the versions of
 * crates and the hashes in names and paths: two versions of the code under test differ in all of them. Where a function is, the
 * last profile that has it says: people look for it in the new code.
 *
 * @example
 * identifyFunctions([base, head]).indices[1][0]; // the function of head's first frame
 */
export function identifyFunctions(profiles: readonly Profile[]): FunctionTable {
  const frames = profiles.flatMap((profile) => profile.frames);
  const fullNames = fullNamesOf(frames);
  const functions: ProfiledFunction[] = [];
  const known = new Map<string, number>();
  const indexOf = (frame: Frame) => {
    const name = (frame.inlined && fullNames.get(shortKey(frame))) || plainName(frame.name);
    const key = `${frame.origin} ${name} ${frame.origin === 'rust' ? '' : placeKey(frame)}`;
    const index = known.get(key) ?? functions.push(toFunction(frame, name)) - 1;
    known.set(key, index);
    return index;
  };
  const fromLast = profiles.toReversed().map((profile) => profile.frames.map(indexOf));
  return { functions, indices: fromLast.reverse() };
}

function toFunction({ origin, file, line }: Frame, name: string): ProfiledFunction {
  return { name, origin, ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}

/**
 * The name without what a build adds: hashes of legacy symbols, disambiguators of crates.
 *
 * @example
 * plainName('mf_model::tree::add::h0123456789abcdef'); // 'mf_model::tree::add'
 */
function plainName(name: string): string {
  return name.replace(/::h[0-9a-f]{16}$/, '').replaceAll(/\[[0-9a-f]{8,16}\]/g, '');
}

/** Of JavaScript the name of its file: the folder is the version's, and a transpiled file has a hash. */
function placeKey({ origin, file }: Frame): string {
  if (origin !== 'user' && origin !== 'node_modules' && origin !== 'forgebench' && !file?.startsWith('node:'))
    return '';
  return fileKey(file ?? '');
}

/**
 * The part of a path that two versions share.
 *
 * @example
 * fileKey('moduforge-model-0.7.0/src/node/pool.rs'); // 'node/pool.rs'
 * fileKey('/a/.forgebench/cache/parse-0123abcd.mjs'); // 'parse'
 */
export function fileKey(file: string): string {
  if (file.endsWith('.rs')) return file.slice(file.lastIndexOf('/src/') + (file.includes('/src/') ? 5 : 1));
  const name = file.slice(file.lastIndexOf('/') + 1);
  return name.replace(/\.[cm]?[jt]sx?$/, '').replace(/-[0-9a-f]{8}$/, '');
}

/** Names of functions that were not inlined, by what debug information says of them where they are: module and name. */
function fullNamesOf(frames: readonly Frame[]): Map<string, string> {
  const names = new Map<string, Set<string>>();
  for (const frame of frames) {
    if (frame.origin !== 'rust' || frame.inlined) continue;
    const key = shortKey(frame);
    names.set(key, (names.get(key) ?? new Set()).add(plainName(frame.name)));
  }
  // Two types may have a function of one name in one file; then nothing tells which of them was inlined.
  return new Map([...names].flatMap(([key, its]) => (its.size === 1 ? [[key, [...its][0] as string] as const] : [])));
}

function shortKey({ name, file }: Frame): string {
  let plain = plainName(name);
  for (let shorter = ''; shorter !== plain; ) {
    shorter = plain;
    plain = plain.replaceAll(/<[^<>]*>/g, '');
  }
  const parts = plain.split('::').filter((part) => part !== '');
  const last = parts.findLastIndex((part) => !part.startsWith('{'));
  return `${crateOf(name)} ${fileKey(file ?? '')} ${parts.slice(Math.max(0, last)).join('::')}`;
}

/**
 * The crate that a name of Rust begins with.
 *
 * @example
 * crateOf('<alloc::boxed::Box<T> as core::clone::Clone>::clone'); // 'alloc'
 */
export function crateOf(name: string): string {
  return /^[<&(*\s]*(?:dyn |mut |const )?([A-Za-z_]\w*)/.exec(name)?.[1] ?? '';
}
