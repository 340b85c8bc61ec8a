// What holds for every page of the dashboard, on any screen.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Look } from './browser.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A screen of a desk. */
export const WIDE: Look = { width: 1280, height: 900, colorScheme: 'light' };

/** Screens that every page is looked at on. */
export const LOOKS: Readonly<Record<string, Look>> = {
  light: WIDE,
  dark: { ...WIDE, colorScheme: 'dark' },
  narrow: { width: 360, height: 740, colorScheme: 'light' },
};

/** Only boxes that scroll may be wider than the screen. */
export function widerThanScreen(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

/** What axe finds serious or critical, each with the elements that it is about. */
export async function barriers(page: Page): Promise<string[]> {
  // By the protocol, which the page's own policy has no say in.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Pictures for whoever wants to look: FORGEBENCH_PICTURES names the folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.FORGEBENCH_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
}
