import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dev } from '../../../lib/config/dev';
import { adoptAwsVariables, awsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { listSettings, setSetting } from '../../../tools/settings/run';
import { checkSettings } from '../../../tools/shared/settings';
import { SettingsSecret } from '../../../tools/shared/settings-secret';

const StackName = 'ProoflinkDev';
const before = { ...process.env };
let aws: LocalAws;
let cloudFormation: CloudFormationClient;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, awsVariables(aws.endpoint, aws.directory));
  cloudFormation = new CloudFormationClient({});
  secrets = new SecretsManagerClient({});
}, 60_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

const placeWith = (...names: string[]) => ({
  stack: StackName,
  config: { ...dev, webService: { ...dev.webService, settings: { variables: {}, secrets: names } } },
});
const check = (tag: string, ...names: string[]) => checkSettings('dev', tag, placeWith(...names));
const set = (key: string, ...names: string[]) =>
  setSetting('dev', key, () => Promise.resolve(`value of ${key}`), placeWith(key, ...names));

/** Parts of a stack that matter here: the tag that runs, and the secret, which the stack creates with its own key. */
const template = (tag: string, secret: boolean) => ({
  StackName,
  TemplateBody: JSON.stringify({
    Parameters: { AppImageTag: { Type: 'String', Default: tag } },
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic' },
      ...(secret && {
        Secret: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'unused' } },
        },
      }),
    },
    Outputs: secret ? { SettingsSecretArn: { Value: { Ref: 'Secret' } } } : {},
  }),
});

async function update(tag: string, secret: boolean): Promise<void> {
  await cloudFormation.send(new UpdateStackCommand(template(tag, secret)));
  await waitUntilStackUpdateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
}

async function secretId(): Promise<string> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  return stack?.Outputs?.[0]?.OutputValue ?? '';
}

/** The work, without the right to read a value. */
async function withoutReading<T>(work: () => Promise<T>): Promise<T> {
  const refused = jest.spyOn(SettingsSecret.prototype, 'read').mockRejectedValue(new Error('not authorized'));
  try {
    return await work();
  } finally {
    refused.mockRestore();
  }
}

const labels = async () => {
  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: await secretId() }));
  return Object.values(VersionIdsToStages)
    .flat()
    .filter((label) => label.startsWith('keys.'));
};

test('where no task would run none is missed: a first deploy goes on, and says what the release will want', async () => {
  const { exitCode, stdout } = await check('', 'SMTP_PASSWORD');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('MISSING  SMTP_PASSWORD  web task');
  expect(stdout).toContain('No web task of dev runs yet');
  await cloudFormation.send(new CreateStackCommand(template('', false)));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
  expect((await check('', 'SMTP_PASSWORD')).exitCode).toBe(0);
}, 60_000);

test.each([
  ['with a new image', '', 'v1'],
  ['under the image that runs', 'v1', ''],
])('a first setting %s stops: its secret comes with the tasks that would miss it', async (_, runs, tag) => {
  if (runs !== '') await update(runs, false);
  const { exitCode, stdout } = await check(tag, 'SMTP_PASSWORD');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Deploy once with settings: { variables: {}, secrets: [] }, which makes it.');
});

test('missing keys are told before the deployment, set ones are known, and no value is read for it', async () => {
  await update('v1', true);
  const both = ['SMTP_PASSWORD', 'OAUTH_SECRET'];
  const missing = await withoutReading(() => check('', ...both));
  expect([missing.exitCode, missing.stdout]).toEqual([
    1,
    'MISSING  SMTP_PASSWORD  web task\nMISSING  OAUTH_SECRET   web task\n' +
      'A container that wants a missing one does not start. Set it before the release:\n' +
      both.map((key) => `  npm run prooflink -- settings dev set ${key}\n`).join(''),
  ]);
  await set('SMTP_PASSWORD');
  expect((await withoutReading(() => check('v2', ...both))).stdout).toMatch(/^set {6}SMTP_.*\nMISSING {2}OAUTH/);
  await set('OAUTH_SECRET');
  expect(await withoutReading(() => check('v2', ...both))).toMatchObject({ exitCode: 0 });
  expect(await withoutReading(() => listSettings('dev', placeWith(...both)))).toMatchObject({ exitCode: 0 });
}, 60_000);

test('what was changed by hand is not known, and neither missing nor set, until somebody who may has read it', async () => {
  const SecretString = JSON.stringify({ SMTP_PASSWORD: 'by hand' });
  await secrets.send(new PutSecretValueCommand({ SecretId: await secretId(), SecretString }));
  await expect(withoutReading(() => check('v2', 'SMTP_PASSWORD'))).rejects.toThrow(
    /The settings of dev were changed by hand.*: npm run prooflink -- settings dev$/,
  );
  const listed = await listSettings('dev', placeWith('SMTP_PASSWORD', 'OAUTH_SECRET'));
  expect(listed.stdout).toMatch(/^set {6}SMTP_PASSWORD .*\nMISSING {2}OAUTH_SECRET/);
  expect(await withoutReading(() => check('v2', 'SMTP_PASSWORD'))).toMatchObject({ exitCode: 0 });
});

test('however many keys there are and however often they change: Secrets Manager takes 20 labels', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `A_SETTING_WITH_A_LONG_NAME_${index}`);
  for (const name of names.slice(0, 12)) await set(name);
  const rest = Object.fromEntries(names.map((name) => [name, 'x']));
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: await secretId(),
      SecretString: JSON.stringify({ ...rest, 'no name': 'x' }),
    }),
  );
  expect((await listSettings('dev', placeWith(...names))).exitCode).toBe(0);
  expect(await withoutReading(() => check('', ...names))).toMatchObject({ exitCode: 0 });
  const all = await labels();
  expect(all.length).toBeLessThan(8);
  expect(all.filter((label) => label.length > 256)).toEqual([]);
}, 60_000);

test('an environment that wants none asks nobody', async () => {
  expect(await checkSettings('dev', 'v1')).toMatchObject({ exitCode: 0 });
});
