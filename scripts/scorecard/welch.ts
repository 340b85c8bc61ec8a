// Welch's t-test, with which rules are compared.
import { mean } from './mean.js';

/**
 * The two-sided p-value of Welch's test on the means of two samples of at least two values.
 *
 * Source: Welch, Biometrika 34 (1947); the distribution by a continued fraction of the incomplete beta function (Lentz).
 *
 * @example
 * welch([2, 1, 3, 4], [6, 5, 7, 9]); // 0.00851…
 */
export function welch(first: readonly number[], second: readonly number[]): number {
  const [one, other] = [moments(first), moments(second)];
  const squares = one.varianceOfMean + other.varianceOfMean;
  if (squares === 0) return one.mean === other.mean ? 1 : 0;
  const degrees =
    squares ** 2 / (one.varianceOfMean ** 2 / (first.length - 1) + other.varianceOfMean ** 2 / (second.length - 1));
  const t = (one.mean - other.mean) / Math.sqrt(squares);
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The mean, and the variance of it. */
export function moments(values: readonly number[]): { mean: number; varianceOfMean: number } {
  const average = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return { mean: average, varianceOfMean: squares / (values.length - 1) / values.length };
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction;
}

/** Stirling's series after moving the argument beyond 8. */
function logGamma(z: number): number {
  let [argument, shift] = [z, 0];
  for (; argument < 8; argument++) shift += Math.log(argument);
  const square = 1 / (argument * argument);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / argument;
  return (argument - 0.5) * Math.log(argument) - argument + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
