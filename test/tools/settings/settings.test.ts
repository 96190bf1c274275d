import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dev } from '../../../lib/config/dev';
import { createStacks } from '../../../lib/create-stacks';
import { adoptAwsVariables, awsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { setSettings } from '../../../tools/deploy-local/settings';
import { listSettings, setSetting } from '../../../tools/settings/run';
import { checkSettings } from '../../../tools/shared/settings';
import { newApp } from '../../support/synth';
import { pathOf, type Template } from '../../support/template';

const StackName = 'ProoflinkDev';
let aws: LocalAws;
let cloudFormation: CloudFormationClient;
const before = { ...process.env };

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, awsVariables(aws.endpoint, aws.directory));
  cloudFormation = new CloudFormationClient({});
}, 60_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

/** Dev with these secret settings of the web application. */
const placeWith = (...secrets: string[]) => ({
  stack: StackName,
  config: { ...dev, webService: { ...dev.webService, settings: { variables: {}, secrets } } },
});

/** The secret of dev's template with its output, and what the web container reads of it. */
function templateWith(...secrets: string[]): string {
  const app = newApp();
  createStacks(app, { dev: placeWith(...secrets).config });
  const { Resources, Outputs } = app.synth().getStackByName(StackName).template as Template;
  const found = (path: string) => Object.entries(Resources).find(([, one]) => pathOf(one) === path) ?? ['', undefined];
  const [id, secret] = found('Settings/Secret');
  const [, task] = found('Web/TaskDefinition');
  const [container] = task?.Properties?.['ContainerDefinitions'] as { Name: string; Secrets: object[] }[];
  const own = container?.Secrets.filter((one) => JSON.stringify(one).includes(id));
  const read = { Name: container?.Name, Image: 'image', Memory: 512, Secrets: own };
  return JSON.stringify({
    Resources: {
      [id]: secret,
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'web', ContainerDefinitions: [read] } },
    },
    Outputs: { SettingsSecretArn: Outputs?.['SettingsSecretArn'], Task: { Value: { Ref: 'Task' } } },
  });
}

/** Variables that the container would start with. */
async function variables(): Promise<Record<string, unknown>> {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const taskDefinition = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'Task')?.OutputValue;
  const described = await new ECSClient({}).send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const secrets = described.taskDefinition?.containerDefinitions?.[0]?.secrets ?? [];
  const read = secrets.map(async ({ name = '', valueFrom = '' }) => {
    const [, SecretId, key = ''] = /^(.*:secret:[^:]+):([^:]+)::$/.exec(valueFrom) ?? [];
    const { SecretString = '' } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId }));
    return [name, (JSON.parse(SecretString) as Record<string, unknown>)[key]];
  });
  return Object.fromEntries(await Promise.all(read)) as Record<string, unknown>;
}

async function update(...secrets: string[]): Promise<void> {
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: templateWith(...secrets) }));
  await waitUntilStackUpdateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
}

const given = (value: string) => () => Promise.resolve(value);

test('before its first deploy an environment has nowhere to set them, and says what to do', async () => {
  await expect(listSettings('dev', placeWith('SMTP_PASSWORD'))).rejects.toThrow(
    'ProoflinkDev has no secret for settings yet. Deploy it once without a new image: npx cdk deploy ProoflinkDev',
  );
});

test('the order of docs/operating.md in a running environment: an empty list makes the secret, then names, values, a deploy', async () => {
  const page = readFileSync(join(__dirname, '../../../docs/operating.md'), 'utf8').replace(/\s+/g, ' ');
  expect(page).toContain(
    'deploy `settings: { variables: {}, secrets: [] }` first, which makes the secret. ' +
      'Then write the names into the config, set their values, and only then deploy or release.',
  );
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: templateWith() }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
  const [empty, named] = [placeWith(), placeWith('SMTP_PASSWORD')];
  await expect(setSetting('dev', 'SMTP_PASSWORD', given('x'), empty)).rejects.toThrow('dev wants no secret setting');
  expect(await checkSettings('dev', 'v1', named)).toMatchObject({ exitCode: 1 });
  await setSetting('dev', 'SMTP_PASSWORD', given('of the README'), named);
  expect(await checkSettings('dev', 'v1', named)).toMatchObject({ exitCode: 0 });
  await update('SMTP_PASSWORD');
  expect(await variables()).toEqual({ SMTP_PASSWORD: 'of the README' });
}, 120_000);

