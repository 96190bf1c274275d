import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { adoptAwsVariables, awsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { dev } from '@infra/testing/configs';
import { createStacks } from '@infra/commands/app';
import { replaceSettings } from '../src/settings';
import { type DeployedStack, readStack, readStackIfDeployed } from '@infra/operate/deployed/deployed-stack';
import { SettingsSecret } from '@infra/operate/deployed/settings-secret';
import { checkSettings } from '@infra/operate/release/settings-check';
import { listSettings, setSetting } from '@infra/operate/settings/settings';
import { newApp } from '@infra/testing/synth';
import { pathOf, type Template } from '@infra/testing/template';

const StackName = 'ProoflinkDev';
const before = { ...process.env };
let aws: LocalAws;
let cloudFormation: CloudFormationClient;
let secrets: SecretsManager;

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, awsVariables(aws.endpoint, aws.directory));
  cloudFormation = new CloudFormationClient({});
  secrets = new SecretsManager({});
}, 60_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

jest.setTimeout(120_000);

/** Dev with these secret settings of the web application. */
const configWith = (...keys: string[]) => ({
  ...dev,
  webService: { ...dev.webService, settings: { variables: {}, secrets: keys } },
});

/** The tag that runs, and, with settings, the secret of dev's template and what the web container reads of it. */
function templateWith(tag: string, keys?: readonly string[]) {
  const Parameters = { AppImageTag: { Type: 'String', Default: tag } };
  const Topic = { Type: 'AWS::SNS::Topic' };
  if (!keys) return { StackName, TemplateBody: JSON.stringify({ Parameters, Resources: { Topic } }) };
  const app = newApp();
  createStacks(app, { dev: configWith(...keys) });
  const { Resources, Outputs } = app.synth().getStackByName(StackName).template as Template;
  const found = (path: string) => Object.entries(Resources).find(([, one]) => pathOf(one) === path) ?? ['', undefined];
  const [id, secret] = found('Settings/Secret');
  const [container] = found('Web/TaskDefinition')[1]?.Properties?.['ContainerDefinitions'] as {
    Name: string;
    Secrets: object[];
  }[];
  const own = container?.Secrets.filter((one) => JSON.stringify(one).includes(id));
  const read = { Name: container?.Name, Image: 'image', Memory: 512, Secrets: own };
  const Metadata = { 'aws:cdk:path': `${StackName}/Web/TaskDefinition/Resource` };
  const Properties = { Family: 'web', ContainerDefinitions: [read] };
  const Task = { Type: 'AWS::ECS::TaskDefinition', Metadata, Properties };
  const SettingsSecretArn = Outputs?.['SettingsSecretArn'];
  const template = { Parameters, Resources: { Topic, [id]: secret, Task }, Outputs: { SettingsSecretArn } };
  return { StackName, TemplateBody: JSON.stringify(template) };
}

async function update(tag: string, keys?: readonly string[]): Promise<void> {
  await cloudFormation.send(new UpdateStackCommand(templateWith(tag, keys)));
  await waitUntilStackUpdateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
}

/** Variables that the container would start with. */
async function variables(): Promise<Record<string, unknown>> {
  const { taskDefinition } = await new ECS({}).describeTaskDefinition({ taskDefinition: 'web' });
  const read = (taskDefinition?.containerDefinitions?.[0]?.secrets ?? []).map(async ({ name = '', valueFrom = '' }) => {
    const [, SecretId, key = ''] = /^(.*:secret:[^:]+):([^:]+)::$/.exec(valueFrom) ?? [];
    const { SecretString = '' } = await secrets.getSecretValue({ SecretId });
    return [name, (JSON.parse(SecretString) as Record<string, unknown>)[key]];
  });
  return Object.fromEntries(await Promise.all(read)) as Record<string, unknown>;
}

const secretId = async () => (await readStackIfDeployed('dev'))?.outputs.SettingsSecretArn ?? '';
const byHand = async (values: object) =>
  secrets.putSecretValue({ SecretId: await secretId(), SecretString: JSON.stringify(values) });
const given = (value: string) => () => Promise.resolve(value);
const set = (key: string, value: string, ...others: string[]) =>
  setSetting('dev', key, given(value), configWith(key, ...others));

