// A copy of a crate in which some functions take a chosen share longer.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Guard, guardModule } from './guards.js';
import type { SlowedCrate } from './slowdowns.js';

/**
 * Copies a crate from cargo's own copy of the registry and patches it.
 *
 * @param folder gets a folder of the crate's name
 * @param guard what functions take more of
 * @throws Error where a function is not where the list says
 */
export function injectSlowdowns({ crate, version, slowdowns }: SlowedCrate, folder: string, guard: Guard): string {
  const copy = join(folder, crate);
  rmSync(copy, { recursive: true, force: true });
  cpSync(releasedFolder(crate, version), copy, { recursive: true });
  for (const { file, signature } of slowdowns) slowDown(join(copy, 'src', file), signature);
  const library = join(copy, 'src', 'lib.rs');
  writeFileSync(library, `${readFileSync(library, 'utf8')}\nmod forgebench_slow;\n`);
  writeFileSync(join(copy, 'src', 'forgebench_slow.rs'), guardModule(guard));
  return folder;
}

function slowDown(file: string, signature: string): void {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(signature);
  if (start < 0 || text.indexOf(signature, start + 1) >= 0)
    throw new Error(
      `Cannot slow "${signature}" down: ${file} does not have it once; change scripts/trials/slowdowns.ts`,
    );
  const body = bodyOf(text, start);
  writeFileSync(
    file,
    `${text.slice(0, body)}\n    let _slow = crate::forgebench_slow::Slow::begin();${text.slice(body)}`,
  );
}

/** Behind the brace that opens the body: the first one outside of parentheses and brackets of the signature. */
function bodyOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const letter = text[at] as string;
    if ('(['.includes(letter)) depth += 1;
    if (')]'.includes(letter)) depth -= 1;
    if (letter === '{' && depth === 0) return at + 1;
  }
  throw new Error('A function has no body');
}

/** The sources of a crate that cargo has unpacked. */
export function releasedFolder(crate: string, version: string): string {
  const registries = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const found = readdirSync(registries)
    .map((registry) => join(registries, registry, `${crate}-${version}`))
    .find((each) => existsSync(each));
  if (found === undefined)
    throw new Error(`Cannot find the source of ${crate} ${version} in ${registries}; run "npm run setup"`);
  return found;
}