test('a setting that the command set is read by the container, and survives a changed list', async () => {
  const first = placeWith('SMTP_PASSWORD');
  const missing = await listSettings('dev', placeWith('OAUTH_SECRET', 'SMTP_PASSWORD'));
  expect(missing.exitCode).toBe(1);
  expect(missing.stdout).toContain('MISSING  OAUTH_SECRET   web task');
  expect(missing.stdout).toContain('npm run prooflink -- settings dev set OAUTH_SECRET');

  const set = await setSetting('dev', 'SMTP_PASSWORD', given('pa"ss\\wörd'), first);
  expect(set.stdout).not.toContain('pa"ss');
  expect(await listSettings('dev', first)).toMatchObject({ exitCode: 0, stdout: 'set      SMTP_PASSWORD  web task\n' });
  expect(await variables()).toEqual({ SMTP_PASSWORD: 'pa"ss\\wörd' });

  await update('OAUTH_SECRET', 'SMTP_PASSWORD');
  expect(await variables()).toEqual({ OAUTH_SECRET: undefined, SMTP_PASSWORD: 'pa"ss\\wörd' });
  await setSetting('dev', 'OAUTH_SECRET', given('o'), placeWith('OAUTH_SECRET', 'SMTP_PASSWORD'));
  expect(await variables()).toEqual({ OAUTH_SECRET: 'o', SMTP_PASSWORD: 'pa"ss\\wörd' });
}, 120_000);

test('a key that nothing wants is refused before anybody types its value', async () => {
  const ask = jest.fn(given('x'));
  await expect(setSetting('dev', 'SMPT_PASSWORD', ask, placeWith('SMTP_PASSWORD'))).rejects.toThrow(
    'dev wants no secret setting SMPT_PASSWORD. It wants: SMTP_PASSWORD.',
  );
  expect(ask).not.toHaveBeenCalled();
});

test('no value changes nothing', async () => {
  const place = placeWith('OAUTH_SECRET', 'SMTP_PASSWORD');
  await expect(setSetting('dev', 'OAUTH_SECRET', given(''), place)).rejects.toThrow('OAUTH_SECRET stays as it was');
  expect(await variables()).toMatchObject({ OAUTH_SECRET: 'o' });
});

test('an environment that wants none says so, and asks nobody', async () => {
  expect(await listSettings('dev')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('wants no secret') as string,
  });
});

test('eight who set a setting each at once: each of them is kept, and known without reading it', async () => {
  const keys = Array.from({ length: 8 }, (_, index) => `SETTING_${index}`);
  const place = placeWith(...keys);
  await update(...keys);
  const set = await Promise.all(keys.map((key) => setSetting('dev', key, given(`value of ${key}`), place)));
  expect(set.map(({ exitCode }) => exitCode)).toEqual(keys.map(() => 0));
  expect(await variables()).toEqual(Object.fromEntries(keys.map((key) => [key, `value of ${key}`])));
  expect(await checkSettings('dev', 'v1', place)).toMatchObject({ exitCode: 0 });
}, 120_000);

test('deploy:local sets those of its file, and placeholders, which a release accepts', async () => {
  const place = placeWith('SMTP_PASSWORD', 'OAUTH_SECRET');
  await update('SMTP_PASSWORD', 'OAUTH_SECRET');
  const values = { SMTP_PASSWORD: 'of the file', OAUTH_SECRET: 'placeholder' };
  await setSettings(place, values);
  expect(await variables()).toEqual(values);
  expect(await checkSettings('dev', 'v1', place)).toMatchObject({ exitCode: 0 });
}, 60_000);
