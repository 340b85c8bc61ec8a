// The pages of flame graphs in a real Chromium: drawn, searched, zoomed, turned around, from a file and without a network.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { align, differentialData } from '../../src/explain/index.js';
import { toDifferentialHtml, toFlameHtml } from '../../src/profile/index.js';
import { profileOf } from '../explain/profiles.js';
import { PROFILE } from '../profile/sample-profile.js';
import { findBrowser, type Look, type OpenedPage, openBrowser, openFile } from './browser.js';
import { ROOT } from './project.js';

const WIDE: Look = { width: 1280, height: 900, colorScheme: 'light' };
const LOOKS: [string, Look][] = [
  ['wide and light', WIDE],
  ['narrow and dark', { width: 390, height: 800, colorScheme: 'dark' }],
];

const executable = findBrowser();
const folder = mkdtempSync(join(tmpdir(), 'forgebench-pages-'));
/** Screenshots are kept where somebody wants to look at them. */
const screenshots = process.env.FORGEBENCH_SCREENSHOTS;
let browser: Browser;

beforeAll(async () => {
  if (executable !== undefined) browser = await openBrowser(executable);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

function client(page: 'flame' | 'differential') {
  const read = (ending: string) => readFileSync(join(ROOT, `dist/profile/${page}.client.${ending}`), 'utf8');
  return { script: read('js'), style: read('css') };
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function shoot({ page }: OpenedPage, name: string): Promise<void> {
  if (screenshots === undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Names of frames, from top to bottom and left to right. */
async function names(page: Page): Promise<string[]> {
  await page.waitForTimeout(50);
  const frames = await page.locator('g.frame').all();
  const placed = await Promise.all(
    frames.map(async (frame) => ({ box: await frame.boundingBox(), name: await frame.locator('div').textContent() })),
  );
  const byPlace = placed.sort((a, b) => (a.box?.y ?? 0) - (b.box?.y ?? 0) || (a.box?.x ?? 0) - (b.box?.x ?? 0));
  return byPlace.map(({ name }) => name ?? '');
}

const frame = (page: Page, name: string) => page.locator('g.frame', { hasText: name }).first();
const fill = (page: Page, name: string) =>
  frame(page, name)
    .locator('rect')
    .evaluate((rect) => rect.getAttribute('fill'));
const choose = (page: Page, label: string, option: string) =>
  page.locator('label', { hasText: label }).locator('select').selectOption(option);

describe.skipIf(executable === undefined)('the page of a flame graph', () => {
  const file = write('flame.html', toFlameHtml(PROFILE, { title: 'a/b', client: client('flame') }));

  it.each(LOOKS)('is drawn without a complaint, %s', async (what, look) => {
    const opened = await openFile(browser, file, look);
    await shoot(opened, `flame, ${what}`);
    expect(await names(opened.page)).toEqual(
      expect.arrayContaining(['node (100 samples)', 'run', 'my_addon::build', 'my_addon::helper', 'malloc']),
    );
    // Nothing sticks out to the side, where it could not be seen.
    const overflow = await opened.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(opened.troubles).toEqual([]);
  });

  it('begins with the thread that its address names', async () => {
    const [first] = PROFILE.threads;
    if (!first) throw new Error('the sample has a thread');
    const other = { ...first, name: 'größe [7] worker 1', stacks: first.stacks.slice(0, 1) };
    const two = toFlameHtml({ ...PROFILE, threads: [first, other] }, { title: 'a/b', client: client('flame') });
    const address = `${pathToFileURL(write('two.html', two)).href}#thread=${encodeURIComponent(other.name)}`;
    const { page, troubles } = await openFile(browser, write('empty.html', '<!doctype html><title>a</title>'), WIDE);
    await page.goto(address);
    expect((await names(page))[0]).toContain('größe [7] worker 1');
    expect(troubles).toEqual([]);
  });

  it('says the share of each origin, and keeps one alone coloured', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    const legend = page.locator('.legend');
    expect(await legend.textContent()).toContain('C library 70.0 %');
    await legend.locator('button', { hasText: 'C library' }).click();
    expect(await fill(page, 'my_addon::build')).toBe('var(--line)');
    expect(await fill(page, 'malloc')).toContain('--libc');
    expect(troubles).toEqual([]);
  });

  it('finds by name, zooms by a click, and is whole again after a reset', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    const width = async (name: string) => (await frame(page, name).boundingBox())?.width ?? 0;
    await page.keyboard.press('/');
    await page.keyboard.type('malloc');
    expect(await page.locator('.found').textContent()).toBe('70.0 % found');
    expect(await fill(page, 'malloc')).toBe('var(--found)');
    const before = await width('malloc');
    await frame(page, 'malloc').click();
    await expect.poll(() => width('malloc')).toBeGreaterThan(before * 1.3);
    await page.locator('button', { hasText: 'Reset' }).click();
    await expect.poll(() => width('malloc')).toBeCloseTo(before, 0);
    expect(await page.locator('.found').textContent()).toBe('');
    expect(troubles).toEqual([]);
  });

  it('is turned upside down, and around from the innermost function to its callers', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    const top = async (name: string) => (await frame(page, name).boundingBox())?.y ?? 0;
    expect(await top('run')).toBeLessThan(await top('malloc'));
    await choose(page, 'Direction', 'flame');
    expect(await top('run')).toBeGreaterThan(await top('malloc'));
    await choose(page, 'Direction', 'icicle');
    await choose(page, 'Order', 'callers');
    const [root, innermost, ...callers] = await names(page);
    expect([root, innermost]).toEqual(['node (100 samples)', 'malloc']);
    expect(callers).toContain('my_addon::build');
    expect(await top('malloc')).toBeLessThan(await top('run'));
    expect(troubles).toEqual([]);
  });

  it('is walked by arrow keys, which read the frame aloud with its tier', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    await page.locator('.area').focus();
    for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await page.locator('.spoken').textContent()).toMatch(
      /^run, \/app\/run.mjs:3, your JavaScript · optimised 55.6 % · interpreted/,
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(troubles).toEqual([]);
  });

  it('turns dark where somebody asks', async () => {
    const { page } = await openFile(browser, file, WIDE);
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.locator('button', { hasText: 'Light or dark' }).click();
    expect(await background()).not.toBe(light);
  });
});

describe.skipIf(executable === undefined)('the page of a differential flame graph', () => {
  const base = profileOf(['run;a::slow 100', 'run;a::same 100', 'run;a::gone 60', 'run;a::quick 100']);
  const head = profileOf([
    'run;a::slow 180',
    'run;a::same 103',
    'run;a::quick 40',
    'run;b::added;%memcpy 80',
    'run;b::added 90',
  ]);
  const data = differentialData(align({ base: [base], head: [head] }));
  const file = write(
    'differential.html',
    toDifferentialHtml(data, { title: 'a/b', subtitle: ['base', 'head'], client: client('differential') }),
  );

  it.each(LOOKS)('is drawn without a complaint, %s', async (what, look) => {
    const opened = await openFile(browser, file, look);
    await shoot(opened, `differential, ${what}`);
    expect(await names(opened.page)).toContain('a::slow');
    expect(opened.troubles).toEqual([]);
  });

  it('is red where head takes more, blue where it takes less, and grey where samples scatter', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    expect(await fill(page, 'a::slow')).toContain('--more');
    expect(await fill(page, 'a::quick')).toContain('--less');
    expect(await fill(page, 'a::same')).toBe('var(--even)');
    await choose(page, 'Colour', 'origin');
    expect(await fill(page, 'a::slow')).toContain('--rust');
    expect(troubles).toEqual([]);
  });

  it('shows what is in one side alone, with the callers that both have', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    await choose(page, 'Width', 'only-head');
    expect(await names(page)).toEqual(['node, only in head: new stacks', 'run', 'b::added', '%memcpy']);
    await choose(page, 'Width', 'only-base');
    expect(await names(page)).toEqual(['node, only in base: stacks that are gone', 'run', 'a::gone']);
    expect(troubles).toEqual([]);
  });

  it('lists functions by their change; a click finds one in the graph', async () => {
    const { page, troubles } = await openFile(browser, file, WIDE);
    const rows = page.locator('.changes tbody tr');
    expect(await rows.first().textContent()).toBe('b::addedRust0.0 ns90.0 µs+90.0 µs0.0 ns170.0 µs+170.0 µs');
    expect(await rows.nth(1).textContent()).toContain('a::slow');
    await rows.nth(1).locator('button').click();
    expect(await fill(page, 'a::slow')).toBe('var(--found)');
    await page.locator('.changes th button', { hasText: 'with callees, base' }).click();
    expect(await rows.first().textContent()).toMatch(/^run/);
    expect(troubles).toEqual([]);
  });
});
