// clinic bubbleprof: which asynchronous operations wait for which, as bubbles.
import { z } from 'zod';
import { readBounded } from './bounded-file.js';
import { clinicEngine } from './clinic.js';

/** It records each promise, which makes them some 1000 times slower and 20 MB for each second: more would fill the memory. */
const BOUNDED_NS = 0.5e9;
const DATA = /<script type="application\/json" id="clinic-data">(.*?)<\/script>/s;

/** What its page carries, as far as it is used. */
const clinicData = z.object({
  runtime: z.number(),
  data: z.array(z.object({ nodes: z.array(z.object({ sources: z.array(z.unknown()) })) })),
});

/** Writes `clinic-bubbleprof.html`. */
export const clinicBubbleprof = clinicEngine({
  name: 'bubbleprof',
  about: 'what asynchronous JavaScript waits for, as bubbles; watches half a second',
  durationNs: BOUNDED_NS,
  read(left) {
    const text = DATA.exec(readBounded(`${left}.html`))?.[1];
    if (text === undefined)
      throw new Error('Cannot read the page of clinic bubbleprof: it carries no data; profile again');
    const { data, runtime } = clinicData.parse(JSON.parse(text));
    const operations = data.flatMap(({ nodes }) => nodes).reduce((sum, { sources }) => sum + sources.length, 0);
    return {
      finding: `It saw ${operations} asynchronous operations in ${data.length} groups within ${Math.round(runtime)} ms.`,
      blind:
        'It sees what is asynchronous alone, start-up and set-up with it; promises are slowed down far more than anything else.',
    };
  },
});
