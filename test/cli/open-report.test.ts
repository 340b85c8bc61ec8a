// A report opens where a person sits at a desktop, and nowhere else.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openReport } from '../../src/cli/open-report.js';
import { waitFor } from '../e2e/project.js';

let folder: string;
const opened = (): string => join(folder, 'opened');
const terminal = process.stdout.isTTY;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-open-'));
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > ${opened()}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  vi.stubEnv('CI', '');
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  process.stdout.isTTY = true;
});

afterEach(() => {
  process.stdout.isTTY = terminal;
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function expectNothing(): Promise<void> {
  openReport('/r.html');
  await setTimeout(300);
  expect(existsSync(opened())).toBe(false);
}

describe('a report', () => {
  it('is opened by the desktop at a terminal', async () => {
    openReport('/r.html');
    await waitFor(() => existsSync(opened()) && readFileSync(opened(), 'utf8') !== '');
    expect(readFileSync(opened(), 'utf8')).toBe('/r.html\n');
  });

  it('is not opened where the output goes to a file or a program', async () => {
    process.stdout.isTTY = false;
    await expectNothing();
  });

  it('is not opened in continuous integration', async () => {
    vi.stubEnv('CI', 'true');
    await expectNothing();
  });

  it('is not opened where there is no desktop', async () => {
    vi.stubEnv('DISPLAY', '');
    await expectNothing();
  });

  it('may lack the program that opens it', async () => {
    vi.stubEnv('PATH', join(folder, 'empty'));
    await expectNothing();
  });
});
