import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '@infra/testing/workflow';

/** Updates of one kind of packages, as .github/dependabot.yml has them. */
interface Update {
  readonly 'package-ecosystem': string;
  readonly directories?: readonly string[];
  readonly cooldown?: Readonly<Record<string, number>>;
}

const { updates } = parse(readFileSync(join(ROOT, '.github/dependabot.yml'), 'utf8')) as { updates: Update[] };

test.each(updates)(
  'Dependabot proposes a version of $package-ecosystem after a week: malicious releases are mostly found within days',
  ({ cooldown }) => {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  },
);

test('Dependabot upgrades the actions of the application’s example workflow, too, which teams copy', () => {
  const actions = updates.find((update) => update['package-ecosystem'] === 'github-actions');
  expect(actions?.directories).toEqual(['/', '/packages/application/src']);
});

// CONTRIBUTING.md, Versions: versions of January 2027 and later refuse Node 20.
test('the AWS SDK runs on the oldest Node of engines', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
  };
  const ofSdk = Object.entries(packages).filter(([path]) => /^node_modules\/@aws-sdk\/client-/.test(path));
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe('>=20.19');
  expect(new Set(ofSdk.map(([, client]) => client.engines?.node))).toEqual(new Set(['>=20.0.0']));
});
