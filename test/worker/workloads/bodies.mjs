// Bodies whose length, answer or failure is known.
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const nothing = () => {};

/** Does nothing. */
export const empty = () => ({ run() {}, verify: nothing });

export const emptyAsync = () => ({ async run() {}, verify: nothing });

/** Spins until the clock has advanced by `ns`. */
export const spin = ({ ns }) => ({ run: () => spinFor(BigInt(ns)), verify: nothing });

function spinFor(ns) {
  const start = process.hrtime.bigint();
  for (;;) {
    const elapsed = process.hrtime.bigint() - start;
    if (elapsed >= ns) return elapsed;
  }
}

/** Sums an array of its own for each iteration. */
export const sum = ({ length }) => ({
  input: () => Array.from({ length }, (_, i) => i),
  run: (numbers) => numbers.reduce((total, number) => total + number, 0),
  verify: (total) => {
    if (total !== (length * (length - 1)) / 2) throw new Error(`the sum is ${total}`);
  },
});

/** Gets each input once, in order: any other use is an error. */
export const inputs = () => {
  let [made, run] = [0, 0];
  return {
    input: () => made++,
    run: (input) => {
      if (input !== run++) throw new Error(`input ${input} instead of ${run - 1}`);
      return input;
    },
    verify: nothing,
  };
};

export const sleep = ({ ms }) => ({ run: () => setTimeout(ms), verify: nothing });

/** Writes into a file what is called. */
export const recorded = ({ file }) => {
  const note = (what) => appendFileSync(file, `${what}\n`);
  note('setup');
  return { run: () => 1, verify: () => note('verify'), teardown: () => note('teardown') };
};

/** Each iteration does ten operations. */
export const tenAtOnce = ({ ns }) => ({ operations: 10, run: () => spinFor(BigInt(ns)), verify: nothing });

export const wrong = () => ({
  run: () => 41,
  verify: (answer) => {
    if (answer !== 42) throw new Error(`the answer is ${answer}, expected 42`);
  },
});

export const throwsLater = () => {
  let left = 1000;
  return {
    run() {
      left -= 1;
      if (left < 0) throw new TypeError('no such node');
    },
    verify: nothing,
  };
};

export const rejects = () => ({ run: () => Promise.reject(new TypeError('connection refused')), verify: nothing });

export const setupThrows = () => {
  throw new Error('no server');
};

export const incomplete = () => ({ run: nothing });

/** Keeps `bytes` of each iteration for ever, in V8's heap. */
export const leak = ({ bytes }) => {
  const kept = [];
  return {
    run: () =>
      kept.push(
        'x'
          .repeat(8)
          .repeat(bytes / 8)
          .split('')
          .join(''),
      ),
    verify: nothing,
  };
};

/** Makes garbage: an array of `length` numbers. */
export const garbage = ({ length }) => ({ run: () => new Array(length).fill(1.5), verify: nothing });

/** Keeps buffers outside V8's heap. */
export const leakBuffers = ({ bytes }) => {
  const kept = [];
  return { run: () => kept.push(new ArrayBuffer(bytes)), verify: nothing };
};

/** Counts how many of its operations are under way at once and fails where it is not `expected`. */
export const lanes = ({ expected }) => {
  let [underWay, most, runs] = [0, 0, 0];
  return {
    async run() {
      underWay += 1;
      most = Math.max(most, underWay);
      await setTimeout(1);
      underWay -= 1;
      runs += 1;
      if (runs === 40 && most !== expected) throw new Error(`${most} at once`);
    },
    verify: nothing,
  };
};
