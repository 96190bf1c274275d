import {
  CloudFormationClient,
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../lib/config';
import { Output } from '../../lib/contract';
import { prepare } from '../../tools/deploy-local/prooflink';
import { destroy, LOCAL_ACCOUNT } from '@infra/local-aws';
import { sql } from './support/by-hand/data';
import { holdings, leaveData } from './support/holdings';
import { Life } from './support/life';
import { Mover } from './support/moving';
import { follow, secretOf } from './support/runbook';
import { ask, expectServing } from './support/serving';
import { push } from './support/steps';

const life = new Life('prod');
const mover = new Mover(life, () => ({ bucket: '-', service: '-', tag: 'v1' }));
/** Prod with a secret setting of the application's own, without which no task starts, and with its migration. */
const SETTLED = {
  ...prod,
  webService: {
    ...prod.webService,
    migration: { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) },
    settings: { variables: {}, secrets: ['SMTP_PASSWORD'] },
  },
};
const SETTINGS = '{"SMTP_PASSWORD":"of the mail server"}';
let held: Record<string, unknown>;
let session: string | undefined;
afterAll(() => life.end());
afterEach(() => {
  expect(life.errors()).toBe('');
});

/** The stack makes the folders again, empty objects of which there is another version then. */
function withoutFolders(files: unknown): unknown {
  const { versions = [], ...rest } = files as { versions?: (string | undefined)[][] };
  return { ...rest, versions: versions.filter(([key]) => !key?.endsWith('/')) };
}

const rows = async () => sql(await secretOf(life, 'DATABASE_URL'), 'SELECT count(*)::int FROM users', life.aws);

test('prod serves, and has rows, files, images, logs, and somebody who is signed in', async () => {
  await life.start();
  await prepare(life.aws);
  const app = mover.write('first', SETTLED);
  await life.deploy(app);
  await push(life, 'v1');
  const SecretId = life.outputs[Output.settingsSecretArn];
  await new SecretsManagerClient({}).send(new PutSecretValueCommand({ SecretId, SecretString: SETTINGS }));
  await life.release('v1', app);
  await expectServing(life, 'v1');
  await leaveData(life.names);
  const url = await secretOf(life, 'DATABASE_URL');
  await sql(url, "INSERT INTO users SELECT 'user' || n, 'name' FROM generate_series(1, 700) n", life.aws);
  session = (await ask(life, 'GET', '/')).cookie;
  held = await holdings(life.names);
});

test('somebody deletes the database alone: the runbook restores its last moment, and the application serves', async () => {
  const rds = new RDSClient({});
  const lost = { DBInstanceIdentifier: life.names.dbInstance };
  await rds.send(new ModifyDBInstanceCommand({ ...lost, DeletionProtection: false, ApplyImmediately: true }));
  await rds.send(new DeleteDBInstanceCommand({ ...lost, SkipFinalSnapshot: true, DeleteAutomatedBackups: false }));
  await follow('A database that was deleted', life);
  expect(await rows()).toBe(700);
  await expectServing(life, 'v1');
});

test('somebody deletes the stack, and its network from around the database', async () => {
  const { stack } = life;
  const cloudFormation = new CloudFormationClient({});
  const off = new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: false });
  await cloudFormation.send(off);
  await expect(destroy(life.cdk(), stack)).rejects.toThrow('DELETE_FAILED');
  await cloudFormation.send(new DeleteStackCommand({ StackName: stack, DeletionMode: 'FORCE_DELETE_STACK' }));
  expect(await life.describe()).toBeUndefined();
  await expect(life.deploy()).rejects.toThrow(/already exists/i);
  await cloudFormation.send(off);
  await cloudFormation.send(new DeleteStackCommand({ StackName: stack }));
});

test('step 1 of the page: the database goes into a last snapshot, and its subnet group with it', async () => {
  await mover.follow('1. The last snapshot');
  expect((await new RDSClient({}).send(new DescribeDBInstancesCommand({}))).DBInstances).toEqual([]);
});

test('step 2: the stack is there again, with the bucket, the registries and the logs that were kept', async () => {
  mover.write('restored', {
    ...SETTLED,
    account: LOCAL_ACCOUNT,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-restored' },
  });
  await mover.follow('2. The deploy that restores');
  expect((await life.describe())?.StackStatus).toBe('CREATE_COMPLETE');
  const { images, logs, files } = await holdings(life.names);
  expect({ images, logs, files: withoutFolders(files) }).toEqual({
    images: held['images'],
    logs: held['logs'],
    files: withoutFolders(held['files']),
  });
});

test('steps 3 and 4: it serves, with each row and setting, and who was signed in still is', async () => {
  await mover.follow('3. Secret settings');
  await mover.follow('4. The release that follows');
  await expectServing(life, 'v1');
  expect(await rows()).toBe(700);
  expect(await secretOf(life, 'SMTP_PASSWORD')).toBe(SETTINGS);
  expect((await ask(life, 'GET', '/api/session', undefined, session)).body['signedIn']).toBe(true);
});
