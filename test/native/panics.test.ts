// A panic in Rust is an error of JavaScript, and the process goes on.
import { describe, expect, it } from 'vitest';
import { engine } from '../../src/native/index.js';

describe('a panic in the engine', () => {
  it('is an error that names the function, what happened and where, and what to do', () => {
    // The standard library panics where it is told to own the descriptor -1, which nobody may have.
    const make = (): unknown => new (engine().Turns)({ wait: -1, pass: -1, patienceMs: 1 });
    expect(make).toThrow(
      /^Cannot finish turns::TurnsInJavaScript::new: forgebench has a defect \(.*-1.* at .*\.rs:\d+\); report it/,
    );
    expect(make).toThrow('forgebench has a defect');
    expect(new (engine().BindingText)('ada').length()).toBe(0);
  });
});
