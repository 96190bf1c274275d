import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { EnvironmentConfig } from '@infra/commands/app';
import { joined } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import type { ApplicationFolder } from './application-folder';
import { installCommand } from './dockerfile';
import { isNextApp, publicNames, variablesOf } from './facts';
import { words } from './words';

/** The part of the config that the workflow depends on. */
export interface Delivered {
  /** Repository of the infrastructure, as `lib/config/delivery.ts` has it. */
  readonly repository: string | undefined;
  /** Environments that GitHub deploys. */
  readonly environments: Readonly<Record<string, Pick<EnvironmentConfig, 'account' | 'region' | 'cpuArchitecture'>>>;
}

/** Steps of the example that run the tests, and the script of the one that builds. */
const TEST_STEPS = / {6}- id: node\n[^]*? npm test\n/;
const IMAGES_STEP = /(?<= id: images\n)[^]*? images\.tar\.gz\n/;

/**
 * The workflow of release.yml with the values of the config and of the application.
 *
 * @throws CannotTellError if GitHub deploys no environment, or one without an account.
 */
export function releaseWorkflow(application: ApplicationFolder, delivered: Delivered): string {
  checkDelivered(delivered);
  let text = readFileSync(join(__dirname, 'release.yml'), 'utf8');
  const lines = Object.entries({ ...linesOf(delivered), IMAGES: hasImport(application) ? 'app batch' : 'app' });
  for (const [key, value] of lines) {
    text = text.replace(new RegExp(`(?<=^ +${key}: ).*`, 'gm'), value);
  }
  return text
    .replace(TEST_STEPS, (steps) => testSteps(steps, application))
    .replace(IMAGES_STEP, () => imagesStep(application));
}

function checkDelivered({ repository, environments }: Delivered): void {
  const names = Object.keys(environments);
  const withoutAccount = names.filter((name) => environments[name]?.account === undefined);
  const problems = joined([
    repository === undefined || names.length === 0 ? words.notConnected : undefined,
    withoutAccount.length > 0 ? words.noAccount({ names: withoutAccount }) : undefined,
  ]);
  if (problems !== '') throw new CannotTellError(problems);
}

/** Values of the config for lines of the example, by their keys. */
function linesOf({ repository = '', environments }: Delivered): Record<string, string> {
  const byName = (key: 'account' | 'region'): string =>
    `'${JSON.stringify(Object.fromEntries(Object.entries(environments).map(([name, config]) => [name, config[key]])))}'`;
  // GitHub's subjects may have ids in them: owner@1234/name@5678.
  const infrastructure = repository.replace(/@\d+/g, '');
  const [owner = '', name = ''] = infrastructure.split('/');
  const isArm = Object.values(environments).some(({ cpuArchitecture }) => cpuArchitecture === 'ARM64');
  return {
    'runs-on': isArm ? 'ubuntu-24.04-arm' : 'ubuntu-24.04',
    PLATFORM: isArm ? 'linux/arm64' : 'linux/amd64',
    options: `[${Object.keys(environments).join(', ')}]`,
    ACCOUNTS: byName('account'),
    REGIONS: byName('region'),
    INFRASTRUCTURE: infrastructure,
    owner,
    repositories: name,
  };
}

/** The steps that run the application's tests before the build; none without a script for them. */
function testSteps(example: string, application: ApplicationFolder): string {
  const { root, folder, manifest, packageManager = '' } = application;
  const { test } = manifest.scripts;
  const isKnown = ['npm', 'pnpm'].includes(packageManager);
  // `npm init` writes a script that fails.
  if (!isKnown || test === undefined || test.includes('no test specified')) return '';
  const steps = example
    .replace('npm ci', installCommand(application).join(' && '))
    .replace('npm test', `${packageManager} test`);
  return root === folder ? steps : `${steps}        working-directory: ${relative(root, folder)}\n`;
}

/** Variables and script of the step that builds the images. */
function imagesStep(application: ApplicationFolder): string {
  const path = relative(application.root, application.folder);
  const build = 'docker build --platform "$PLATFORM" --provenance=false';
  const publicVariables = publicNames(variablesOf(application));
  const env = publicVariables.map((name) => `${name}: \${{ vars.${name} }}`);
  const options = publicVariables.map((name) => `--build-arg ${name}`);
  if (isNextApp(application)) {
    env.push('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ${{ secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY }}');
    options.push('--build-arg "NEXT_DEPLOYMENT_ID=$GITHUB_SHA"');
    options.push('--secret id=actions-key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY');
  }
  const script = [
    [build, ...options, `--tag prooflink-app --file ${join(path, 'Dockerfile')} .`].join(' \\\n            '),
  ];
  const images = ['prooflink-app'];
  if (hasImport(application)) {
    script.push(`${build} --tag prooflink-batch --file ${join(path, 'Dockerfile.batch')} .`);
    images.push('prooflink-batch');
  }
  script.push(`docker save ${images.join(' ')} | gzip > images.tar.gz`);
  const variables = env.length > 0 ? ['env:', ...env.map((line) => `  ${line}`)] : [];
  const lines = [...variables, 'run: |', ...script.map((line) => `  ${line}`)];
  return lines.map((line) => `        ${line}\n`).join('');
}

/** The import has an image of its own if the folder has its Dockerfile. */
export function hasImport({ folder }: ApplicationFolder): boolean {
  return existsSync(join(folder, 'Dockerfile.batch'));
}
