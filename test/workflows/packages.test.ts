import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, stepsOf, workflows } from './workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}
const { dependencies = {} } = JSON.parse(read('packages/deploy-jobs/package.json')) as Manifest;

/** Packages that a command loads once it is called; the program itself loads the rest. */
const LOADED: Readonly<Record<string, readonly string[]>> = {
  'plan-deployment': ['tools/workflows/deploy/plan.ts'],
  'check-role': ['tools/workflows/deploy/check-role.ts'],
  digest: ['tools/workflows/deploy/digest.ts'],
  'check-assembly': ['tools/workflows/deploy/check-assembly.ts'],
  release: ['tools/operate/release/release.ts'],
  deployed: ['tools/workflows/review/deployed.ts'],
  comment: [],
  'rehearsal-check': ['tools/operate/rehearsal/check-account.ts'],
  drift: ['tools/operate/drift/drift.ts'],
};

/** The packages that files load, and those that the files that they load do. */
function packagesOf(files: readonly string[], seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  for (const file of files.filter((one) => !seen.has(one))) {
    seen.add(file);
    for (const [, from = ''] of read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
      if (from.startsWith('node:')) continue;
      const [scope = '', name = ''] = from.split('/');
      if (!from.startsWith('.')) found.add(from.startsWith('@') ? `${scope}/${name}` : scope);
      if (!/^(?:\.|@infra\/common\/)/.test(from)) continue;
      const path = from.startsWith('.')
        ? join(dirname(file), from)
        : from.replace('@infra/common', 'packages/common/src');
      const next = [`${path}.ts`, `${path}/index.ts`].find((one) => existsSync(join(ROOT, one)));
      for (const name of packagesOf(next === undefined ? [] : [next], seen)) found.add(name);
    }
  }
  return found;
}

/** The commands of jobs that install only what deploying needs. */
const commands = workflows().flatMap(({ jobs }) =>
  Object.values(jobs)
    .filter(({ steps = [] }) => steps.some(({ run }) => run?.includes('--omit=dev')))
    .flatMap(({ steps = [] }) => steps.flatMap(({ run = '' }) => [...run.matchAll(/prooflink -- ([\w-]+)/g)]))
    .map(([, command = '']) => command),
);

test('packages/deploy-jobs has what jobs with a token load, no more and no less: nothing else is installed beside it', () => {
  expect([...new Set(commands)].sort()).toEqual(Object.keys(LOADED).sort());
  const loaded = packagesOf(['tools/prooflink.ts', 'bin/prooflink.ts', ...Object.values(LOADED).flat()]);
  // Started, not loaded: the CLI, and what reads TypeScript (tools/register.js).
  expect([...loaded, 'aws-cdk', 'sucrase'].filter((name) => !DEVELOPERS.includes(name)).sort()).toEqual(
    Object.keys(dependencies).sort(),
  );
});

test('no code of lib but the language of the terminal runs before a deployment’s review, nor beside it', () => {
  const seen = new Set<string>();
  for (const name of ['check-role', 'digest', 'check-assembly', 'deployed']) packagesOf(LOADED[name] ?? [], seen);
  packagesOf(['tools/prooflink.ts', 'packages/change-review/src/index.ts'], seen);
  expect([...seen].filter((file) => file.startsWith('lib/'))).toEqual(['lib/language.ts']);
  expect(seen).toContain('packages/change-review/src/review.ts');
});

/** Packages that the synth loads, in a job without a token. */
const DEVELOPERS = ['cdk-nag'];

test('jobs with a token install what their commands need, and nothing of the review or of developers', () => {
  const installs = workflows().flatMap((workflow) =>
    stepsOf(workflow).flatMap(({ run }) => /^npm ci (--omit=dev .*)$/.exec(run ?? '')?.[1] ?? []),
  );
  expect([...new Set(installs)]).toEqual(['--omit=dev --ignore-scripts --workspace=@infra/deploy-jobs --no-progress']);
});

test('no package runs a script when it is installed, on any version of npm', () => {
  expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
});

test('CI’s Python has known files of everything, and the moto that the local AWS is written for', () => {
  const requirements = read('.ci/requirements.txt');
  const known = /^#|^[\w.-]+==[\w.]+(?: \\\n {4}--hash=sha256:[\da-f]{64})+(?:\n +#.*)*$/;
  expect(
    requirements
      .trimEnd()
      .split(/\n(?! )/)
      .filter((one) => !known.test(one)),
  ).toEqual([]);
  const wanted = read('.ci/requirements.in').trim().split('\n');
  const [, moto] = /MOTO_REQUIREMENT = '([^']+)'/.exec(read('packages/local-aws/src/python.ts')) ?? [];
  expect(wanted).toContain(moto);
  for (const each of wanted) expect(requirements).toContain(`\n${each.replace(/\[.*\]/, '')} `);
});

test('the AWS clients share their dependencies: none has a copy of its own', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: object };
  expect(
    Object.keys(packages).filter((path) => /node_modules\/.*node_modules\/@(aws-sdk|smithy)\//.test(path)),
  ).toEqual([]);
});
