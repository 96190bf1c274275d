import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { addressLines } from '@infra/local/address';
import { scratch } from './apps';
import { applicationListener } from './serving';
import type { Life } from './life';
import type { Step } from './live';

const PROGRAMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = PROGRAMS.find(existsSync);

/** Lines that `npm run deploy:local` prints for a person: the page's address, and the browser's options for it. */
function printed(life: Life): { url: string; rules: string[] } {
  const text = addressLines(life.aws, life.environment).join('\n');
  const [, rule, address] = /--host-resolver-rules='(.+)' (\S+)/.exec(text) ?? [];
  if (rule && address) return { url: address, rules: [`--host-resolver-rules=${rule}`] };
  return { url: /http:\S+/.exec(text)?.[0] ?? '', rules: [] };
}

/** Chooses a file on the page; returns what the page says in the end. */
async function choose(browser: Browser, url: string, content: string): Promise<string | null> {
  // The authority is the local AWS's own, which no browser knows.
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  await page.goto(url);
  const buffer = Buffer.from(content);
  await page.setInputFiles('#file', { name: 'users.csv', mimeType: 'text/csv', buffer });
  const progress = page.locator('#progress').filter({ hasText: /done|failed|Error/ });
  return await progress.textContent();
}

/** The page as a person uses it: its origin is what the bucket's CORS rules judge. */
export const opensInBrowser = (life: Life): Step => ({
  name: 'Chromium opens the page, uploads a file to the bucket and sees its users counted, at its address alone',
  missing: !executablePath && 'Chromium',
  calls: [
    async () => {
      const { url, rules } = printed(life);
      // At times Chromium leaves a temporary file of its own behind.
      const env = { ...process.env, TMPDIR: mkdtempSync(join(scratch, 'browser-')) };
      const args = ['--disable-gpu', '--disable-quic', '--no-proxy-server', ...rules];
      const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args, env });
      try {
        const users = 'ann@example.com,Ann\nbob@example.com,Bob\neve@example.com,Eve\n';
        expect(await choose(browser, url, users)).toBe('done: 3 users');
        const elsewhere = applicationListener(life).replace('localhost', '127.0.0.1');
        expect(await choose(browser, elsewhere, users)).toBe('TypeError: Failed to fetch');
      } finally {
        await browser.close();
      }
    },
  ],
});
