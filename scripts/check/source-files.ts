// The files that the checks read, and TypeScript's own view of them.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { filesOf } from '../setup/stamp.mjs';

/** A file, its path relative to the root of the repository. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Files below some folders whose names end in one of these, declarations and recorded inputs left out. */
export function readSources(root: string, folders: readonly string[], endings: readonly string[]): SourceFile[] {
  const paths = folders.flatMap((folder) => filesOf(join(root, folder))).map((path) => relative(root, path));
  const wanted = paths.filter((path) => endings.some((ending) => path.endsWith(ending)));
  const own = wanted.filter((path) => !path.endsWith('.d.ts') && !path.startsWith('test/fixtures/'));
  return own.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The syntax tree of a file, with links to parents. */
export function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
}

/** `path:line`, as editors and terminals understand it. */
export function place(tree: ts.SourceFile, position: number): string {
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(position).line + 1}`;
}

/** The comments before the first code of a file. */
export function openingComment(text: string): string {
  return (
    /^(#!.*\n)?(\s*(\/\/.*(\n|$)|\/\*[\s\S]*?\*\/))*/
      .exec(text)?.[0]
      .replace(/^#!.*\n/, '')
      .trim() ?? ''
  );
}
