import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './workflow';

/** Updates of one kind of packages, as .github/dependabot.yml has them. */
interface Update {
  readonly 'package-ecosystem': string;
  readonly directories?: readonly string[];
  readonly schedule: Readonly<Record<string, string>>;
  readonly cooldown?: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, { readonly patterns: readonly string[] }>>;
  readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types': readonly string[] }[];
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const { updates } = parse(read('.github/dependabot.yml')) as { updates: Update[] };
const npm = updates.find((update) => update['package-ecosystem'] === 'npm');

/** Version of each package of this repository and of its workspaces, by its name. */
function readVersions(): Record<string, string> {
  const workspaces = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`);
  const versions: Record<string, string> = {};
  for (const file of [...workspaces, 'package.json']) {
    const { dependencies, devDependencies } = JSON.parse(read(file)) as Manifest;
    Object.assign(versions, dependencies, devDependencies);
  }
  return versions;
}

const versions = readVersions();

/** True if a pattern of a group, such as `@aws-cdk/*`, matches a package's name. */
function matchesPattern(name: string, pattern: string): boolean {
  return pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));
}

/** The group whose pull request upgrades a package: the first one with a pattern that matches. */
function groupOf(name: string): string | undefined {
  const groups = Object.entries(npm?.groups ?? {});
  return groups.find(([, { patterns }]) => patterns.some((pattern) => matchesPattern(name, pattern)))?.[0];
}

test.each(updates)(
  'Dependabot looks for new versions of $package-ecosystem on Monday morning in Tokyo',
  ({ schedule }) => {
    expect(schedule).toEqual({ interval: 'weekly', day: 'monday', time: '09:00', timezone: 'Asia/Tokyo' });
  },
);

test.each(updates)(
  'Dependabot proposes a version of $package-ecosystem after a week: malicious releases are mostly found within days',
  ({ cooldown }) => {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  },
);

test('Dependabot upgrades npm, CI’s Python and GitHub’s actions, and nothing else', () => {
  const ecosystems = updates.map((update) => update['package-ecosystem']);
  expect(ecosystems).toEqual(['npm', 'pip', 'github-actions']);
});

test('Dependabot upgrades the actions of the application’s example workflow, too, which teams copy', () => {
  const actions = updates.find((update) => update['package-ecosystem'] === 'github-actions');
  expect(actions?.directories).toEqual(['/', '/docs/application-workflow']);
});

const cdkPackages = Object.keys(versions).filter((name) => /^(?:aws-cdk|@aws-cdk\/|cdk-|constructs$)/.test(name));

test('the list of the CDK’s packages, of which each is tested below, is not empty', () => {
  expect(cdkPackages).toEqual(
    expect.arrayContaining(['aws-cdk', 'aws-cdk-lib', 'constructs', '@aws-cdk/cloudformation-diff']),
  );
});

test.each(cdkPackages)(
  'Dependabot upgrades %s in one pull request with the rest of the CDK: alone, its version would not fit the others',
  (name) => {
    expect(groupOf(name)).toBe('cdk');
  },
);

/** Packages that Dependabot may not upgrade to every version, with the version range of today. */
const HELD_BACK = [
  {
    name: 'typescript',
    version: /^5\.9\./,
    ignored: ['version-update:semver-major', 'version-update:semver-minor'],
    reason: 'typescript-eslint and ts-node need its API',
  },
  {
    name: 'typescript-native',
    version: /^npm:typescript@7\./,
    ignored: ['version-update:semver-major'],
    reason: 'the type check is written for it',
  },
  {
    name: '@types/node',
    version: /^20\./,
    ignored: ['version-update:semver-major'],
    reason: 'newer types know functions that the oldest Node lacks',
  },
];

test.each(HELD_BACK)('Dependabot leaves $name within its version range: $reason', ({ name, version, ignored }) => {
  expect(versions[name]).toMatch(version);
  const ignore = npm?.ignore?.find((entry) => entry['dependency-name'] === name);
  expect(ignore?.['update-types']).toEqual(ignored);
});
