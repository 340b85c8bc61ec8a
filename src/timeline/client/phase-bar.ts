// What the launch was doing, as a bar over all tracks, with the user's own measures and marks below it.
import { element } from '../../page/client/index.js';
import { formatNs } from '../../units/index.js';
import type { LaunchTimeline, Phase } from '../launch-timeline.js';

/** Names of the user's that are drawn; a body that measures each iteration has thousands. */
const ROWS = 6;

/** A row for the launch, and one for each name that the user has measured or marked; it shows a part of them, in [0, 1]. */
export function phaseBar(timeline: LaunchTimeline): { element: HTMLElement; show(from: number, to: number): void } {
  const { phases, marks, durationNs } = timeline;
  const bar = element('div', { class: 'phases' });
  const show = (from: number, to: number) => {
    bar.style.setProperty('--from', String(from));
    bar.style.setProperty('--scale', String(1 / (to - from)));
  };
  show(0, 1);
  const row = (name: string, spans: readonly Phase[]) =>
    bar.append(
      element('div', { class: 'phase-name', title: name }, name),
      element('div', { class: 'phase-row' }, ...spans.map((span) => phaseBox(span, durationNs))),
    );
  row(
    'launch',
    phases.filter(({ own }) => !own),
  );
  const own = new Map<string, Phase[]>();
  const points = marks.map(({ name, atNs }) => ({ name, startNs: atNs, endNs: atNs, own: true }));
  for (const each of [...phases.filter((phase) => phase.own), ...points])
    own.set(each.name, [...(own.get(each.name) ?? []), each]);
  for (const [name, spans] of [...own].slice(0, ROWS)) row(name, spans);
  const left = own.size - ROWS;
  if (left > 0) bar.append(element('div', {}), element('p', { class: 'hint' }, `and ${left} more names`));
  if (timeline.marksDropped > 0)
    bar.append(element('div', {}), element('p', { class: 'hint' }, `${timeline.marksDropped} marks were left out`));
  return { element: bar, show };
}

function phaseBox({ name, startNs, endNs, own }: Phase, durationNs: number): HTMLElement {
  const length = formatNs(endNs - startNs);
  const box = element('div', { class: own ? 'phase own' : `phase ${name}`, title: `${name}: ${length}` });
  box.style.left = `calc((${startNs / durationNs} - var(--from)) * var(--scale) * 100%)`;
  box.style.width = `max(1px, calc(${(endNs - startNs) / durationNs} * var(--scale) * 100%))`;
  if (!own) box.append(`${name} · ${length}`);
  return box;
}
