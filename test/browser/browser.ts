import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { freePort } from '../system/market.ts';

export interface TestBrowser {
  browser: Browser;
  /** For Lighthouse, which speaks to the browser by itself. */
  debuggingPort: number;
  close: () => Promise<void>;
}

/** A Chromium that comes with npm: no apt, no download at test time. Its temporary files stay in a folder of this run's own. */
export async function startBrowser(): Promise<TestBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'cho-kinh-bac-browser-'));
  process.env.TMPDIR = folder;
  const debuggingPort = await freePort();
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Not the package's own arguments: they turn off web security and run everything in one process that dies with its first page.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--remote-debugging-port=${debuggingPort}`],
    headless: true,
  });
  return {
    browser,
    debuggingPort,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const phone = { width: 360, height: 740 };

/** A page on a phone, with everything the browser complained about: script errors, blocked inline code, failed requests. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: { javaScriptEnabled?: boolean; width?: number } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { ...phone, width: options.width ?? phone.width },
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints };
}
