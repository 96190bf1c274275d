import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './workflow';

/** Updates of one kind of packages, as .github/dependabot.yml has them. */
interface Update {
  readonly 'package-ecosystem': string;
  readonly directories?: readonly string[];
  readonly cooldown?: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, { readonly patterns: readonly string[] }>>;
}

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const { updates } = parse(read('.github/dependabot.yml')) as { updates: Update[] };
const updateOf = (ecosystem: string) => updates.find((update) => update['package-ecosystem'] === ecosystem);

test.each(updates)(
  'Dependabot proposes a version of $package-ecosystem after a week: malicious releases are mostly found within days',
  ({ cooldown }) => {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  },
);

test('Dependabot upgrades the actions of the application’s example workflow, too, which teams copy', () => {
  expect(updateOf('github-actions')?.directories).toEqual(['/', '/docs/application-workflow']);
});

/** Names of the CDK's packages in this repository and its workspaces. */
function cdkPackages(): string[] {
  const workspaces = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`);
  const names = [...workspaces, 'package.json'].flatMap((file) => {
    const { dependencies, devDependencies } = JSON.parse(read(file)) as Manifest;
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  return names.filter((name) => /^(?:aws-cdk|@aws-cdk\/|cdk-|constructs$)/.test(name));
}

test('Dependabot upgrades the CDK’s packages in one pull request: alone, a version would not fit the others', () => {
  const patterns = updateOf('npm')?.groups['cdk']?.patterns ?? [];
  const matches = (name: string, pattern: string) => new RegExp(`^${pattern.replace('*', '.*')}$`).test(name);
  const packages = cdkPackages();
  expect(packages).toContain('aws-cdk-lib');
  expect(packages.filter((name) => !patterns.some((pattern) => matches(name, pattern)))).toEqual([]);
});
