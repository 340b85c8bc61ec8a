// The scorecard as a page: what it is, its tables, where it stops, and whose data it reads.
import { cpus, release } from 'node:os';
import { type Section, toMarkdown } from './table.js';

const HEAD = `# Detection scorecard

How often forgebench finds a change that is there, and how often it reports one that is none, beside the rules of other
tools on the same data. Verdicts and change points are made by the functions that \`compare\`, \`ab\`, \`analyze\` and
\`history\` call ([METHODOLOGY.md](../METHODOLOGY.md) says what they do). Shares stand with their standard error. Rules of other
tools are their own packages where it says so, and are otherwise written anew from what is published about them.`;

const STOPS = `## Where it stops, and what was tried

**Goals that are missed.** What the best known rules reach on these data was the goal of each table. Short of it are five launches
at +3 % (0.857 ±0.018 for 0.86); 25 launches at +2 % with 0.1 % of false calls (0.98, where benchstat's rule with a threshold of 1 % has
0.99); a step of three deviations under autocorrelation after five points (0.588 ±0.003 for 0.59); and covering of the Turing series (0.675 for more than
0.68, in-sample). The first three lie within their errors, so that no change of a rule can be told from chance there; what
was tried for them, and for the fourth, stands below. A changed machine is noticed in 56 % of comparisons of five launches. Growing series alarm in up
to 1.7 ±0.7 % where 1 % is meant. What forgebench says of its own runs, and of crates that are slowed on purpose, is in
[METHODOLOGY.md](../METHODOLOGY.md).

**Which data set constants.** The margin of verdicts was set on the Go data that are read here, so the tables of verdicts are
in-sample; the table of halves shows what becomes of it: the margin set on odd days and used on even ones, and the other
way round. Pairs across the change of state set how it is noticed. Hosted runners and own runs took no part. The
thresholds of change points were set by simulation, with other seeds; what nearly wandering noise needs on top was set on
the Turing series that are read here, so their covering is in-sample too. SAP's series set no threshold, but the alarm of a
change (five points, half of the rise remains) was written after a look at them.

**Five launches.** Over six draws from each pair of days, 0.72 of slowdowns by 2 % are found at 0.3 % of false calls, and 0.56
at 0.1 %. Without the penalty by the interval's width it was 0.69 and 0.41. Bounds by more or fewer deviations, smoothed
bounds, a penalty by the median deviation or the range of either side, and shifts of single order statistics end between
0.63 and 0.72; gradient boosting over bound and width (monotone in the bound) ends where the straight rule does when it is
used on the other half of the days. What is left is a few benchmarks that on some days are 5 % faster or slower in most of
five processes: only more launches tell, which is what settling is for.

**A changed machine.** About a tenth of the benchmarks moved by 1–3 %, half of them each way. Five launches show too few of
these to tell in every comparison. Where real changes come on top, the sign is weaker still, and a lower bar would take real
changes for the machine's. Measuring both versions in turn (\`ab\`) is what helps.

**Growing series.** Where a series is read after every point, no threshold keeps false alarms below 1 % of series and finds
a step of three deviations five points later under autocorrelation: that noise makes such steps by itself. The rule for
growing series takes the quiet side.

**Turing's series** are trends, seasons and random walks. Without the extra threshold for wandering noise covering is 0.63
there: every salary in a bank account is a step. With a little more of it (0.3 to 0.5) covering is 0.62, because the first split
of the long well log then fails and hides the others: halving finds nothing in parts of a series of which the whole shows no
step. So the constant sits in a narrow window of these ten series, and other series are what tells. Searching seeded
intervals would depend on it less, at more false alarms.`;

const LICENCES = `## Data and licences

| data | from | licence |
|---|---|---|
| Go benchmarks, the same toolchain on many days | golang/perf, cmd/benchseries | BSD-3-Clause |
| SAP HANA performance tests | SAP/performance-regression-data-set (Bach, Lv, Le) | CC BY 4.0 |
| Turing change point data set | alan-turing-institute/TCPD | MIT, and each series its own |
| constant code on hosted runners | benchmark-action/github-action-benchmark | MIT |

None of it is part of this repository; \`--data\` or \`FORGEBENCH_DATA\` names the folder that holds it.`;

/** The whole page. */
export function toPage(sections: readonly Section[]): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Linux ${release()}, Node.js ${process.versions.node}`;
  const made = `Made by \`npm run scorecard\` on ${machine}. Every seed is fixed, so it is the same on every machine.`;
  return `${[HEAD, made, ...sections.map(toMarkdown), STOPS, LICENCES].join('\n\n')}\n`;
}
