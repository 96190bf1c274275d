import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  type StackEvent,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { destroy } from '@infra/local-aws';
import { opensInBrowser } from './support/browser';
import { holdings } from './support/holdings';
import { startsImports } from './support/imports';
import { Life } from './support/life';
import { beyond, type Listing, takeListing } from './support/listing';
import { tellsOfFailedImports } from './support/mail';
import { followsRunbook, restoresBackup } from './support/runbook';
import { serves } from './support/serving';
import {
  begin,
  changes,
  expectListingToSee,
  releases,
  survivesKills,
  survivesKillsOfTheFirstDeploy,
} from './support/steps';

const life = new Life('prod');
const account: { baseline: Listing } = { baseline: {} };

begin(life, account);
survivesKillsOfTheFirstDeploy(life, { published: false });
releases(life);
serves(life);
opensInBrowser(life);
tellsOfFailedImports(life);
followsRunbook(life);
restoresBackup(life);
changes(life);
startsImports(life);
survivesKills(life);

test('cdk destroy is refused, and nothing is touched', async () => {
  const [held, events] = [await holdings(life.names), await life.events()];
  await expect(destroy(life.cdk(), life.stack)).rejects.toThrow('TerminationProtection is enabled');
  expect((await life.describe())?.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await life.events()).toBe(events);
  expect(await holdings(life.names)).toEqual(held);
});

test('the listing sees all that could get lost', () => expectListingToSee(life, account));

const KEPT = [
  'AWS::ECR::Repository',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];
/** The runbook, "Deleting prod on purpose": what the database runs in. The VPC follows the subnets. */
const HELD_BY_THE_DATABASE = ['AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::Subnet'];

test('with the protection lifted by hand, database, files, images, secrets and logs survive cdk destroy', async () => {
  const [held, kept] = [await holdings(life.names), await standing(KEPT)];
  await new CloudFormationClient({}).send(
    new UpdateTerminationProtectionCommand({ StackName: life.stack, EnableTerminationProtection: false }),
  );
  await expect(destroy(life.cdk(), life.stack)).rejects.toThrow('DELETE_FAILED');
  expect(await holdings(life.names)).toEqual(held);
  expect(await standing(KEPT)).toEqual(kept);
  expect((await refused()).map(([type]) => type).sort()).toEqual(HELD_BY_THE_DATABASE);
});

test('deleted again, each time retaining what it was refused, the stack is gone and the data is not', async () => {
  const [held, kept] = [await holdings(life.names), await standing(KEPT)];
  for (let again = 1; await life.describe(); again += 1) {
    expect(again).toBeLessThanOrEqual(2);
    const RetainResources = (await refused()).map(([, logicalId]) => logicalId);
    await new CloudFormationClient({}).send(new DeleteStackCommand({ StackName: life.stack, RetainResources }));
  }
  expect(await holdings(life.names)).toEqual(held);
  expect(await standing(KEPT)).toEqual(kept);
});

/** Resources of these types beyond the bootstrap. */
async function standing(types: readonly string[]): Promise<string[]> {
  return beyond(await takeListing(), account.baseline).filter((one) => types.includes(one.split(' ')[0] ?? ''));
}

/** Type and logical id of what CloudFormation could not delete the last time. */
async function refused(): Promise<[string, string][]> {
  const wanted = new DescribeStackEventsCommand({ StackName: life.stack });
  const { StackEvents = [] } = await new CloudFormationClient({}).send(wanted);
  const ofStack = (status: string) => (event: StackEvent) =>
    event.ResourceType === 'AWS::CloudFormation::Stack' && event.ResourceStatus === status;
  // The newest event comes first.
  return StackEvents.slice(0, StackEvents.findIndex(ofStack('DELETE_IN_PROGRESS')))
    .filter((event) => event.ResourceStatus === 'DELETE_FAILED' && !ofStack('DELETE_FAILED')(event))
    .map(({ ResourceType = '', LogicalResourceId = '' }) => [ResourceType, LogicalResourceId]);
}
