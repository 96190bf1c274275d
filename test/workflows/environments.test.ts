import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../lib/config/delivery';
import { capitalize, stackId } from '../../lib/config/names';
import { ROOT, workflow } from './workflow';

/** GitHub takes literal lists only: where a list lacks an environment that is deployed from there, by file and line. */
function lacking(environments: readonly string[]): string[] {
  return environments.flatMap((name) => [
    ...line('.github/workflows/deploy.yml', /^ +options: (\[.*\])/, name),
    ...job(name),
    ...line('.github/workflows/diff.yml', /^ +environment: (\[.*\])/, name),
    ...line('.github/workflows/drift.yml', /^ +environment: (\[.*\])/, name),
    ...block('.github/workflows/drift.yml', `{ environment: ${name}, stack: ${stackId(name)} }`, 'include:'),
    ...line('docs/application-workflow/release.yml', /^ +options: (\[.*\])/, name),
    ...['docs/delivery.md', 'docs/delivery.ja.md'].flatMap((page) => [
      ...line(page, /^for e in (.*); do/, name),
      ...variable(page, name),
    ]),
  ]);
}

const lines = (file: string) => readFileSync(join(ROOT, file), 'utf8').split('\n');

/** Every line of a list that lacks the name; there has to be one. */
function line(file: string, pattern: RegExp, name: string): string[] {
  const found = lines(file).flatMap((text, index) => {
    const [, list] = pattern.exec(text) ?? [];
    return list === undefined ? [] : [{ list, at: `${file}:${index + 1}: ${text.trim()}` }];
  });
  if (found.length === 0) throw new Error(`${file} has no list ${String(pattern)}`);
  return found.filter(({ list }) => !list.split(/[^\w-]+/).includes(name)).map(({ at }) => `${at} lacks ${name}`);
}

function block(file: string, row: string, behind: string): string[] {
  const all = lines(file);
  const at = all.findIndex((text) => text.trim() === behind) + 1;
  return all.some((text) => text.trim() === `- ${row}`) ? [] : [`${file}:${at}: ${behind} lacks - ${row}`];
}

function variable(page: string, name: string): string[] {
  return [
    ['DEPLOY_ROLE_ARN -R "$R"', 'DeployRoleArn'],
    ['PUSH_ROLE_ARN -R "$A"', 'PushRoleArn'],
  ].flatMap(([set = '', output = '']) => {
    const command = `gh variable set ${set} --env ${name} --body "$(out ${output}${capitalize(name)})"`;
    const last = lines(page).findLastIndex((text) => text.startsWith(`gh variable set ${set}`)) + 1;
    return lines(page).includes(command) ? [] : [`${page}:${last}: add ${command}`];
  });
}

function job(name: string): string[] {
  const { jobs } = workflow('deploy.yml');
  const has = Object.values(jobs).some(
    ({ uses, with: input }) =>
      uses !== undefined && input?.['environment'] === name && input['stack'] === stackId(name),
  );
  const at = lines('.github/workflows/deploy.yml').findIndex((text) => text === '  prod:') + 1;
  return has ? [] : [`.github/workflows/deploy.yml:${at}: jobs have none that deploys ${stackId(name)}; copy this one`];
}

const delivered = Object.entries(delivery.environments)
  .filter(([, isDelivered]) => isDelivered)
  .map(([name]) => name);

test('every environment that is deployed from GitHub stands in its lists', () => {
  expect(lacking(delivered)).toEqual([]);
});

test('one that is added is told by file and line', () => {
  expect(lacking([...delivered, 'staging']).map((one) => one.replace(/:\d+:/, ':N:'))).toEqual([
    '.github/workflows/deploy.yml:N: options: [dev, prod] lacks staging',
    '.github/workflows/deploy.yml:N: jobs have none that deploys ProoflinkStaging; copy this one',
    '.github/workflows/diff.yml:N: environment: [dev, prod] lacks staging',
    '.github/workflows/drift.yml:N: environment: [dev, prod] lacks staging',
    '.github/workflows/drift.yml:N: include: lacks - { environment: staging, stack: ProoflinkStaging }',
    'docs/application-workflow/release.yml:N: options: [dev, prod] lacks staging',
    ...['docs/delivery.md', 'docs/delivery.ja.md'].flatMap((page) => [
      ...Array<string>(3).fill(`${page}:N: for e in dev prod; do lacks staging`),
      `${page}:N: add gh variable set DEPLOY_ROLE_ARN -R "$R" --env staging --body "$(out DeployRoleArnStaging)"`,
      `${page}:N: add gh variable set PUSH_ROLE_ARN -R "$A" --env staging --body "$(out PushRoleArnStaging)"`,
    ]),
  ]);
});
