import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CopyOfApp } from '@infra/commands/test/support/copy-of-app';
import { ROOT } from '@infra/commands/test/support/prooflink';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;

/** The step of the lint that reads what commands and the app load. */
const [step = ''] = /knip --production[^)&]*/.exec(manifest.scripts['lint'] ?? '') ?? [];

describe('no command depends on a dev dependency: `npm ci --omit=dev` is enough to operate the environments', () => {
  const app = new CopyOfApp();
  beforeAll(() => {
    app.addEverything();
  });
  afterAll(() => {
    app.remove();
  });

  /** Runs the step with some packages among the dev dependencies. */
  function lintWithout(...names: readonly string[]) {
    const dependencies = { ...manifest.dependencies };
    const devDependencies = { ...manifest.devDependencies };
    for (const name of names) {
      devDependencies[name] = dependencies[name] ?? '';
      Reflect.deleteProperty(dependencies, name);
    }
    app.write('package.json', JSON.stringify({ ...manifest, dependencies, devDependencies }));
    return spawnSync('npx', step.split(' '), { cwd: app.directory, encoding: 'utf8' });
  }

  test('each package is asked for by the file that loads it', () => {
    const { status, stdout } = lintWithout('@aws-sdk/client-batch', 'croner', '@infra/change-review', 'aws-cdk-lib');
    expect(stdout).toMatch(/^@aws-sdk\/client-batch +packages\/operate\/src\/import\/submit-job\.ts/m);
    expect(stdout).toMatch(/^croner +packages\/common\/src\/eventbridge-cron\.ts/m);
    expect(stdout).toMatch(/^@infra\/change-review +packages\/delivery\/src\/review\/review\.ts/m);
    expect(stdout).toMatch(/^aws-cdk-lib\/aws-ecs +lib\/constructs\/web-service\.ts/m);
    expect(status).toBe(1);
  });

  test('what the synth and the commands start is among them, too', () => {
    const required = (read('cdk.json') + read('packages/commands/register.js')).matchAll(
      /(?:-r |require\(')([^.\s/][^\s/']*)/g,
    );
    const startedByPath = read('bin/check-types.js').matchAll(/node_modules\/([\w-]+)/g);
    const names = [...required, ...startedByPath].map(([, name]) => name);
    expect(names.sort()).toEqual(['sucrase', 'ts-node', 'typescript-native']);
    // ts-node and its check need the last three.
    const needed = [...names, '@swc/core', '@types/node', 'typescript'];
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(needed));
  });
});
