// The folder of a run, while it is written, after its program died, and where the disk has no room.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkRunVersion,
  createRunFolder,
  listRuns,
  RUN_VERSION,
  readRunFolder,
  StoreError,
  writeRunFile,
} from '../../src/store/index.js';
import { planFile, recordOf, TIMING } from './plan-file.js';

let runs: string;
beforeEach(() => {
  runs = join(mkdtempSync(join(tmpdir(), 'forgebench-store-')), 'runs');
});
afterEach(() => rmSync(join(runs, '..'), { recursive: true }));

const FIRST = recordOf(0, TIMING);
const SECOND = recordOf(1, 'panic');

describe('the folder of a run', () => {
  it('gives back the plan and every launch that was appended, also while the run goes on', () => {
    const folder = createRunFolder(runs, planFile('one'));
    folder.append(FIRST);
    expect(readRunFolder(folder.path).journal.records).toEqual([FIRST]);
    folder.append(SECOND);
    folder.close();
    const { file, journal } = readRunFolder(folder.path);
    // JSON has no word for undefined.
    expect(file).toEqual(JSON.parse(JSON.stringify(planFile('one'))));
    expect(journal).toEqual({ records: [FIRST, SECOND], warnings: [] });
  });

  it('has its plan before anything is measured', () => {
    const { path } = createRunFolder(runs, planFile('one'));
    expect(readRunFolder(path)).toMatchObject({ file: { id: 'one' }, journal: { records: [] } });
    expect(readdirSync(path).sort()).toEqual(['launches.jsonl', 'plan.json']);
  });

  it('is never shared by two runs of the same name', () => {
    const folder = createRunFolder(runs, planFile('one'));
    folder.append(FIRST);
    expect(() => createRunFolder(runs, planFile('one'))).toThrow(StoreError);
    expect(readRunFolder(folder.path).journal.records).toEqual([FIRST]);
  });

  it('cannot be made below a file, and says so', () => {
    mkdirSync(join(runs, '..'), { recursive: true });
    writeFileSync(runs, '');
    expect(() => createRunFolder(runs, planFile('one'))).toThrow(
      `Cannot create the run's folder "${join(runs, 'one')}": a file stands where a folder has to be; move it away`,
    );
  });
});

describe('runs', () => {
  it('are listed in the order of their start', () => {
    for (const id of ['20260102-030406-b', '20251231-235959-z', '20260102-030406-a'])
      createRunFolder(runs, planFile(id));
    expect(listRuns(runs)).toEqual(['20251231-235959-z', '20260102-030406-a', '20260102-030406-b']);
  });

  it('are none where nothing was measured yet', () => {
    expect(listRuns(runs)).toEqual([]);
  });

  it('are those with a plan: one whose program died before it had written that is none', () => {
    createRunFolder(runs, planFile('one'));
    mkdirSync(join(runs, 'two'));
    writeFileSync(join(runs, 'two', 'plan.json.123.part'), '{"versi');
    expect(listRuns(runs)).toEqual(['one']);
  });
});

describe('a run whose program died', () => {
  function journalOf(text: string) {
    const { path } = createRunFolder(runs, planFile('one'));
    writeFileSync(join(path, 'launches.jsonl'), text);
    return readRunFolder(path).journal;
  }
  const line = (record: unknown) => `${JSON.stringify(record)}\n`;

  it('loses at most the line that was being written, with a warning', () => {
    const whole = line(FIRST) + line(SECOND);
    for (const cut of [whole.length - 2, whole.length - 40, line(FIRST).length + 1]) {
      const { records, warnings } = journalOf(whole.slice(0, cut));
      expect(records).toEqual([FIRST]);
      expect(warnings).toEqual([expect.stringContaining('was cut off while it was written')]);
      rmSync(join(runs, 'one'), { recursive: true });
    }
  });

  it('may have lost power, which leaves zeros at the end', () => {
    expect(journalOf(`${line(FIRST)}${'\0'.repeat(512)}`).records).toEqual([FIRST]);
  });

  it('is refused where a line in the middle was damaged', () => {
    expect(() => journalOf(`${line(FIRST)}garbage\n${line(SECOND)}`)).toThrow(/line 2 is no launch record.*damaged/);
  });

  it('is refused where its plan is cut off', () => {
    const { path } = createRunFolder(runs, planFile('one'));
    const plan = join(path, 'plan.json');
    writeFileSync(plan, readFileSync(plan, 'utf8').slice(0, 100));
    expect(() => readRunFolder(path)).toThrow(`Cannot read "${plan}": the file is truncated or no JSON`);
  });

  it('is refused where its plan is missing', () => {
    expect(() => readRunFolder(join(runs, 'none'))).toThrow('it does not exist; check the path');
  });
});

