// The dashboard while the real program measures, in a real Chromium; and what is left after either of them was killed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, openBrowser, openUrl } from './browser.js';
import { barriers, keepPicture, LOOKS, WIDE, widerThanScreen } from './page-checks.js';
import { forgebench, makeProject, start, waitFor } from './project.js';
import { type Served, serve } from './served.js';

/** More launches than a test waits for. */
const LONG = ['run', 'plain/sum', '--launches', '500', '--seed', '1'];

const browserFile = findBrowser();

describe.skipIf(browserFile === undefined)('the page of a run under way in a browser', () => {
  const project = makeProject('plain');
  const runs = join(project.folder, '.forgebench/runs');
  let browser: Browser;
  let served: Served;
  let run: ReturnType<typeof start>;
  let id: string;
  beforeAll(async () => {
    browser = await openBrowser(browserFile as string);
    served = await serve([], project.folder);
    run = start(LONG, project.folder);
    id = await waitFor(() => existsSync(runs) && readdirSync(runs)[0], 30_000);
  });
  afterAll(async () => {
    run.child.kill('SIGKILL');
    await served.end();
    await browser.close();
    project.remove();
  });

  it('follows the run without being loaded again, and says when it was killed', async () => {
    const { page, troubles } = await openUrl(browser, served.url, WIDE);
    await page.getByRole('link', { name: id }).click();
    await page.evaluate('window.isTheSame = true');
    const done = async () => Number(await page.locator('progress').getAttribute('value'));
    await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(3);
    const before = await done();
    await expect.poll(done, { timeout: 30_000 }).toBeGreaterThan(before);
    await expect.poll(() => page.locator('tbody .interval').first().textContent(), { timeout: 30_000 }).toContain('…');
    for (const [name, look] of Object.entries(LOOKS)) {
      const other = await openUrl(browser, `${served.url}live?id=${id}`, look);
      expect(await widerThanScreen(other.page)).toBe(false);
      await keepPicture(other.page, `under-way-${name}`);
      expect(await barriers(other.page)).toEqual([]);
      expect(other.troubles).toEqual([]);
      await other.page.context().close();
    }
    run.child.kill('SIGKILL');
    await page.getByText('It was killed').waitFor({ timeout: 30_000 });
    expect(await page.evaluate('window.isTheSame')).toBe(true);
    await keepPicture(page, 'killed');
    expect(await barriers(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('leaves a run that was killed to be reported, after which it is no longer under way', async () => {
    const { code } = await forgebench(['report', id], project.folder);
    expect(code).toBe(0);
    const { page } = await openUrl(browser, `${served.url}live?id=${id}`, WIDE);
    expect(await page.getByRole('status').first().textContent()).toContain('It has ended');
    await page.context().close();
  });
});