/** The work, without the right to read a value. */
async function withoutReading<T>(work: () => Promise<T>): Promise<T> {
  const refused = jest
    .spyOn(SettingsSecret.prototype, 'readCurrentVersion')
    .mockRejectedValue(new Error('not authorized'));
  try {
    return await work();
  } finally {
    refused.mockRestore();
  }
}

/** Problem of a release to the deployed dev, for which no value is read. */
const problem = () =>
  withoutReading(async () =>
    checkSettings({ environmentName: 'dev', options: { appTag: 'v2' }, stack: await readStack('dev') }),
  );

test('before its first deploy an environment misses none and has nowhere to set them, and says what to do', async () => {
  await expect(listSettings('dev', configWith('SMTP_PASSWORD'))).rejects.toThrow(
    'ProoflinkDev has no secret for settings yet. Before its first release, deploy it: npx cdk deploy ProoflinkDev. ',
  );
  await cloudFormation.send(new CreateStackCommand(templateWith('')));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
});

test('the order of docs/operating.md in a running environment: an empty list makes the secret, then names, values, a deploy', async () => {
  const page = readFileSync(join(__dirname, '../../../docs/operating.md'), 'utf8').replace(/\s+/g, ' ');
  expect(page).toContain(
    '1. Deploy `settings: { variables: {}, secrets: [] }`, which creates the secret. ' +
      '2. Write the names into the config, and set their values with the command. 3. Deploy.',
  );
  await update('v1');
  // Names alone would be rolled back, and the secret with them.
  await expect(listSettings('dev', configWith('SMTP_PASSWORD'))).rejects.toThrow(
    'To add the first secret setting to a running environment: docs/operating.md, "Releases and settings".',
  );
  await update('v1', []);
  await expect(setSetting('dev', 'SMTP_PASSWORD', given('x'), configWith())).rejects.toThrow(
    'No secret setting of that name is configured for dev. None is configured.',
  );
  const both = ['SMTP_PASSWORD', 'OAUTH_SECRET'];
  await update('v1', both);
  expect(await problem()).toBe(
    'Secret settings are missing:\nMISSING  SMTP_PASSWORD  web task\nMISSING  OAUTH_SECRET   web task\n' +
      'A container does not start while one of its settings is missing. Set them before the next deploy or release:\n' +
      both.map((key) => `  npm run prooflink -- settings dev set ${key}`).join('\n'),
  );
  await set('SMTP_PASSWORD', 'of the README');
  expect(await problem()).toMatch(/\nset {6}SMTP_.*\nMISSING {2}OAUTH/);
  await update('v1', ['SMTP_PASSWORD']);
  expect(await problem()).toBeUndefined();
  expect(await variables()).toEqual({ SMTP_PASSWORD: 'of the README' });
});

test('a setting that the command set is read by the container, is never shown, and survives a changed list', async () => {
  const both = ['OAUTH_SECRET', 'SMTP_PASSWORD'];
  const missing = await listSettings('dev', configWith(...both));
  expect(missing.exitCode).toBe(1);
  expect(missing.stdout).toContain('MISSING  OAUTH_SECRET   web task');
  expect(missing.stdout).toContain('npm run prooflink -- settings dev set OAUTH_SECRET');
  expect((await set('SMTP_PASSWORD', 'pa"ss\\wörd')).stdout).not.toContain('pa"ss');
  const list = withoutReading(() => listSettings('dev', configWith('SMTP_PASSWORD')));
  expect(await list).toMatchObject({ exitCode: 0, stdout: 'set      SMTP_PASSWORD  web task\n' });
  await update('v1', both);
  expect(await variables()).toEqual({ OAUTH_SECRET: undefined, SMTP_PASSWORD: 'pa"ss\\wörd' });
  await set('OAUTH_SECRET', 'o', 'SMTP_PASSWORD');
  expect(await variables()).toEqual({ OAUTH_SECRET: 'o', SMTP_PASSWORD: 'pa"ss\\wörd' });
});

test('a key that nothing wants is refused before anybody types its value, and no value changes nothing', async () => {
  const ask = jest.fn(given('x'));
  await expect(setSetting('dev', 'SMPT_PASSWORD', ask, configWith('SMTP_PASSWORD'))).rejects.toThrow(
    'No secret setting of that name is configured for dev. Configured are: SMTP_PASSWORD.',
  );
  expect(ask).not.toHaveBeenCalled();
  await expect(set('OAUTH_SECRET', '')).rejects.toThrow('OAUTH_SECRET stays as it was');
  expect(await variables()).toMatchObject({ OAUTH_SECRET: 'o' });
});

