// Folded stacks, as perf's and everybody's scripts write them.
import type { Profile, Unit } from '../profile.js';
import { ProfileBuilder } from '../profile-builder.js';
import { readingAs } from '../profile-error.js';

/**
 * Reads lines of frames joined by `;`, then a blank and the weight. Empty lines and comments, `# …`, are left out; `#name` is a private method.
 *
 * The format says neither what weights are nor what threads there were: without `unit` they are samples, and the first
 * entry of a line, which many writers use for the thread, is a frame like others.
 *
 * @throws ProfileError with the number of a line that is no stack
 *
 * @example
 * importFolded('main;parse 30\nmain;write 10\n').threads[0]?.stacks.length; // 2
 */
export function importFolded(text: string, { unit = 'samples' }: { unit?: Unit } = {}): Profile {
  return readingAs('folded stacks', () => {
    const builder = new ProfileBuilder();
    const thread = builder.thread({ name: '', id: 0 });
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim() === '' || /^#(\s|$)/.test(line)) continue;
      const [, stack, weight] = /^(.*\S)\s+(\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
      if (stack === undefined)
        throw new Error(`line ${index + 1} is no stack with a number at its end: "${line.slice(0, 60)}"`);
      const frames = stack.split(';').map((name) => builder.frame({ name, origin: 'unknown' }));
      thread.add(frames, { weight: Number(weight), samples: unit === 'samples' ? Number(weight) : 1 });
    }
    return builder.build({ engine: 'folded', unit, interval: 0 });
  });
}
