import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/prooflink';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Packages that the manifest of a folder names for what runs. ESLint compares them with imports. */
function dependenciesOf(folder: string): string[] {
  const { dependencies } = JSON.parse(read(join(folder, 'package.json'))) as { readonly dependencies: object };
  return Object.keys(dependencies);
}

/** Packages that a file has Node load before a program. */
const required = (file: string) =>
  Array.from(read(file).matchAll(/(?:-r |require\(')([^.\s/][^\s/']*)/g), ([, name]) => name);

describe('what is started, not imported, is no dev dependency: `npm ci --omit=dev` is enough to synthesize and to operate', () => {
  test('by the synth', () => {
    const startedByPath = Array.from(
      read('bin/check-types.js').matchAll(/node_modules\/([\w-]+)/g),
      ([, name]) => name,
    );
    const started = [...required('cdk.json'), ...startedByPath];
    expect(started).toEqual(['ts-node', 'typescript-native']);
    // ts-node and its check need the last three.
    const needed = [...started, '@swc/core', '@types/node', 'typescript'];
    expect(dependenciesOf('.')).toEqual(expect.arrayContaining(needed));
  });

  test('by commands', () => {
    expect(required('packages/common/register.js')).toEqual(['sucrase']);
    expect(dependenciesOf('packages/common')).toContain('sucrase');
    expect(dependenciesOf('packages/commands')).toContain('aws-cdk');
  });

  // They load lib, which loads these.
  test('by the door of commands', () => {
    expect(dependenciesOf('packages/commands')).toEqual(
      expect.arrayContaining(['aws-cdk-lib', 'constructs', 'ipaddr.js']),
    );
  });
});
