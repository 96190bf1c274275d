import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workflow';

/** A package of the lock file. */
interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
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
  'caniuse-lite: CC-BY-4.0':
    'A table that Jest’s Babel reads; its source must be named where it is passed on, and it is not.',
};

/** True if one of the licences to choose from is permissive, with all its parts. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.has(part)));
}

/** Packages of others under licences that are not permissive, as `name: licence`. */
function notPermissive(isWanted: (installed: Package) => boolean): string[] {
  return Object.entries(packages)
    .filter(([path, installed]) => path.includes('node_modules/') && !installed.link && isWanted(installed))
    .map(([path, { license = 'none' }]) => ({ name: path.replace(/^.*node_modules\//, ''), license }))
    .filter(({ license }) => !isPermissive(license))
    .map(({ name, license }) => `${name}: ${license}`);
}

test('a package that deploying needs is under a permissive licence', () => {
  const isDeployed = ({ dev, devOptional }: Package) => dev !== true && devOptional !== true;
  expect(notPermissive(isDeployed)).toEqual([]);
});

test('so is a package that developers run, or the reason is here', () => {
  const found = new Set(notPermissive(() => true));
  expect([...found].sort()).toEqual(Object.keys(REASONS).sort());
});

test.each([
  { licence: 'AGPL-3.0-or-later', permissive: false },
  { licence: 'none', permissive: false },
  { licence: '(MIT OR GPL-3.0)', permissive: true },
  { licence: 'MIT AND GPL-3.0', permissive: false },
])('$licence is permissive: $permissive', ({ licence, permissive }) => {
  expect(isPermissive(licence)).toBe(permissive);
});
