// A real Chromium, without a network, and what its console says.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of a browser; undefined where this machine has none, which is a failure where CI asks for all tools. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined && process.env.CI === 'true') throw new Error('Cannot find Chromium: install it');
  return found;
}

/** Starts the browser. */
export function openBrowser(executablePath: string): Promise<Browser> {
  // Tests may run as root, where its sandbox does not.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page that was opened, and everything that went wrong on it. */
export interface OpenedPage {
  page: Page;
  troubles: string[];
}

/** How the page is looked at. */
export interface Look {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

/** Opens a file of this machine; a request for anything else is a trouble. */
export function openFile(browser: Browser, file: string, look: Look): Promise<OpenedPage> {
  return openAt(browser, { address: `file://${file}`, own: 'file:', offline: true }, look);
}

/** Opens a page of a server; a request to any other one is a trouble. */
export function openUrl(browser: Browser, address: string, look: Look): Promise<OpenedPage> {
  return openAt(browser, { address, own: `${new URL(address).origin}/`, offline: false }, look);
}

interface Address {
  address: string;
  /** What addresses of requests have to begin with. */
  own: string;
  offline: boolean;
}

async function openAt(browser: Browser, { address, own, offline }: Address, look: Look): Promise<OpenedPage> {
  const { width, height, colorScheme } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    offline,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:'))
      troubles.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  return { page, troubles };
}
