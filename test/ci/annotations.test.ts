// Annotations as lines that GitHub Actions reads.
import { describe, expect, it } from 'vitest';
import { annotationLines } from '../../src/ci/index.js';

describe('an annotation', () => {
  it('names its place and title', () => {
    expect(
      annotationLines([
        { level: 'error', title: 'js/a[n=1,m=2] is slower', message: '+20 %', file: 'src/a.js', line: 3 },
      ]),
    ).toBe('::error file=src/a.js,line=3,title=js/a[n=1%2Cm=2] is slower::+20 %25\n');
  });

  it('cannot smuggle in a command of its own', () => {
    const lines = annotationLines([{ level: 'error', title: 'a::b', message: 'x\n::set-output name=y::z' }]);
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(lines).toContain('title=a%3A%3Bb'.replace('%3B', '%3A'));
  });

  it('is one of ten of its level, because GitHub shows no more, and errors come first', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      level: 'error' as const,
      title: `${index}`,
      message: '',
    }));
    const lines = annotationLines([{ level: 'notice', title: 'last', message: '' }, ...many])
      .trim()
      .split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toContain('title=last');
  });
});