describe('a run of another version', () => {
  it('is refused with both versions and what to do', () => {
    const { path } = createRunFolder(runs, planFile('one'));
    const plan = join(path, 'plan.json');
    writeFileSync(plan, JSON.stringify({ ...planFile('one'), version: RUN_VERSION + 1 }));
    expect(() => readRunFolder(path)).toThrow(
      `its version is ${RUN_VERSION + 1}, this forgebench reads version ${RUN_VERSION}; update forgebench`,
    );
    expect(() => checkRunVersion(0, 'run.json')).toThrow('use the forgebench that wrote it');
    expect(() => checkRunVersion(undefined, 'run.json')).toThrow('it has no version');
    expect(() => checkRunVersion(RUN_VERSION, 'run.json')).not.toThrow();
  });
});

describe('a file of a run', () => {
  it('is replaced whole', () => {
    mkdirSync(runs, { recursive: true });
    const file = join(runs, 'run.json');
    writeRunFile(file, 'old');
    writeRunFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(runs)).toEqual(['run.json']);
  });

  it('leaves nothing behind where it cannot be written', () => {
    mkdirSync(join(runs, 'run.json', 'in-the-way'), { recursive: true });
    expect(() => writeRunFile(join(runs, 'run.json'), 'new')).toThrow(StoreError);
    expect(readdirSync(runs)).toEqual(['run.json']);
    expect(() => writeRunFile(join(runs, 'none', 'run.json'), 'new')).toThrow('it does not exist; check the path');
  });
});

/** Mounting takes root; a container's root may lack the right. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'none', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!canMount())('a disk without room, where this machine lets us mount one [hardware]', () => {
  beforeEach(() => {
    mkdirSync(runs, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', runs]);
  });
  afterEach(() => execFileSync('umount', ['--lazy', runs]));

  it('keeps every launch before and takes nothing of the one that did not fit', () => {
    const folder = createRunFolder(runs, planFile('one'));
    const long = { ...TIMING, samplesNs: new Array(2000).fill(100) };
    let kept = 0;
    const fill = () => {
      for (;;) {
        folder.append(recordOf(kept, long));
        kept += 1;
      }
    };
    expect(fill).toThrow(
      'Cannot keep a launch of run "one": the disk is full; free some space; "forgebench report one" shows those before it',
    );
    expect(kept).toBeGreaterThan(2);
    const { records, warnings } = readRunFolder(folder.path).journal;
    expect(records).toHaveLength(kept);
    expect(warnings).toEqual([]);
    // Room for a short one: the journal goes on as if nothing had happened.
    folder.append(recordOf(kept, 'panic'));
    expect(readRunFolder(folder.path).journal.records).toHaveLength(kept + 1);
    folder.close();
  });

  it('leaves no folder of a run that could not begin', () => {
    expect(() => writeFileSync(join(runs, 'filler'), Buffer.alloc(100 * 1024))).toThrow('ENOSPC');
    expect(() => createRunFolder(runs, planFile('one'))).toThrow('the disk is full; free some space');
    expect(existsSync(join(runs, 'one'))).toBe(false);
  });
});
