import { Duration } from 'aws-cdk-lib/core';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { prod } from '@infra/testing/configs';
import { Output } from '@infra/commands/app';
import { listSettings } from '@infra/operate/settings/settings';
import { holdings, leaveData } from './support/holdings';
import { Life } from './support/life';
import { live } from './support/live';
import { Mover } from './support/moving';
import { follow, secretOf, users } from './support/runbook';
import { sdk } from './support/sdk';
import { ask } from './support/serving';
import { deploy, push, release } from './support/steps';

const life = new Life('prod');
const StackName = life.stack;
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
/** Prod whose stack and load balancer somebody has made deletable. */
const DELETABLE = { ...SETTLED, terminationProtection: { off: 'the test deletes it' } };
const SETTINGS = '{"SMTP_PASSWORD":"of the mail server"}';
const lost = { DBInstanceIdentifier: life.names.dbInstance };
const { rds, cloudFormation } = sdk;
let held: Record<string, unknown>;
let session: string | undefined;

/** Leaves a secret as an even earlier prod would have: with the description of the one that keeps people signed in. */
const leaveOlderSecret = () =>
  sdk.secrets.createSecret({
    Name: 'of-an-even-earlier-prod',
    Description: `NEXTAUTH_SECRET of ${life.names.service}`,
    SecretString: 'of nobody who is still signed in',
  });

/** The stack makes the folders again, empty objects of which there is another version then. */
function withoutFolders(files: unknown): unknown {
  const { versions = [], ...otherFacts } = files as { versions?: (string | undefined)[][] };
  return { ...otherFacts, versions: versions.filter(([key]) => !key?.endsWith('/')) };
}

/** `settings prod`, whose config has the setting: it notes that a value was written by other means. */
const noteSettings = async () => {
  expect(await listSettings('prod', SETTLED)).toMatchObject({ exitCode: 0 });
};

const expectEachRow = async () => {
  expect(await users(life)).toBe(700);
};

live(life, [
  {
    name: 'prod serves, and has rows, files, images, logs, and a signed-in user',
    calls: [
      () => life.startPrepared(),
      leaveOlderSecret,
      () => deploy('', '', '--app', mover.write('first', DELETABLE)),
      () => life.readOutputs(),
      push(life, 'v1'),
      () => sdk.secrets.putSecretValue({ SecretId: life.outputs[Output.settingsSecretArn], SecretString: SETTINGS }),
      noteSettings,
      () => release(life, 'v1'),
      () => leaveData(life.names),
    ],
    serves: 'v1',
    check: async () => {
      const rows = "INSERT INTO users SELECT 'user' || n, 'name' FROM generate_series(1, 700) n";
      await users(life, undefined, undefined, rows);
      session = (await ask(life, 'GET', '/')).cookie;
      held = await holdings(life.names);
    },
  },
  {
    name: 'the database alone is deleted: the runbook restores its last moment, and the application serves',
    calls: [
      () => rds.modifyDBInstance({ ...lost, DeletionProtection: false, ApplyImmediately: true }),
      () => rds.deleteDBInstance({ ...lost, SkipFinalSnapshot: true, DeleteAutomatedBackups: false }),
      () => follow('A database that was deleted', life),
      expectEachRow,
    ],
    serves: 'v1',
  },
  {
    name: 'the stack is deleted, and the network around its database',
    calls: [
      async () => {
        expect((await life.call(['cdk', 'destroy'])).output).toContain('DELETE_FAILED');
        await cloudFormation.deleteStack({ StackName, DeletionMode: 'FORCE_DELETE_STACK' });
        expect(await life.describe()).toBeUndefined();
        expect((await life.call(deploy())).output).toMatch(/already exists/i);
      },
      () => cloudFormation.updateTerminationProtection({ StackName, EnableTerminationProtection: false }),
      () => cloudFormation.deleteStack({ StackName }),
    ],
  },
  {
    name: 'step 1 of the page: the database goes into a last snapshot, and its subnet group with it',
    calls: [() => mover.follow('1. The last snapshot')],
    check: async () => {
      expect((await rds.describeDBInstances({})).DBInstances).toEqual([]);
    },
  },
  {
    name: 'step 2: the stack is there again, with the bucket, the registries and the logs that were kept',
    calls: [
      () => {
        const database = { ...prod.database, fromSnapshot: 'prooflink-prod-restored' };
        mover.write('restored', { ...SETTLED, account: LOCAL_ACCOUNT, database });
      },
      () => mover.follow('2. The deploy that restores'),
    ],
    status: 'CREATE_COMPLETE',
    check: async () => {
      const { images, logs, files } = await holdings(life.names);
      expect({ images, logs, files: withoutFolders(files) }).toEqual({
        images: held['images'],
        logs: held['logs'],
        files: withoutFolders(held['files']),
      });
    },
  },
  {
    name: 'steps 3 and 4: it serves, with each row and setting, and who was signed in still is',
    calls: [() => mover.follow('3. Secret settings'), noteSettings, () => mover.follow('4. The release that follows')],
    serves: 'v1',
    check: async () => {
      await expectEachRow();
      expect(await secretOf(life, 'SMTP_PASSWORD')).toBe(SETTINGS);
      expect((await ask(life, 'GET', '/api/session', undefined, session)).body['signedIn']).toBe(true);
    },
  },
]);
