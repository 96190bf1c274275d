import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../lib/config/delivery';
import { capitalize } from '../../lib/config/names';
import { ROOT } from './workflow';

const FILES = [
  ...['deploy', 'diff', 'drift'].map((name) => `.github/workflows/${name}.yml`),
  ...['docs/application-workflow/release.yml', 'docs/delivery.md', 'docs/delivery.ja.md'],
];
/** Beginnings of the lines for each environment that is deployed from GitHub, which takes literal lists only. */
const BEGINNINGS = [
  ...[
    'options: \\[',
    'environment: \\[',
    'stack: ',
    '- \\{ environment: ',
    '[a-z]+(?:-digest)?: \\$\\{\\{ steps',
    '[A-Z]+_DIGEST: ',
  ],
  ...['(?:- )?if: env.[A-Z]+_DIGEST', 'name: deployed-', 'path: deployed/', 'run: .* digest \\.\\./deployed/'],
  ...['for e in ', 'gh variable set \\w+ .*--env '],
];
const LINE = new RegExp(`^ *(?:${BEGINNINGS.join('|')})`);

/** Lines that name prod, where this environment is neither in the line nor has one of its own: by file and line. */
function lacking(name: string): string[] {
  const named = (text: string) =>
    text.replaceAll('prod', name).replaceAll('Prod', capitalize(name)).replaceAll('PROD', name.toUpperCase());
  return FILES.flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    const ofProd = lines
      .map((text, index) => ({ text, at: `${file}:${index + 1}` }))
      .filter(({ text }) => LINE.test(text) && /prod/i.test(text));
    if (ofProd.length === 0) throw new Error(`${file} has no line for prod`);
    return ofProd
      .filter(({ text }) => !new RegExp(`\\b${name}\\b`).test(text) && !lines.includes(named(text)))
      .map(({ text, at }) => `${at}: ${text.trim()} lacks ${name}`);
  });
}

test('each environment that is deployed from GitHub is named in its lists', () => {
  const delivered = Object.entries(delivery.environments).filter(([, isDelivered]) => isDelivered);
  expect(delivered.flatMap(([name]) => lacking(name))).toEqual([]);
});

test('one that is added is reported by file and line', () => {
  const reported = lacking('staging');
  expect(reported).toHaveLength(24);
  expect(reported).toContainEqual(
    expect.stringMatching(/^docs\/application-workflow\/release\.yml:\d+: options: \[dev, prod\] lacks staging$/),
  );
});
