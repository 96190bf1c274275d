import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/workflow';

/** A package of the lock file. */
interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  /** True for a folder of this repository. */
  readonly link?: boolean;
  readonly engines?: { readonly node?: string };
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Package>;
};

/** Licences that ask for nothing but their own text. */
const PERMISSIVE = new Set([
  '(MIT OR CC0-1.0)',
  '(MIT OR GPL-3.0-or-later)',
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
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

test('every package is under a permissive licence, or is a tool, with the reason here', () => {
  const others = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  const found = others.filter(([, { license = 'none' }]) => !PERMISSIVE.has(license));
  const names = found.map(
    ([path, { license, dev }]) => `${path.replace(/^.*node_modules\//, '')}: ${license}, tool: ${dev}`,
  );
  expect([...new Set(names)].sort()).toEqual(Object.keys(REASONS).sort());
});

// CONTRIBUTING.md, Versions: versions of January 2027 and later refuse Node 20.
test('the AWS SDK runs on the oldest Node of engines', () => {
  const ofSdk = Object.entries(packages).filter(([path]) => /^node_modules\/@aws-sdk\/client-/.test(path));
  expect(packages['']?.engines?.node).toBe('>=20.19');
  expect(new Set(ofSdk.map(([, client]) => client.engines?.node))).toEqual(new Set(['>=20.0.0']));
});
