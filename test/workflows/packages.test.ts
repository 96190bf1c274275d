import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, stepsOf, workflows } from './workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };

/** What a command loads once it is called; the program itself loads the rest. */
const LOADED: Readonly<Record<string, readonly string[]>> = {
  newest: ['tools/deploy/newest.ts'],
  digest: ['tools/deploy/digest.ts'],
  'placeholder-check': ['tools/deploy/placeholder-check.ts'],
  'image-check': ['tools/deploy/image-check.ts'],
  'release-check': ['tools/deploy/release-check.ts'],
  'deploy-report': [],
  settings: ['tools/settings/run.ts'],
  deployed: ['tools/diff-review/deployed.ts'],
  comment: [],
  drift: ['tools/drift/run.ts', 'tools/drift/sources.ts'],
};

/** The packages that files load, and those that the files that they load do. */
function packagesOf(files: readonly string[], seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  for (const file of files.filter((one) => !seen.has(one))) {
    seen.add(file);
    for (const [, from = ''] of read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
      if (!from.startsWith('.')) {
        if (!from.startsWith('node:'))
          found.add(
            from
              .split('/')
              .slice(0, from.startsWith('@') ? 2 : 1)
              .join('/'),
          );
        continue;
      }
      const path = join(dirname(file), from);
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

test('`dependencies` are what jobs with a token load, no more and no less: nothing else is installed beside it', () => {
  expect([...new Set(commands)].sort()).toEqual(Object.keys(LOADED).sort());
  const loaded = packagesOf(['tools/prooflink.ts', 'bin/prooflink.ts', ...Object.values(LOADED).flat()]);
  // Started, not loaded: the CLI, and what reads TypeScript (bin/register.js).
  expect([...loaded, 'aws-cdk', 'sucrase'].filter((name) => !DEVELOPERS.includes(name)).sort()).toEqual(
    Object.keys(dependencies).sort(),
  );
});

/** What the app loads where it is synthesized, which is in a job without a token. */
const DEVELOPERS = ['cdk-nag'];

test('no package runs a script when it is installed, on any version of npm', () => {
  expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
});

test('CI’s Python has exact versions of everything, and the moto that the local AWS is written for', () => {
  const lines = read('.ci/requirements.txt').split('\n');
  const pins = lines.filter((line) => /^\w/.test(line));
  expect(pins.filter((line) => !/^[\w.-]+==[\w.]+(?: \\)?$/.test(line))).toEqual([]);
  const wanted = read('.ci/requirements.in').trim().split('\n');
  const [, moto] = /MOTO_REQUIREMENT = '([^']+)'/.exec(read('tools/local-aws/python.ts')) ?? [];
  expect(wanted).toContain(moto);
  for (const each of wanted) expect(pins.join('\n')).toContain(each.replace(/\[.*\]/, ''));
  const installs = workflows().flatMap((workflow) => stepsOf(workflow).filter(({ run }) => run?.includes('pip ')));
  expect(installs.map(({ run }) => run)).toEqual(['pip install --no-deps --requirement .ci/requirements.txt']);
});
