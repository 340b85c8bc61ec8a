// What runs in the browser: the chart of a case, and pages that follow what goes on. Everything else is there without it.
import 'uplot/dist/uPlot.min.css';
import './dashboard.css';
import { followPage } from './live.js';
import { drawTrend } from './trend.js';

const holder = document.querySelector<HTMLElement>('.trend');
const data = document.getElementById('trend-data')?.textContent;
if (holder && data) drawTrend(holder, JSON.parse(data));

const live = document.getElementById('live');
if (live) followPage(live, document.getElementById('unreachable'));
