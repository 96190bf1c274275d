import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Job, ROOT, workflows } from '@infra/commands/test/support/workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}
const { dependencies = {} } = JSON.parse(read('packages/deploy-jobs/package.json')) as Manifest;

/** Files that a command loads once it is called; the program itself loads the rest. */
const LOADED: Readonly<Record<string, readonly string[]>> = {
  release: ['packages/operate/src/release/release.ts'],
  comment: [],
  // It starts each of these commands as a process.
  rehearse: [
    'packages/rehearse/src/rehearse.ts',
    'packages/rehearse/src/rehearsal-config.ts',
    'packages/operate/src/prepare/prepare.ts',
    'packages/operate/src/settings/settings.ts',
    'packages/operate/src/release/release.ts',
    'packages/operate/src/import/import-users.ts',
    'packages/operate/src/drift/drift.ts',
    'packages/operate/src/office-hours.ts',
    'packages/operate/src/health/health.ts',
    'packages/cost/src/cost.ts',
  ],
  drift: ['packages/operate/src/drift/drift.ts'],
};

const PROGRAM = ['packages/commands/src/prooflink.ts', 'bin/prooflink.ts'];

/** Started, not loaded: the CDK CLI, and the loader of TypeScript (packages/commands/register.js). */
const STARTED = ['aws-cdk', 'sucrase'];

/** Packages that the synth loads, in a job without a token. */
const LOADED_BY_SYNTH = ['cdk-nag'];

/** Imports and exports of a file that load something; types do not. */
const LOADS = /^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm;

/** A file of this repository that a module is in, if it is in one. */
function fileOf(module: string, importer: string): string | undefined {
  if (!/^(?:\.|@infra\/common\/)/.test(module)) return undefined;
  const path = module.startsWith('.')
    ? join(dirname(importer), module)
    : module.replace('@infra/common', 'packages/common/src');
  return [`${path}.ts`, `${path}/index.ts`].find((file) => existsSync(join(ROOT, file)));
}

/** The package of a module: `@aws-sdk/client-ecs`, `aws-cdk-lib`. */
function packageOf(module: string): string {
  const parts = module.split('/');
  return parts.slice(0, module.startsWith('@') ? 2 : 1).join('/');
}

/** Files of this repository and packages that some files load, directly or through another one. */
function loadedBy(entries: readonly string[]): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, module = ''] of read(file).matchAll(LOADS)) {
      if (module.startsWith('node:')) continue;
      if (!module.startsWith('.')) packages.add(packageOf(module));
      const next = fileOf(module, file);
      if (next !== undefined) waiting.push(next);
    }
  }
  return { files, packages };
}

function installsForDeploying({ steps = [] }: Job): boolean {
  return steps.some(({ run = '' }) => run.includes('--omit=dev'));
}

/** The commands of jobs that install what deploying needs alone. */
function commandsOfDeployJobs(): string[] {
  const steps = workflows()
    .flatMap(({ jobs }) => Object.values(jobs))
    .filter(installsForDeploying)
    .flatMap((job) => job.steps ?? []);
  const commands = steps.flatMap(({ run = '' }) =>
    Array.from(run.matchAll(/prooflink -- ([\w-]+)/g), ([, command = '']) => command),
  );
  return [...new Set(commands)].sort();
}

test('the files that each command of a job with a token loads are listed here', () => {
  expect(commandsOfDeployJobs()).toEqual(Object.keys(LOADED).sort());
});

test('packages/deploy-jobs has what jobs with a token load, no more and no less: nothing else is installed beside it', () => {
  const { packages } = loadedBy([...PROGRAM, ...Object.values(LOADED).flat()]);
  const needed = [...new Set([...packages, ...STARTED])].filter((name) => !LOADED_BY_SYNTH.includes(name));
  expect(needed.sort()).toEqual(Object.keys(dependencies).sort());
});

const wanted = read('.ci/requirements.in').trim().split('\n');

test('CI has the moto for which the local AWS is written', () => {
  const [, moto] = /MOTO_REQUIREMENT = '([^']+)'/.exec(read('packages/local-aws/src/python.ts')) ?? [];
  expect(wanted).toContain(moto);
});

test.each(wanted)('.ci/requirements.txt was renewed after %s was written into requirements.in', (requirement) => {
  expect(read('.ci/requirements.txt')).toContain(`\n${requirement.replace(/\[.*\]/, '')} `);
});
