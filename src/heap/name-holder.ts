// Who holds what grew, in the words of its source: `Map in cache (src/store.js:12)`.
import type { HeapStep, Holder } from './heap-comparison.js';

/** The part of a way that a person knows from the source. */
export interface NamedHolder {
  /** The object that grew: `Map in cache (src/store.js:12)`. */
  text: string;
  /** The whole way from there to what is held: `cache → Map → Entry → payload → (string)`. */
  way: string;
  /** A function that sees the variable which leads there, where known. */
  place?: { file: string; line: number | undefined };
}

/** How places are told. */
export interface NamingOptions {
  /**
   * A place as a person knows it, such as `src/store.ts:12`; nothing where it is of no interest.
   *
   * @param line of a function that sees the variable, or of a constructor, from 1
   * @param variable whose declaration is meant; absent where it has no name
   */
  showPlace(file: string, line: number | undefined, variable?: string): string | undefined;
}

/** V8's name for the object of a bound method. */
const BOUND_THIS = 'bound_this';

/**
 * Names the last node on the way that was there before: it is the one that grew.
 *
 * @example
 * nameHolder(holder, { showPlace: (file, line) => `${basename(file)}:${line}` }).text // 'Map in cache (store.js:3)'
 */
export function nameHolder({ steps }: Holder, { showPlace }: NamingOptions): NamedHolder {
  const old = steps.findLastIndex(({ isNew }) => !isNew);
  // A variable that is set anew each time, to the head of a list, has its own name.
  const at = steps[old + 1]?.edgeKind === 'context' ? old + 1 : old;
  const grown = steps[at];
  const way = (from: number) => steps.slice(from).map(stepText).join(' → ');
  if (grown === undefined) return { text: 'the process itself', way: way(0) };
  const variable = beginOfName(steps, at);
  if (variable === undefined) return { text: ownText(grown), way: way(Math.max(0, at - 2)) };
  const path = steps.slice(variable, at + 1).flatMap(({ edge, edgeKind }) => nameOfEdge(edge, edgeKind));
  // Any function may have bound the method: where it stands says nothing of the object.
  const place = path[0] === 'this' ? undefined : steps.slice(0, variable).findLast(({ file }) => file !== undefined);
  const unnamed = isUnnamedVariable(steps[variable] as HeapStep, steps[variable - 1]);
  const shown =
    place?.file === undefined ? undefined : showPlace(place.file, place.line, unnamed ? undefined : path[0]);
  const where = shown === undefined ? '' : ` (${shown})`;
  const name = [...(unnamed ? ['a variable'] : []), ...path].join('.').replaceAll('.[…]', '[…]');
  const text = `${className(grown)} in ${name}${where}`;
  return {
    text,
    way: way(variable),
    ...(place?.file !== undefined && { place: { file: place.file, line: place.line } }),
  };
}

/** The last variable, global or object of a bound method on the way to the node. */
function beginOfName(steps: readonly HeapStep[], at: number): number | undefined {
  const begin = steps
    .slice(0, at + 1)
    .findLastIndex(
      (step, index) =>
        step.edgeKind === 'context' ||
        step.edge === BOUND_THIS ||
        isUnnamedVariable(step, steps[index - 1]) ||
        isGlobalObject(steps[index - 1]),
    );
  return begin === -1 ? undefined : begin;
}

/** `global`, or `global (global*)` in later versions of V8. */
function isGlobalObject(step: HeapStep | undefined): boolean {
  return step !== undefined && /^global( |$)/.test(step.name);
}

/** V8 keeps no names of variables where a scope has very many. */
function isUnnamedVariable({ edgeKind }: HeapStep, before: HeapStep | undefined): boolean {
  return edgeKind === 'hidden' && before?.name === 'system / Context';
}

/** An object that no variable leads to. */
function ownText(grown: HeapStep): string {
  return grown.kind === 'internal' ? "V8's own tables" : `${className(grown)}, which V8, Node.js or an addon holds`;
}

/** Fields of V8's own, such as the table of a map, are in no source. */
function nameOfEdge(edge: string | undefined, kind: HeapStep['edgeKind']): string[] {
  if (kind === 'element') return ['[…]'];
  if (edge === BOUND_THIS) return ['this'];
  return edge !== undefined && (kind === 'context' || kind === 'property') ? [edge] : [];
}

function className({ name, kind }: HeapStep): string {
  return kind === 'closure' ? `function ${name}` : name;
}

function stepText({ edge, edgeKind, name, kind }: HeapStep): string {
  const [reference] = nameOfEdge(edge, edgeKind);
  const node = className({ name, kind } as HeapStep);
  return reference === undefined || reference === '[…]' ? node : `${reference}: ${node}`;
}
