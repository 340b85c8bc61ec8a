// Proves that every file says what it is for, that what a room exports is documented, and that links lead somewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { openingComment, parse, place, readSources, type SourceFile } from './check/source-files.js';
import { filesOf } from './setup/stamp.mjs';

/**
 * Looks for what is not documented.
 *
 * @param root The repository.
 * @returns A sentence for each gap, with its place.
 */
export function checkDocs(root: string): string[] {
  const files = readSources(root, ['src', 'scripts', 'bin', 'benches', 'test'], ['.ts', '.tsx', '.mjs']);
  const rooms = files.filter(({ path }) => path.startsWith('src/'));
  return [
    ...[...files, ...readSources(root, ['native'], ['.rs'])].flatMap(withoutPurpose),
    ...rooms.flatMap(undocumentedExports),
    ...rooms.filter(({ path }) => /^src\/[^/]+\/index\.ts$/.test(path)).flatMap(doorWithLogic),
    ...pages(root).flatMap((page) => brokenLinks(root, page)),
  ];
}

function withoutPurpose(file: SourceFile): string[] {
  return openingComment(file.text) === '' ? [`${file.path}: opens without a comment that says what it is for`] : [];
}

function undocumentedExports(file: SourceFile): string[] {
  const tree = parse(file);
  const documented = new Set<string>();
  return tree.statements.filter(isExportedNoun).flatMap((statement) => {
    const name = statement.name?.text ?? 'default';
    // Overloads share the comment of the first.
    if (ts.getJSDocCommentsAndTags(statement).length > 0) documented.add(name);
    return documented.has(name)
      ? []
      : [`${place(tree, statement.getStart(tree))}: ${name} is exported without a doc comment`];
  });
}

function isExportedNoun(
  statement: ts.Statement,
): statement is ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration {
  const noun =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
  return noun && (statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false);
}

/** A door lists what other rooms may use by name, so that reading it is enough. */
function doorWithLogic(file: SourceFile): string[] {
  const tree = parse(file);
  const wrong = tree.statements.filter(
    (statement) => !(ts.isExportDeclaration(statement) && statement.exportClause !== undefined),
  );
  return wrong.map(
    (statement) =>
      `${place(tree, statement.getStart(tree))}: a door holds nothing but lists of names, "export { a, b } from './file.js'"`,
  );
}

function pages(root: string): SourceFile[] {
  const atRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
  const below = readSources(root, ['docs', 'src', 'native', 'benches', 'test'], ['.md']);
  return [...atRoot.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })), ...below];
}

function brokenLinks(root: string, page: SourceFile): string[] {
  // Code is shown, not followed.
  const prose = page.text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '');
  const local = targets.filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
  return local
    .filter((target) => !leadsSomewhere(root, page, target))
    .map((target) => `${page.path}: the link to ${target} leads nowhere`);
}

function leadsSomewhere(root: string, page: SourceFile, target: string): boolean {
  const [path = '', anchor] = decodeURI(target).split('#');
  const file =
    path === '' ? page.path : normalize(path.startsWith('/') ? path.slice(1) : join(dirname(page.path), path));
  if (!existsSync(join(root, file))) return false;
  if (anchor === undefined || !file.endsWith('.md')) return true;
  return filesOf(join(root, file)).some((each) => anchors(readFileSync(each, 'utf8')).includes(anchor));
}

/** Names of headings as the usual Markdown hosts make them. */
function anchors(text: string): string[] {
  const headings = [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => match[1] ?? '');
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
