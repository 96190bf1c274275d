import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds';
import { prod } from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prepare } from '../../tools/deploy-local/prooflink';
import { useDatabase } from './support/by-hand/data';
import { buildByTheGuide, type HandMade } from './support/by-hand/guide';
import { Life } from './support/life';
import { Mover, type Seen, visit } from './support/moving';
import { secretOf } from './support/runbook';
import { until } from './support/serving';

const { domain } = prod.loadBalancer;
const USERS = domain?.domainName ?? '';
const ON_TRIAL = `new.${USERS}`;
const OK = { status: 'ok', version: 'by hand' };
const OLD = 'prooflink-alb';
const NEW = 'prooflink-prod-alb';

const life = new Life('prod');
let old: HandMade;
const mover = new Mover(life, () => ({
  bucket: old.bucket,
  service: old.service,
  tag: 'latest',
  zone: domain?.hostedZoneId ?? '',
  domain: USERS,
}));
afterAll(() => life.end());
afterEach(() => {
  expect(life.errors()).toBe('');
});

function movingTo(domainName: string): EnvironmentConfig {
  return {
    ...prod,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-moving-in-encrypted' },
    loadBalancer: { ...prod.loadBalancer, domain: domain && { ...domain, domainName } },
  };
}

const comes = (name: string, wanted: Seen) =>
  until(
    () => visit(life, name),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
  );

test('an environment that was built by the guide serves its users', async () => {
  await life.start();
  await prepare(life.aws);
  old = await buildByTheGuide(life);
  await comes(USERS, { through: OLD, answer: OK });
  await useDatabase(old.databaseUrl, life.aws);
});

test('steps 1 and 2 of the page: the database is as the config says, and the application stops', async () => {
  await mover.follow('1. The days before');
  await mover.follow('2. The window opens: no more writes', { OLD_URL: old.databaseUrl });
  expect(mover.read('old-rows.txt')).toBe(
    'audit."Log"|2000\npublic.evidences|300\npublic.imports|0\npublic.users|1000\n'.replaceAll('"', ''),
  );
});

test('steps 3 and 4: an encrypted snapshot; what would be in the way is not', async () => {
  expect(await mover.follow('3. The snapshot')).toMatch(/^True\t100\t15/m);
  await mover.follow('4. Out of the way');
});

test('what users see meanwhile is an error, from the old load balancer', async () => {
  expect(await visit(life, USERS)).toEqual({ through: OLD, answer: 503 });
});

test('step 5: the stack stands, and has the old registries and log groups', async () => {
  mover.write('moving', movingTo(ON_TRIAL));
  await mover.follow('5. The deploy');
  expect((await life.describe())?.StackStatus).toBe('CREATE_COMPLETE');
  const wanted = new DescribeStackResourcesCommand({ StackName: life.stack });
  const { StackResources = [] } = await new CloudFormationClient({}).send(wanted);
  const imported = StackResources.filter(({ ResourceStatus }) => String(ResourceStatus) === 'IMPORT_COMPLETE');
  expect(imported.map(({ PhysicalResourceId }) => PhysicalResourceId).sort()).toEqual([
    '/aws/batch/prooflink-prod',
    '/ecs/prooflink-prod-app',
    'prooflink-prod-app',
    'prooflink-prod-batch',
  ]);
});

test('steps 6 and 7: each file and each row is there', async () => {
  await mover.follow('6. The files');
  expect(mover.read('new-files.txt')).toMatch(/^Total Objects: 26$/m);
  await mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') });
});

test('step 8: who moves sees the application under the new name, and users still see nothing', async () => {
  await mover.follow('8. The release');
  await comes(ON_TRIAL, { through: NEW, answer: OK });
  expect(await visit(life, USERS)).toEqual({ through: OLD, answer: 503 });
});

test('the way back: the old application serves users from the renamed database, with all that was in it', async () => {
  await mover.follow('The way back');
  await comes(USERS, { through: OLD, answer: OK });
  const again = { cluster: 'prooflink-prod-old', service: 'prooflink-prod-old' };
  await new ECSClient({}).send(new UpdateServiceCommand({ ...again, desiredCount: 0 }));
  await comes(USERS, { through: OLD, answer: 503 });
});

test('step 9: users come to the new one, by their name', async () => {
  mover.write('moved', movingTo(USERS));
  await mover.follow('9. Users move');
  await comes(USERS, { through: NEW, answer: OK });
  expect(await visit(life, ON_TRIAL)).toEqual({ answer: 'no such name' });
});

test('the old is removed, but for its last snapshot, and users do not notice', async () => {
  await mover.follow('Removing the old');
  expect(await visit(life, USERS)).toEqual({ through: NEW, answer: OK });
  const { DBInstances = [] } = await new RDSClient({}).send(new DescribeDBInstancesCommand({}));
  expect(DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(['prooflink-prod-db']);
  const last = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: 'prooflink-prod-db-old-last' });
  expect((await new RDSClient({}).send(last)).DBSnapshots).toHaveLength(1);
});

test('the way back of users’ record leads to the old load balancer, which need not be there', async () => {
  await mover.follow('Once users have moved');
  expect(await visit(life, USERS)).toEqual({ answer: 'nobody listens' });
});
