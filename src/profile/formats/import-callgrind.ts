// callgrind.out as a profile: what each function cost itself.
import { originOf } from '../origin-of.js';
import type { Profile } from '../profile.js';
import { ProfileBuilder } from '../profile-builder.js';
import { readingAs } from '../profile-error.js';

const NOTE =
  'Callgrind counts what each function costs itself and which calls there were, but keeps no stacks: functions stand side by side, without their callers.';

/** What is counted where a function is counted by callgrind: instructions read. */
const EVENT = 'Ir';

/**
 * Reads callgrind's output (https://valgrind.org/docs/manual/cl-format.html): instructions of each function itself, over
 * all parts and threads of the file. Calls have a cost but no stack that they belong to, so they are left out; `note`
 * says so. Nothing is sampled, so stacks have no samples.
 *
 * @throws ProfileError where the text is no such file, or does not count instructions
 */
export function importCallgrind(text: string): Profile {
  return readingAs('callgrind file', () => new CallgrindReader().read(text), 'run callgrind again');
}

/** Reads line by line; names are written once and then called by their number in brackets. */
class CallgrindReader {
  readonly #builder = new ProfileBuilder();
  readonly #thread = this.#builder.thread({ name: '', id: 0, javascript: false });
  readonly #names = {
    object: new Map<string, string>(),
    file: new Map<string, string>(),
    fn: new Map<string, string>(),
  };
  #object = '';
  #file = '';
  #function = '';
  /** Words of a line that say where, before its costs. */
  #positions = 1;
  #event: number | undefined;
  /** The line after `calls=` is the cost of the call, not of the function. */
  #isCall = false;
  #counted = 0;
  #stated: number | undefined;

  read(text: string): Profile {
    for (const [index, raw] of text.split('\n').entries()) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      if (/^[\d+*-]/.test(line)) this.#cost(line, index + 1);
      else this.#statement(line);
    }
    if (this.#event === undefined) throw new Error('it has no line "events:"');
    if (this.#stated !== undefined && this.#stated !== this.#counted)
      throw new Error(`its functions cost ${this.#counted} in all and it says ${this.#stated}, so a part is missing`);
    return this.#builder.build({ engine: 'callgrind', unit: 'instructions', interval: 0, note: NOTE });
  }

  #statement(line: string): void {
    const [, key = '', value = ''] = /^([a-zA-Z]+)[:=]\s*(.*)$/.exec(line) ?? [];
    if (key === 'events') this.#events(value);
    else if (key === 'positions') this.#positions = value.split(/\s+/).length;
    else if (key === 'ob') this.#object = this.#name('object', value);
    else if (key === 'fl' || key === 'fi' || key === 'fe') this.#file = this.#name('file', value);
    else if (key === 'fn') this.#function = this.#name('fn', value);
    // Names of callees are defined where they are first called.
    else if (key === 'cob') this.#name('object', value);
    else if (key === 'cfi' || key === 'cfl') this.#name('file', value);
    else if (key === 'cfn') this.#name('fn', value);
    else if (key === 'calls') this.#isCall = true;
    else if (key === 'totals') this.#stated = this.#costOf(value.split(/\s+/), 0);
  }

  #events(value: string): void {
    const names = value.split(/\s+/);
    this.#event = names.indexOf(EVENT);
    if (this.#event === -1) throw new Error(`it counts ${names.join(', ')} and not ${EVENT}, the instructions`);
  }

  #name(kind: 'object' | 'file' | 'fn', value: string): string {
    const [, number, name] = /^(\(\d+\))\s*(.*)$/.exec(value) ?? [];
    if (number === undefined) return value;
    if (name) this.#names[kind].set(number, name);
    return this.#names[kind].get(number) ?? number;
  }

  #cost(line: string, number: number): void {
    if (this.#isCall) {
      this.#isCall = false;
      return;
    }
    const weight = this.#costOf(line.split(/\s+/), this.#positions);
    if (!(weight >= 0)) throw new Error(`line ${number} has no cost: "${line.slice(0, 60)}"`);
    this.#counted += weight;
    const file = [this.#file, this.#object].find((name) => name !== '' && name !== '???');
    const origin = originOf(file) === 'unknown' ? originOf(this.#object) : originOf(file);
    const frame = this.#builder.frame({ name: this.#function || '(unknown)', origin, ...(file && { file }) });
    this.#thread.add([frame], { weight, samples: 0 });
  }

  /** Costs that a line leaves out at its end are 0. */
  #costOf(words: readonly string[], skip: number): number {
    if (this.#event === undefined) throw new Error('it has costs before the line "events:"');
    if (words.length <= skip) return Number.NaN;
    return Number(words[skip + this.#event] ?? 0);
  }
}
