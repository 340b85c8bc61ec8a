// Proves that files and functions are short enough to be read in one go.
import ts from 'typescript';
import { openingComment, parse, place, readSources, type SourceFile } from './check/source-files.js';

/** A longer file opens with a comment that says why it "stays whole", a longer function has one before it. */
const FILE_LINES = 300;
const FUNCTION_LINES = 50;
const EXCUSE = 'stays whole';

/**
 * Looks for long files and long functions.
 *
 * @param root The repository.
 * @returns A sentence for each, with its place.
 */
export function checkSizes(root: string): string[] {
  const typescript = readSources(root, ['src', 'scripts', 'bin', 'benches', 'test'], ['.ts', '.tsx', '.mjs']);
  const rust = readSources(root, ['native'], ['.rs']);
  return [
    ...[...typescript, ...rust].flatMap(longFile),
    // A test file is one `describe` with everything inside it, so its functions are not counted.
    ...typescript.filter(({ path }) => !path.startsWith('test/')).flatMap(longFunctions),
    ...rust.flatMap(longRustFunctions),
  ];
}

function longFile(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length;
  if (lines <= FILE_LINES || openingComment(file.text).includes(EXCUSE)) return [];
  return [`${file.path}: ${lines} lines; split it, or say in its opening comment why it stays whole`];
}

function longFunctions(file: SourceFile): string[] {
  const tree = parse(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const lines = file.text.slice(node.getStart(tree), node.getEnd()).split('\n').length;
      const comment = file.text.slice(node.getFullStart(), node.getStart(tree));
      if (lines > FUNCTION_LINES && !comment.includes(EXCUSE))
        found.push(tooLong(place(tree, node.getStart(tree)), lines));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Formatted Rust closes a function at the indentation of its first line, so no parser is needed. */
function longRustFunctions(file: SourceFile): string[] {
  const lines = file.text.split('\n');
  return lines.flatMap((line, index) => {
    const indentation = /^(\s*)(pub(\([a-z]+\))? )?((const|async|unsafe|extern "C") )*fn /.exec(line)?.[1];
    if (indentation === undefined || /[;}]$/.test(line)) return [];
    const length =
      lines
        .slice(index)
        .findIndex((each) => each === `${indentation}}` || (each.startsWith(`${indentation})`) && each.endsWith(';'))) +
      1;
    if (length <= FUNCTION_LINES || commentBefore(lines, index).includes(EXCUSE)) return [];
    return [tooLong(`${file.path}:${index + 1}`, length)];
  });
}

/** Comments and attributes directly above a line. */
function commentBefore(lines: readonly string[], index: number): string {
  const above = lines.slice(0, index).reverse();
  const end = above.findIndex((line) => !/^\s*(\/\/|#\[)/.test(line));
  return above.slice(0, end === -1 ? undefined : end).join('\n');
}

function tooLong(where: string, lines: number): string {
  return `${where}: a function of ${lines} lines; split it, or say in a comment before it why it stays whole`;
}
