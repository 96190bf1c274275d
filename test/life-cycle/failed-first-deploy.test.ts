import { join } from 'node:path';
import { CreateLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CreateDBInstanceCommand, DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { prod } from '../../lib/config';
import { createStacks } from '../../lib/create-stacks';
import { prepare } from '../../tools/deploy-local/prooflink';
import { newApp } from '../support/synth';
import { scratch } from './support/apps';
import { Life } from './support/life';
import { beyond, type Listing, takeListing } from './support/listing';
import { follow } from './support/runbook';
import { expectFirstDeploy } from './support/steps';

const CHAPTER = 'A first deploy of prod that failed';
const TAKEN = '/somebody/elses';

describe('the certificate of a first deploy is never issued', () => {
  const life = new Life('prod');
  afterAll(() => life.end());
  let account: Listing;

  test('the deploy fails, and its rollback leaves nothing but the empty stack', async () => {
    await life.start({ delegated: false, run: false });
    await prepare(life.aws);
    account = await takeListing();
    await expect(life.deploy()).rejects.toThrow('PENDING_VALIDATION');
    expect((await life.describe())?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await left(account)).toEqual([`AWS::CloudFormation::Stack ${life.stack}`]);
  });

  test('termination protection keeps the next deploy from deleting it', async () => {
    await expect(life.deploy()).rejects.toThrow(/TerminationProtection/);
  });

  test('the runbook’s commands leave the account as it was', async () => {
    await follow(CHAPTER, life);
    expect(await left(account)).toEqual([]);
  });
});

describe('a first deploy fails once there is a database that nobody may delete', () => {
  const life = new Life('prod');
  afterAll(() => life.end());
  let account: Listing;

  test('its rollback cannot delete the database, what it stands in, and the bucket with its folders', async () => {
    await life.start({ run: false });
    await prepare(life.aws);
    await new CloudWatchLogsClient({}).send(new CreateLogGroupCommand({ logGroupName: TAKEN }));
    account = await takeListing();
    await expect(life.deploy(failing())).rejects.toThrow('already exists');
    expect((await life.describe())?.StackStatus).toBe('ROLLBACK_FAILED');
    expect((await left(account)).map((one) => one.split(' ')[0])).toEqual(
      expect.arrayContaining(['AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::EC2::VPC', 'AWS::S3::Bucket']),
    );
  });

  test('the runbook’s commands delete that, and leave secrets to come back', async () => {
    await follow(CHAPTER, life);
    expect(await left(account)).toEqual([]);
  });

  test('the next deploy stands', async () => {
    await life.deploy();
    await expectFirstDeploy(life);
  });

  test('the runbook’s commands do nothing to a stack that stands', async () => {
    const before = await takeListing();
    await expect(follow(CHAPTER, life)).rejects.toThrow(CHAPTER);
    expect(await takeListing()).toEqual(before);
  });
});

describe('a first deploy fails at the database of an earlier prod, whose name is taken', () => {
  const life = new Life('prod');
  afterAll(() => life.end());
  const DBInstanceIdentifier = life.names.dbInstance;

  test('the runbook’s commands do not touch that database', async () => {
    await life.start({ run: false });
    await prepare(life.aws);
    const rds = new RDSClient({});
    const earlier = {
      DBInstanceIdentifier,
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.medium',
      AllocatedStorage: 100,
    };
    await rds.send(
      new CreateDBInstanceCommand({ ...earlier, MasterUsername: 'postgres', MasterUserPassword: 'earlier1' }),
    );
    const account = await takeListing();
    await expect(life.deploy()).rejects.toThrow(/already exists/i);
    await follow(CHAPTER, life);
    expect((await takeListing())['AWS::RDS::DBInstance']).toEqual([DBInstanceIdentifier]);
    expect(await left(account)).toEqual([]);
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  });
});

/** Resources beyond those at the start, without those that stay: ACM's record in the zone, and restorable secrets. */
async function left(account: Listing): Promise<string[]> {
  const stays = /^AWS::Route53::RecordSet _|^AWS::SecretsManager::Secret /;
  return beyond(await takeListing(), account).filter((one) => !stays.test(one));
}

/** Prod, with something in it that is refused once database and bucket are there. */
function failing(): string {
  const app = newApp({ outdir: join(scratch, 'failing') });
  const [stack] = createStacks(app, { prod });
  if (!stack) throw new Error('there is no stack');
  const refused = new CfnLogGroup(stack, 'Refused', { logGroupName: TAKEN });
  refused.node.addDependency(stack.node.findChild('Database'), stack.node.findChild('FileStorage'));
  return app.synth().directory;
}
