// Where a source declares a variable: a heap snapshot knows the functions that see it, not its own line.

/**
 * The first line on which JavaScript or TypeScript declares a name, from 1; undefined where none does.
 *
 * @example
 * declarationLine('let a;\nconst cache = new Map();', 'cache') // 2
 */
export function declarationLine(source: string, name: string): number | undefined {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return undefined;
  const declaration = new RegExp(`\\b(?:const|let|var|class|function\\*?)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`);
  const line = source.split('\n').findIndex((text) => declaration.test(text));
  return line === -1 ? undefined : line + 1;
}