test('a release of only the import’s image, before there is a web image, needs the settings of its jobs alone', async () => {
  const { userImport } = dev;
  if (!userImport) throw new Error('dev has no user import');
  const settings = { variables: {}, secrets: ['IMPORT_TOKEN'] };
  const app = newApp();
  createStacks(app, { dev: { ...configWith('SMTP_PASSWORD'), userImport: { ...userImport, settings } } });
  const stack = {
    template: app.synth().getStackByName(StackName).template as Template,
    details: { StackName },
    parameters: {},
    outputs: { SettingsSecretArn: 'arn' },
    client: () => undefined,
  } as unknown as DeployedStack;
  const readKeys = jest.spyOn(SettingsSecret.prototype, 'readKeys').mockResolvedValue(new Set());
  const missing = await checkSettings({ environmentName: 'dev', options: { batchTag: 'v1' }, stack });
  readKeys.mockRestore();
  expect(missing).toContain('MISSING  IMPORT_TOKEN  import job\n');
  expect(missing).not.toContain('SMTP_PASSWORD');
});

test('eight who set a setting each at once: each of them is kept, and known without reading it', async () => {
  const keys = Array.from({ length: 8 }, (_, index) => `SETTING_${index}`);
  await update('v1', keys);
  const done = await Promise.all(keys.map((key) => set(key, `value of ${key}`)));
  expect(done.map(({ exitCode }) => exitCode)).toEqual(keys.map(() => 0));
  expect(await variables()).toEqual(Object.fromEntries(keys.map((key) => [key, `value of ${key}`])));
  expect(await problem()).toBeUndefined();
});

test('what was changed by hand is not known, and neither missing nor set, until a caller with the right has read it', async () => {
  await update('v1', ['SMTP_PASSWORD']);
  await byHand({ SMTP_PASSWORD: 'by hand' });
  await expect(problem()).rejects.toThrow(
    /The settings of dev were changed by hand.*: npm run prooflink -- settings dev$/,
  );
  const listed = await listSettings('dev', configWith('SMTP_PASSWORD', 'OAUTH_SECRET'));
  expect(listed.stdout).toMatch(/^set {6}SMTP_PASSWORD .*\nMISSING {2}OAUTH_SECRET/);
  expect(await problem()).toBeUndefined();
});

test('keys that others wrote by hand leave no room: that is said before the secret is changed', async () => {
  const others = Array.from({ length: 96 }, (_, index) => `SETTING_OF_25_LETTERS_${String(index).padStart(3, '0')}`);
  const [first = ''] = others;
  await byHand(Object.fromEntries(others.map((name) => [name, 'x'])));
  const { VersionIdsToStages: labelsBefore } = await secrets.describeSecret({ SecretId: await secretId() });
  await expect(set(first, 'y')).rejects.toThrow(
    'The secret with the settings would have 96 keys with a value. Their names do not fit into its staging labels.',
  );
  const { VersionIdsToStages: labelsAfter } = await secrets.describeSecret({ SecretId: await secretId() });
  expect(labelsAfter).toEqual(labelsBefore);
});

test('in a secret that is scheduled for deletion nothing is set, and the command that restores it is named', async () => {
  await replaceSettings('dev', { SMTP_PASSWORD: 'x' });
  const SecretId = await secretId();
  await secrets.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  const reason =
    `The secret with the settings, ${SecretId}, is scheduled for deletion, and no container can read it. To restore it ` +
    `with its values: aws secretsmanager restore-secret --region ap-northeast-1 --secret-id ${SecretId}`;
  await expect(listSettings('dev', configWith('SMTP_PASSWORD'))).rejects.toThrow(reason);
  await expect(problem()).rejects.toThrow(reason);
  const ask = jest.fn(given('y'));
  await expect(setSetting('dev', 'SMTP_PASSWORD', ask, configWith('SMTP_PASSWORD'))).rejects.toThrow(reason);
  expect(ask).not.toHaveBeenCalled();
  await secrets.restoreSecret({ SecretId });
  expect(await problem()).toBeUndefined();
});
