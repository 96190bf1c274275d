import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workflow';

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
const PERMISSIVE = 'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 CC0-1.0'.split(' ');

/** Tools under another licence, and why that is no harm. None is deployed. */
const REASONS: Readonly<Record<string, string>> = {
  'caniuse-lite: CC-BY-4.0':
    'A table that Jest’s Babel reads; its source must be named where it is passed on, and it is not.',
};

const isPermissive = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((each) => each.split(' AND ').every((part) => PERMISSIVE.includes(part)));

/** Packages of others under other licences, as `name: licence`. */
const others = (where: (one: Package) => boolean) =>
  Object.entries(packages)
    .filter(([path, one]) => path.includes('node_modules/') && !one.link && where(one))
    .map(([path, { license = 'none' }]) => ({ name: path.replace(/^.*node_modules\//, ''), license }))
    .filter(({ license }) => !isPermissive(license))
    .map(({ name, license }) => `${name}: ${license}`);

test('what deploying needs is under permissive licences alone', () => {
  expect(others(({ dev, devOptional }) => dev !== true && devOptional !== true)).toEqual([]);
});

test('so is what developers run, or the reason is here', () => {
  expect([...new Set(others(() => true))].sort()).toEqual(Object.keys(REASONS).sort());
});

test.each([
  ['AGPL-3.0-or-later', false],
  ['none', false],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND GPL-3.0', false],
])('%s is permissive: %s', (licence, expected) => {
  expect(isPermissive(licence)).toBe(expected);
});
