// @ts-check
// JavaScript bodies whose length is known.

/** Does nothing: what is left after the loop was subtracted is the loop's own error. */
export const empty = () => ({ run() {}, verify() {} });

/**
 * Returns when the clock has advanced by `ns`.
 *
 * @param {{ ns: number }} parameters
 */
export const spin = ({ ns }) => {
  const wanted = BigInt(ns);
  return {
    run() {
      const start = process.hrtime.bigint();
      for (;;) {
        const elapsed = process.hrtime.bigint() - start;
        if (elapsed >= wanted) return elapsed;
      }
    },
    /** @param {bigint} elapsed */
    verify(elapsed) {
      if (elapsed < wanted) throw new Error(`spun for ${elapsed} ns, expected at least ${wanted} ns`);
    },
  };
};
