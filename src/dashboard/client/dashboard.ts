// What runs in the browser: the chart of a case. Everything else is there without it.
import 'uplot/dist/uPlot.min.css';
import './dashboard.css';
import { drawTrend } from './trend.js';

const holder = document.querySelector<HTMLElement>('.trend');
const data = document.getElementById('trend-data')?.textContent;
if (holder && data) drawTrend(holder, JSON.parse(data));
