// Series that people labelled: SAP HANA's performance tests, and the Turing change point data set.
import { covering, f1 } from './change-metrics.js';
import type { AnnotatedSeries, HostedSeries, SapSeries } from './data.js';
import { mean } from './mean.js';
import type { Found, SeriesRule } from './series-rules.js';
import { prefixes } from './simulated.js';
import type { Cell, Section } from './table.js';

/** Builds that a history has before it is looked at. */
const FIRST_READ = 10;
/** Points by which an alarm may miss the place where people saw it. */
const MISPLACED = 1;

/** SAP's series: alarms at regressions and elsewhere, read once and replayed. */
export function scoreSap(all: readonly SapSeries[], rules: readonly SeriesRule[]): Section {
  const regressions = all.filter(({ regression }) => regression !== null).length;
  return {
    title: 'Performance tests of SAP HANA',
    text: [
      `${all.length} series with human labels, ${regressions} of them regressions. A regression is found where a rule alarms within ${MISPLACED} point of the label. An alarm anywhere else is false. Several figures of one build are taken together as their median, as \`findChanges\` asks for, or read one by one. *Replayed* means read after every build. The packages take too long to be replayed.`,
    ],
    tables: [
      {
        caption: 'Alarms; the delay is in builds or points after the regression:',
        head: ['rule', 'read', 'regressions found', 'series with false alarms', 'delay'],
        rows: sapRows(all, rules),
      },
    ],
  };
}

function sapRows(all: readonly SapSeries[], rules: readonly SeriesRule[]): Cell[][] {
  const forms = [
    { name: 'by build', all: all.map(aggregate) },
    { name: 'each figure', all },
  ];
  const replayable = rules.filter(({ isSlow }) => !isSlow);
  return [
    ...forms.flatMap((form) =>
      rules.map((rule) => sapRow(rule, { ...form, name: `once, ${form.name}` }, (values) => [values])),
    ),
    ...forms.flatMap((form) =>
      replayable.map((rule) =>
        sapRow(rule, { ...form, name: `replayed, ${form.name}` }, (values) => prefixes(values, FIRST_READ)),
      ),
    ),
  ];
}

function sapRow(
  rule: SeriesRule,
  { name, all }: { name: string; all: readonly SapSeries[] },
  readings: (values: readonly number[]) => readonly (readonly number[])[],
): Cell[] {
  const found = all.map((series) => alarmsOf(series, rule, readings(series.values)));
  const regressions = all.filter(({ regression }) => regression !== null).length;
  return [
    rule.name,
    name,
    `${found.filter(({ delay }) => delay !== undefined).length} of ${regressions}`,
    `${found.filter(({ falseAlarms }) => falseAlarms > 0).length} of ${all.length}`,
    found.flatMap(({ delay }) => delay ?? []).join(', '),
  ];
}

interface Alarms {
  /** Points after the regression at the first reading that alarms for it. */
  delay?: number;
  falseAlarms: number;
}

function alarmsOf({ regression }: SapSeries, rule: SeriesRule, readings: readonly (readonly number[])[]): Alarms {
  const isRight = ({ index }: Found) => regression !== null && Math.abs(index - regression) <= MISPLACED;
  const alarms = rule.find(readings).map((found) => found.filter(({ alarm }) => alarm));
  const first = alarms.findIndex((found) => found.some(isRight));
  const falseAlarms = alarms.filter((found) => found.some((each) => !isRight(each))).length;
  if (first === -1) return { falseAlarms };
  return { falseAlarms, delay: (readings[first] as readonly number[]).length - (regression as number) };
}

/** The median of each build; the regression begins with the build of its first figure. */
function aggregate(series: SapSeries): SapSeries {
  const builds = [...new Set(series.builds)];
  const values = builds.map((build) => median(series.values.filter((_, index) => series.builds[index] === build)));
  const regression = series.regression === null ? null : builds.indexOf(series.builds[series.regression] as string);
  return { ...series, values, builds, regression };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

/** The Turing change point data set, and the rule that finds nothing. */
export function scoreTcpd(all: readonly AnnotatedSeries[], rules: readonly SeriesRule[]): Section {
  const nothing: Pick<SeriesRule, 'name' | 'find'> = {
    name: 'finds nothing (ZERO)',
    find: (series) => series.map(() => []),
  };
  const rows = [...rules, nothing].map(({ name, find }): Cell[] => {
    const scores = find(all.map(({ values }) => values)).map((found, index) => {
      const { values, annotations } = all[index] as AnnotatedSeries;
      const [marked, points] = [Object.values(annotations), found.map((each) => each.index)];
      return { f1: f1(marked, points), covering: covering(marked, points, values.length) };
    });
    return [
      name,
      mean(scores.map((score) => score.f1)).toFixed(3),
      mean(scores.map((score) => score.covering)).toFixed(3),
    ];
  });
  return {
    title: 'Turing change point data set',
    text: [
      `${all.length} series of one dimension (${all.map(({ name }) => name).join(', ')}) with five annotators each: prices, populations, sensors, not times of benchmarks. F1 with a margin of 5 points and covering are those of TCPDBench.`,
    ],
    tables: [{ caption: 'Agreement with people, averaged over series:', head: ['rule', 'F1', 'covering'], rows }],
  };
}

/** Constant code on hosted runners: how often machines alone look like a change. */
export function scoreHosted(all: readonly HostedSeries[], rules: readonly SeriesRule[]): Section {
  const points = all.reduce((sum, { values }) => sum + values.length, 0);
  const pairs = all.flatMap(({ values }) => values.slice(1).map((value, index) => value / (values[index] as number)));
  const worse = (by: number) =>
    `${((100 * pairs.filter((ratio) => ratio > 1 + by).length) / pairs.length).toFixed(1)} %`;
  const rows = rules.map(({ name, find }): Cell[] => {
    const found = find(all.map(({ values }) => values));
    const alarmed = found.filter((changes) => changes.some(({ alarm }) => alarm)).length;
    return [
      name,
      `${alarmed} of ${all.length}`,
      (100 * found.flat().length) / points,
      (100 * found.flat().filter(({ alarm }) => alarm).length) / points,
    ];
  });
  return {
    title: 'Constant code on hosted runners',
    text: [
      `${all.length} series of at least 50 points of code that does not change, measured once for each commit on GitHub's runners from 2019 to 2026. Machines changed for good in that time, so not every change is false; but none is one of the code. Of ${pairs.length} consecutive figures ${worse(0.05)} are more than 5 % higher, ${worse(0.1)} more than 10 %, ${worse(0.2)} more than 20 %: a comparison of single runs cannot work there.`,
    ],
    tables: [
      {
        caption: 'Changes and alarms, read once:',
        head: ['rule', 'series alarmed', 'changes of 100 points', 'alarms of 100 points'],
        rows,
      },
    ],
  };
}
