import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workflow';

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  /** True if it stands for a folder of this repository's own. */
  readonly link?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Package>;
};

/** Licences that ask for nothing but their own text. */
const PERMISSIVE = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
];

/** Tools under another licence, and why that is no harm. None is deployed. */
const REASONS: Readonly<Record<string, string>> = {
  'caniuse-lite: CC-BY-4.0':
    'A table that Jest’s Babel reads; its source must be named where it is passed on, and it is not.',
};

/** Packages of others under other licences, as `name: licence`. */
function others(all: Readonly<Record<string, Package>>, where: (one: Package) => boolean): string[] {
  return Object.entries(all)
    .filter(([path, one]) => path.includes('node_modules/') && !one.link && where(one))
    .filter(
      ([, { license = 'none' }]) =>
        !license
          .replace(/[()]/g, '')
          .split(' OR ')
          .some((each) => each.split(' AND ').every((part) => PERMISSIVE.includes(part))),
    )
    .map(([path, { license = 'none' }]) => `${path.replace(/^.*node_modules\//, '')}: ${license}`);
}

const isDeployed = ({ dev, devOptional }: Package) => dev !== true && devOptional !== true;

test('what deploying needs is under permissive licences alone', () => {
  expect(others(packages, isDeployed)).toEqual([]);
});

test('so is what developers run, or the reason stands here', () => {
  expect([...new Set(others(packages, () => true))].sort()).toEqual(Object.keys(REASONS).sort());
});

test('one that asks for more is seen', () => {
  const added = {
    ...packages,
    'node_modules/a/node_modules/b': { license: 'AGPL-3.0-or-later' },
    'node_modules/c': {},
  };
  expect(others(added, isDeployed)).toEqual(['b: AGPL-3.0-or-later', 'c: none']);
  const either = {
    'node_modules/d': { license: '(MIT OR GPL-3.0)' },
    'node_modules/e': { license: 'MIT AND GPL-3.0' },
  };
  expect(others(either, isDeployed)).toEqual(['e: MIT AND GPL-3.0']);
});
