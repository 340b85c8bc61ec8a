// The page of a time line: tracks one below the other, on one axis of time.
import 'uplot/dist/uPlot.min.css';
import './timeline.css';
import { element } from '../../page/client/index.js';
import { type LaunchTimeline, TIMELINE_ELEMENT } from '../launch-timeline.js';
import { phaseBar } from './phase-bar.js';
import { drawTracks } from './track.js';
import { collectionTrack, cpuTrack, eventLoopTrack, heapTrack, ioTrack, residentTrack } from './tracks.js';

function draw(page: HTMLElement, timeline: LaunchTimeline): void {
  const tracks = [cpuTrack, collectionTrack, heapTrack, eventLoopTrack, residentTrack, ioTrack].map((make) =>
    make(timeline),
  );
  const hint = element('p', { class: 'hint' }, 'Drag over a track to look closer; double-click to see all again.');
  const holder = element('div', { class: 'tracks' });
  const phases = phaseBar(timeline);
  page.append(phases.element, hint, holder);
  drawTracks(holder, tracks, { durationNs: timeline.durationNs, onRange: phases.show });
}

const page = document.getElementById('timeline');
const data = document.getElementById(TIMELINE_ELEMENT)?.textContent;
if (page && data) draw(page, JSON.parse(data) as LaunchTimeline);
