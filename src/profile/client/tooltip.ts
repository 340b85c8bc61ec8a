// The box beside a frame.
import type { HierarchyNode, Tooltip } from 'd3-flame-graph';
import { element } from '../../page/client/index.js';
import type { Drawn } from './tree.js';

const GAP = 14;

/** The box beside the pointer that describes a frame. */
export interface FrameTooltip extends Tooltip<Drawn> {
  /** Shows it below an element, for the keyboard. */
  showAt(place: DOMRect, node: HierarchyNode<Drawn>): void;
}

/** A tooltip with the name of a frame and the lines that `describe` gives. */
export function frameTooltip(describe: (node: Drawn) => string[]): FrameTooltip {
  const box = element('div', { class: 'tooltip', role: 'status' });
  box.hidden = true;
  document.body.append(box);
  const showNear = (x: number, y: number, { data }: HierarchyNode<Drawn>) => {
    box.replaceChildren(element('strong', {}, data.fn.name), ...describe(data).map((line) => element('div', {}, line)));
    box.hidden = false;
    box.style.left = `${Math.max(GAP, Math.min(x, innerWidth - box.offsetWidth - GAP))}px`;
    box.style.top = `${y + GAP + box.offsetHeight > innerHeight ? Math.max(0, y - GAP - box.offsetHeight) : y + GAP}px`;
  };
  const tooltip = () => {};
  tooltip.show = (event: MouseEvent, node: HierarchyNode<Drawn>) => showNear(event.clientX + GAP, event.clientY, node);
  tooltip.showAt = (place: DOMRect, node: HierarchyNode<Drawn>) => showNear(place.left, place.bottom, node);
  tooltip.hide = () => {
    box.hidden = true;
  };
  return tooltip;
}
