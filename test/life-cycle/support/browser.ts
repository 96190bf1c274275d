import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { applicationListener } from './serving';
import type { Life } from './life';

const PROGRAMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = PROGRAMS.find(existsSync);

async function open({ domain, port }: { domain: string | undefined; port: string }): Promise<Browser> {
  const rules = domain ? [`--host-resolver-rules=MAP ${domain}:443 127.0.0.1:${port}`] : [];
  return await chromium.launch({ executablePath, chromiumSandbox: false, args: [...QUIET, ...rules] });
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
export function opensInBrowser(life: Life): void {
  const name = 'Chromium opens the page, uploads a file to the bucket and sees its users counted, at its address alone';
  if (!executablePath) {
    test.skip(`${name} (this machine has no Chromium)`, () => undefined);
    return;
  }
  test(name, async () => {
    const url = new URL(applicationListener(life));
    const domain = life.config.loadBalancer.domain?.domainName;
    const browser = await open({ domain, port: url.port });
    try {
      const users = 'ann@example.com,Ann\nbob@example.com,Bob\neve@example.com,Eve\n';
      expect(await choose(browser, domain ? `https://${domain}` : url.origin, users)).toBe('done: 3 users');
      url.hostname = '127.0.0.1';
      expect(await choose(browser, url.origin, users)).toBe('TypeError: Failed to fetch');
    } finally {
      await browser.close();
    }
  });
}
