// The dashboard of the real program in a real Chromium: what it shows, on any screen, without a mouse.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FilledStore, fillStore, HOSTILE_CASE, runId } from '../dashboard/filled-store.js';
import { findBrowser, openBrowser, openUrl } from './browser.js';
import { barriers, keepPicture, LOOKS, WIDE, widerThanScreen } from './page-checks.js';
import { makeProject, start, waitFor } from './project.js';

const PATHS: Readonly<Record<string, string>> = {
  overview: '',
  runs: 'runs',
  run: `run?id=${runId(39)}`,
  suite: 'suite?name=demo',
  case: `case?${new URLSearchParams({ id: 'demo/slower[n=1]' })}`,
  'hostile case': `case?${new URLSearchParams({ id: HOSTILE_CASE })}`,
  compare: `compare?base=${runId(20)}&head=${runId(36)}`,
  machines: 'machines',
  live: 'live',
};

const browserFile = findBrowser();

describe.skipIf(browserFile === undefined)('the dashboard in a browser', () => {
  const project = makeProject();
  let filled: FilledStore;
  let browser: Browser;
  let url: string;
  let served: ReturnType<typeof start>;
  beforeAll(async () => {
    filled = await fillStore();
    browser = await openBrowser(browserFile as string);
    served = start(['serve', '--port', '0', '--store', filled.file], project.folder);
    let printed = '';
    served.child.stdout?.on('data', (text: string) => {
      printed += text;
    });
    url = await waitFor(() => /http:\S+/.exec(printed)?.[0], 30_000);
  });
  afterAll(async () => {
    served.child.kill('SIGTERM');
    expect((await served.finished).code).toBe(0);
    await browser.close();
    await filled.remove();
    project.remove();
  });

  for (const [name, path] of Object.entries(PATHS))
    for (const [lookName, look] of Object.entries(LOOKS))
      it(`shows the page "${name}" (${lookName}) without errors, barriers, or a page wider than the screen`, async () => {
        const { page, troubles } = await openUrl(browser, url + path, look);
        expect(await widerThanScreen(page)).toBe(false);
        expect(await page.evaluate('window.hacked')).toBeUndefined();
        await keepPicture(page, `${name}-${lookName}`);
        expect(await barriers(page)).toEqual([]);
        expect(troubles).toEqual([]);
        await page.context().close();
      });

  it('draws flame graphs of what runs have profiled, and of their difference', async () => {
    const { page, troubles } = await openUrl(browser, `${url}compare?base=${runId(20)}&head=${runId(36)}`, WIDE);
    await page.getByRole('link', { name: 'flame graph of the difference in demo/slower[n=1]' }).click();
    await page.getByText('grown').first().waitFor();
    await keepPicture(page, 'difference');
    await page.goto(`${url}run?id=${runId(36)}`);
    await page.getByRole('link', { name: /^flame graph of demo\/slower/ }).click();
    await page.getByText('grown').first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('draws the trend, and opens the run under the pointer', async () => {
    const { page, troubles } = await openUrl(browser, url + PATHS.case, WIDE);
    const over = page.locator('.trend .u-over');
    await over.hover({ position: { x: 4, y: 100 } });
    expect(await page.locator('.trend .u-legend').textContent()).toContain('2026-01-01 · c0ffee0');
    await over.click({ position: { x: 4, y: 100 } });
    await page.waitForURL(`**/run?id=${runId(0)}`);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('draws distribution, growth and memory of a case as they come into sight, by the plots of the report', async () => {
    const { page, troubles } = await openUrl(browser, url + PATHS.case, WIDE);
    for (const name of ['distribution', 'scaling', 'live']) {
      await page.locator(`[data-plot="${name}"] .plot`).scrollIntoViewIfNeeded();
      await page.locator(`[data-plot="${name}"] canvas`).waitFor();
    }
    expect(await page.locator('.exponents').textContent()).toBe('n: n^1.00 [1.00, 1.00]');
    await keepPicture(page, 'case-plots');
    expect(await barriers(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('is used by keyboard alone: the first stop skips to the page, and a form compares two runs', async () => {
    const { page } = await openUrl(browser, `${url}compare`, WIDE);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(runId(20));
    await page.keyboard.press('Tab');
    await page.keyboard.type(runId(36));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/compare?base=run-020&head=run-036');
    expect(await page.locator('.tile.bad').textContent()).toContain('1');
    await page.context().close();
  });

  it('leads from the overview to the commit that made a case slower', async () => {
    const { page } = await openUrl(browser, url, WIDE);
    await expect
      .poll(async () => {
        await page.reload();
        return page.locator('section:has(#changes) tbody tr').first().textContent();
      })
      .toContain('regression');
    await page.locator('section:has(#changes) tbody a').first().click();
    await page.getByRole('link', { name: /^compare run-025 with run-024/ }).click();
    expect(await page.locator('h1').textContent()).toBe('run-025 against run-024');
    await page.context().close();
  });
});
