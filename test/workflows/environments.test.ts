import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../lib/config/delivery';
import { capitalize, stackId } from '../../lib/config/names';
import { ROOT } from './workflow';

const options = (name: string) => new RegExp(`^ +(?:options|environment): \\[.*\\b${name}\\b.*\\]$`);
const line = (text: string) => new RegExp(`^ *${text.replace(/[$().*{}]/g, '\\$&')}$`);
const variable = (role: string, repository: string, output: string) => (name: string) =>
  line(`gh variable set ${role} -R "$${repository}" --env ${name} --body "$(out ${output}${capitalize(name)})"`);

/** Places that name each environment that is deployed from GitHub, which takes literal lists only. */
const PLACES: readonly (readonly [file: string, ...naming: ((name: string) => RegExp)[]])[] = [
  ['.github/workflows/deploy.yml', options, (name) => line(`stack: ${stackId(name)}`)],
  ['.github/workflows/diff.yml', options],
  ['.github/workflows/drift.yml', options, (name) => line(`- { environment: ${name}, stack: ${stackId(name)} }`)],
  ['docs/application-workflow/release.yml', options],
  ...['docs/delivery.md', 'docs/delivery.ja.md'].map(
    (page) =>
      [
        page,
        (name: string) => new RegExp(`^for e in .*\\b${name}\\b.*; do`),
        variable('DEPLOY_ROLE_ARN', 'R', 'DeployRoleArn'),
        variable('PUSH_ROLE_ARN', 'A', 'PushRoleArn'),
      ] as const,
  ),
];

/** Lines that name prod, or a list with it, where this environment has none: by file and line. */
function lacking(name: string): string[] {
  return PLACES.flatMap(([file, ...naming]) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    return naming.flatMap((names) => {
      const ofProd = lines.flatMap((text, index) => (names('prod').test(text) ? [{ text, index }] : []));
      if (ofProd.length === 0) throw new Error(`${file} has no line ${String(names('prod'))}`);
      const named = lines.filter((text) => names(name).test(text));
      return named.length === ofProd.length
        ? []
        : ofProd.map(({ text, index }) => `${file}:${index + 1}: ${text.trim()} lacks ${name}`);
    });
  });
}

test.each(Object.entries(delivery.environments).flatMap(([name, isDelivered]) => (isDelivered ? [name] : [])))(
  '%s, deployed from GitHub, is named in its lists',
  (name) => {
    expect(lacking(name)).toEqual([]);
  },
);

test('one that is added is reported by file and line', () => {
  const reported = lacking('staging');
  expect(reported).toHaveLength(16);
  expect(reported).toContainEqual(
    expect.stringMatching(/^docs\/application-workflow\/release\.yml:\d+: options: \[dev, prod\] lacks staging$/),
  );
});
