import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/workflow';

/** A package of the lock file. */
interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  /** True for a folder of this repository. */
  readonly link?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Package>;
};

/** Licences that ask for nothing but their own text. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Tools under another licence, and the reason why that is no harm. None is deployed. */
const REASONS: Readonly<Record<string, string>> = {
  'caniuse-lite: CC-BY-4.0, tool: true':
    'A table that Jest’s Babel reads; its source must be named where it is passed on, and it is not.',
};

/** True if one of the licences to choose from is permissive, with all its parts. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.has(part)));
}

test('every package is under a permissive licence, or is a tool, with the reason here', () => {
  const others = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  const found = others.filter(([, { license = 'none' }]) => !isPermissive(license));
  const names = found.map(
    ([path, { license, dev }]) => `${path.replace(/^.*node_modules\//, '')}: ${license}, tool: ${dev}`,
  );
  expect([...new Set(names)].sort()).toEqual(Object.keys(REASONS).sort());
});

test.each([
  { licence: '(MIT OR GPL-3.0)', permissive: true },
  { licence: 'MIT AND GPL-3.0', permissive: false },
])('$licence is permissive: $permissive', ({ licence, permissive }) => {
  expect(isPermissive(licence)).toBe(permissive);
});
