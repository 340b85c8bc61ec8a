// clinic doctor: processor, memory, delay of the event loop and handles over time, and what it makes of them.
import { z } from 'zod';
import { readBounded } from './bounded-file.js';
import { clinicEngine } from './clinic.js';

const BLIND =
  'It sees a process that does nothing but this workload over and over: a busy processor and a busy event loop are to be expected. Which function took the time, others show.';
const DATA = /<script type="application\/json" id="clinic-data">(.*?)<\/script>/s;
const INTERVAL_MS = 10;

/** What its page carries, as far as it is used. */
const clinicData = z.object({
  processStat: z.array(z.unknown()),
  analysis: z.object({ issueCategory: z.string() }),
});

/** Writes `clinic-doctor.html`. */
export const clinicDoctor = clinicEngine({
  name: 'doctor',
  about: 'processor, memory, event loop and handles of JavaScript over time, with a verdict',
  arguments: ['--sample-interval', String(INTERVAL_MS)],
  read(left) {
    const { samples, finding } = readPage(`${left}.html`);
    if (samples === 0) throw new Error('clinic doctor took no sample: the workload never let the event loop turn');
    return { samples, intervalNs: INTERVAL_MS * 1e6, finding, blind: BLIND };
  },
});

function readPage(file: string): { samples: number; finding: string } {
  const text = DATA.exec(readBounded(file))?.[1];
  if (text === undefined) throw new Error('Cannot read the page of clinic doctor: it carries no data; profile again');
  const { processStat, analysis } = clinicData.parse(JSON.parse(text));
  return { samples: processStat.length, finding: `Its category for what it saw: "${analysis.issueCategory}".` };
}
