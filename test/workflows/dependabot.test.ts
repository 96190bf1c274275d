import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './workflow';

interface Update {
  readonly 'package-ecosystem': string;
  readonly directories?: readonly string[];
  readonly schedule: Readonly<Record<string, string>>;
  readonly cooldown?: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, { readonly patterns: readonly string[] }>>;
  readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types': readonly string[] }[];
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { updates } = parse(read('.github/dependabot.yml')) as { updates: Update[] };
const npm = updates.find((update) => update['package-ecosystem'] === 'npm');
/** Each package of this repository and of its workspaces, with its version. */
const packages = ['package.json', ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`)]
  .map((file) => JSON.parse(read(file)) as Partial<Record<'dependencies' | 'devDependencies', Record<string, string>>>)
  .reduce<Record<string, string>>((all, one) => ({ ...one.dependencies, ...one.devDependencies, ...all }), {});

/** The first group whose pattern fits takes a package. */
const groupOf = (name: string) =>
  Object.entries(npm?.groups ?? {}).find(([, { patterns }]) =>
    patterns.some((pattern) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)))),
  )?.[0];

it.each(updates)(
  'Dependabot looks for new versions of $package-ecosystem on Monday morning in Tokyo, a week after they came',
  (update) => {
    expect(update.schedule).toEqual({ interval: 'weekly', day: 'monday', time: '09:00', timezone: 'Asia/Tokyo' });
    expect(update.cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  },
);

it('Dependabot minds npm, CI’s Python and the actions of the workflows', () => {
  expect(updates.map((update) => [update['package-ecosystem'], ...(update.directories ?? [])])).toEqual([
    ['npm'],
    ['pip'],
    ['github-actions', '/', '/docs/application-workflow'],
  ]);
});

it('Dependabot upgrades the CDK in one pull request: its packages do not fit one another otherwise', () => {
  const cdk = Object.keys(packages).filter((name) => /^(?:aws-cdk|@aws-cdk\/|cdk-|constructs$)/.test(name));
  expect(cdk).toEqual(expect.arrayContaining(['aws-cdk', 'aws-cdk-lib', 'constructs', '@aws-cdk/cloudformation-diff']));
  expect(cdk.map((name) => [name, groupOf(name)])).toEqual(cdk.map((name) => [name, 'cdk']));
});

it.each([
  ['typescript', /^5\.9\./, ['version-update:semver-major', 'version-update:semver-minor']],
  ['typescript-native', /^npm:typescript@7\./, ['version-update:semver-major']],
  ['@types/node', /^20\./, ['version-update:semver-major']],
])('Dependabot leaves %s where the tools need it', (name, version, types) => {
  expect(packages[name]).toMatch(version);
  expect(npm?.ignore?.find((each) => each['dependency-name'] === name)?.['update-types']).toEqual(types);
});
