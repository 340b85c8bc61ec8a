// What runs in the browser: the charts of a case, and pages that follow what goes on. Everything else is there without it.
import 'uplot/dist/uPlot.min.css';
import './dashboard.css';
import { drawPlots } from './case-plots.js';
import { followPage } from './live.js';
import { drawTrend } from './trend.js';

const holder = document.querySelector<HTMLElement>('.trend');
const data = document.getElementById('trend-data')?.textContent;
if (holder && data) drawTrend(holder, JSON.parse(data));

const detail = document.getElementById('case-data')?.textContent;
if (detail) drawPlots(JSON.parse(detail));

const live = document.getElementById('live');
if (live) followPage(live, document.getElementById('unreachable'));
