import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, parseDocument } from 'yaml';
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

/**
 * The workflow of release.yml with the values of the config and of the application.
 *
 * @throws CannotTellError if GitHub deploys no environment, or one without an account.
 */
export function releaseWorkflow(application: ApplicationFolder, delivered: Delivered): string {
  checkDelivered(delivered);
  const workflow = parseDocument(readFileSync(join(__dirname, 'release.yml'), 'utf8'));
  setInfrastructure(workflow, delivered);
  workflow.setIn(['jobs', 'release', 'env', 'IMAGES'], hasImport(application) ? 'app batch' : 'app');
  setTests(workflow, application);
  setBuild(workflow, application);
  return workflow.toString({ lineWidth: 0, flowCollectionPadding: false });
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

function setInfrastructure(workflow: Document, { repository = '', environments }: Delivered): void {
  const names = Object.keys(environments);
  const valueOf = (value: (name: string) => string | undefined): string =>
    JSON.stringify(Object.fromEntries(names.map((name) => [name, value(name)])));
  // GitHub's subjects may have ids in them: owner@1234/name@5678.
  const [owner, name] = repository.replace(/@\d+/g, '').split('/');
  const isArm = Object.values(environments).some(({ cpuArchitecture }) => cpuArchitecture === 'ARM64');

  workflow.setIn(['on', 'workflow_dispatch', 'inputs', 'environment', 'options'], names);
  workflow.setIn(['jobs', 'build', 'runs-on'], isArm ? 'ubuntu-24.04-arm' : 'ubuntu-24.04');
  workflow.setIn(['jobs', 'build', 'env', 'PLATFORM'], isArm ? 'linux/arm64' : 'linux/amd64');
  const env = ['jobs', 'release', 'env'];
  workflow.setIn(
    [...env, 'ACCOUNTS'],
    valueOf((each) => environments[each]?.account),
  );
  workflow.setIn(
    [...env, 'REGIONS'],
    valueOf((each) => environments[each]?.region),
  );
  workflow.setIn([...env, 'INFRASTRUCTURE'], `${owner}/${name}`);
  workflow.setIn([...stepPath(workflow, 'release', 'app'), 'with', 'owner'], owner);
  workflow.setIn([...stepPath(workflow, 'release', 'app'), 'with', 'repositories'], name);
}

/** Tests run before the build if the application has a script for them. */
function setTests(workflow: Document, application: ApplicationFolder): void {
  const { root, folder, packageManager } = application;
  if (!hasTests(application)) {
    for (const id of ['node', 'install', 'test']) workflow.deleteIn(stepPath(workflow, 'build', id));
    return;
  }
  workflow.setIn([...stepPath(workflow, 'build', 'install'), 'run'], installCommand(application).join('\n'));
  workflow.setIn([...stepPath(workflow, 'build', 'test'), 'run'], `${packageManager} test`);
  if (root !== folder) {
    workflow.setIn([...stepPath(workflow, 'build', 'test'), 'working-directory'], relative(root, folder));
  }
}

function hasTests({ manifest, packageManager }: ApplicationFolder): boolean {
  const { test } = manifest.scripts;
  const isKnown = packageManager === 'npm' || packageManager === 'pnpm';
  // `npm init` writes a script that fails.
  return isKnown && test !== undefined && !test.includes('no test specified');
}

function setBuild(workflow: Document, application: ApplicationFolder): void {
  const publicVariables = publicNames(variablesOf(application));
  const env = Object.fromEntries(publicVariables.map((name) => [name, `\${{ vars.${name} }}`]));
  if (isNextApp(application)) {
    env['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'] = '${{ secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY }}';
  }
  const step = stepPath(workflow, 'build', 'images');
  workflow.setIn([...step, 'env'], env);
  workflow.setIn([...step, 'run'], buildImages(application, publicVariables));
}

/** Script that builds the images. With its provenance, one would be an index of images, which ECR does not scan. */
function buildImages(application: ApplicationFolder, publicVariables: readonly string[]): string {
  const path = relative(application.root, application.folder);
  const build = 'docker build --platform "$PLATFORM" --provenance=false';
  const options = publicVariables.map((name) => `--build-arg ${name}`);
  if (isNextApp(application)) {
    options.push('--build-arg "NEXT_DEPLOYMENT_ID=$GITHUB_SHA"');
    options.push('--secret id=actions-key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY');
  }
  const lines = [[build, ...options, `--tag prooflink-app --file ${join(path, 'Dockerfile')} .`].join(' \\\n  ')];
  if (hasImport(application)) {
    lines.push(`${build} --tag prooflink-batch --file ${join(path, 'Dockerfile.batch')} .`);
    lines.push('docker save prooflink-app prooflink-batch | gzip > images.tar.gz');
  } else {
    lines.push('docker save prooflink-app | gzip > images.tar.gz');
  }
  return `${lines.join('\n')}\n`;
}

/** The import has an image of its own if the folder has its Dockerfile. */
export function hasImport({ folder }: ApplicationFolder): boolean {
  return existsSync(join(folder, 'Dockerfile.batch'));
}

/** Path of a step in a workflow, which its id names. */
function stepPath(workflow: Document, job: string, id: string): (string | number)[] {
  const { jobs } = workflow.toJS() as Jobs;
  const index = jobs[job]?.steps.findIndex((step) => step.id === id) ?? -1;
  if (index === -1) throw new Error(`release.yml: ${job} has no step ${id}`);
  return ['jobs', job, 'steps', index];
}

interface Jobs {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly id?: string }[] }>>;
}
