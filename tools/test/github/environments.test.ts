import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../../lib/config/delivery';
import { capitalize } from '../../../lib/config/names';
import { ROOT } from './workflow';

/** Files with lists of the environments: GitHub takes literal ones only. */
const FILES = [
  '.github/workflows/deploy.yml',
  '.github/workflows/diff.yml',
  '.github/workflows/drift.yml',
  '.github/workflows/release.yml',
  'docs/application-workflow/release.yml',
  'docs/delivery.md',
  'docs/delivery.ja.md',
];

/** Beginnings of the lines that each environment has, or is named in. */
const BEGINNINGS = [
  /^options: \[/,
  /^environment: \[/,
  /^stack: /,
  /^- \{ environment: /,
  /^[a-z]+(?:-digest)?: \$\{\{ steps/,
  /^[A-Z]+_DIGEST: /,
  /^(?:- )?if: env.[A-Z]+_DIGEST/,
  /^name: deployed-/,
  /^path: deployed\//,
  /^run: .* digest \.\.\/deployed\//,
  /^for e in /,
  /^gh variable set \w+ .*--env /,
];

interface Line {
  /** File and number of the line. */
  readonly place: string;
  readonly text: string;
}

/** The lines of a file, without what they are indented by. */
function linesOf(file: string): Line[] {
  const texts = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return texts.map((text, index) => ({ place: `${file}:${index + 1}`, text: text.trim() }));
}

/** The lines of prod, or with prod in a list. */
function linesOfProd(lines: readonly Line[]): Line[] {
  return lines.filter(({ text }) => /prod/i.test(text) && BEGINNINGS.some((beginning) => beginning.test(text)));
}

/** A line of prod as another environment has it. */
function renamed(text: string, name: string): string {
  return text.replaceAll('prod', name).replaceAll('Prod', capitalize(name)).replaceAll('PROD', name.toUpperCase());
}

/** Lines of prod in a file, where an environment is neither in the line nor has one of its own. */
function lackingIn(file: string, name: string): string[] {
  const lines = linesOf(file);
  const ofProd = linesOfProd(lines);
  if (ofProd.length === 0) throw new Error(`${file} has no line for prod`);
  const texts = new Set(lines.map(({ text }) => text));
  return ofProd
    .filter(({ text }) => !new RegExp(`\\b${name}\\b`).test(text) && !texts.has(renamed(text, name)))
    .map(({ place, text }) => `${place}: ${text} lacks ${name}`);
}

const deliveredNames = Object.entries(delivery.environments)
  .filter(([, isDelivered]) => isDelivered)
  .map(([name]) => name);

test.each(FILES)(
  '%s names each environment that is deployed from GitHub: one that it lacks is never deployed',
  (file) => {
    expect(deliveredNames.flatMap((name) => lackingIn(file, name))).toEqual([]);
  },
);

test('an environment that is added is reported by file and line', () => {
  const reported = FILES.flatMap((file) => lackingIn(file, 'staging'));
  expect(reported).toHaveLength(27);
  const withoutNumbers = reported.map((line) => line.replace(/:\d+: /, ': '));
  expect(withoutNumbers).toContain('docs/application-workflow/release.yml: options: [dev, prod] lacks staging');
});
