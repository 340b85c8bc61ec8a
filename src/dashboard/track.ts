// A line of values, one after another, as an image that needs no program.
import { html } from 'hono/html';
import { counted } from '../units/index.js';
import type { Html } from './markup.js';

const WIDTH = 600;
const HEIGHT = 60;

/** What the line is called, and how its values are written. */
export interface TrackOptions {
  label: string;
  format(value: number): string;
}

/** The line from zero to the highest value; it is broken where a value is missing. */
export function track(values: readonly (number | null)[], { label, format }: TrackOptions): Html {
  const known = values.filter((value) => value !== null);
  const highest = Math.max(0, ...known);
  const last = known.at(-1);
  const text = last === undefined ? 'no value' : `${format(last)} last, ${format(highest)} at most`;
  const name = `${label}: ${text}, ${counted(known.length, 'value')}`;
  const lines = stretches(values).map((points) =>
    points
      .map(({ at, value }) => {
        const x = values.length > 1 ? (at / (values.length - 1)) * WIDTH : 0;
        return `${x.toFixed(1)},${(HEIGHT - 1 - (highest > 0 ? value / highest : 0) * (HEIGHT - 3)).toFixed(1)}`;
      })
      .join(' '),
  );
  return html`<figure class="card strip"><figcaption>${label} <span class="quiet">${text}</span></figcaption>
<svg class="track" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${name}">${lines.map(
    (points) => html`<g><polyline points="${points}" /></g>`,
  )}</svg></figure>`;
}

/** Values that follow one another without a gap; one alone is drawn as a dot, by a line to itself. */
function stretches(values: readonly (number | null)[]): { at: number; value: number }[][] {
  const found: { at: number; value: number }[][] = [];
  for (const [at, value] of values.entries()) {
    if (value === null) continue;
    const current = found.at(-1);
    if (current?.at(-1)?.at === at - 1) current.push({ at, value });
    else found.push([{ at, value }]);
  }
  return found.map((points) => (points.length === 1 ? [...points, ...points] : points));
}
