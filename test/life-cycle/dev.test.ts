import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListObjectVersionsCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { destroy } from '@infra/local-aws';
import { opensInBrowser } from './support/browser';
import { bucketOf, leaveData } from './support/holdings';
import { startsImports } from './support/imports';
import { Life } from './support/life';
import { beyond, type Listing, takeListing } from './support/listing';
import { commandsOf, readPage, runCommands } from './support/pages';
import { restartsByKey } from './support/restart';
import { followsRunbook } from './support/runbook';
import { serves } from './support/serving';
import {
  begin,
  changes,
  expectFirstDeploy,
  expectListingToSee,
  releases,
  survivesKills,
  survivesKillsOfTheFirstDeploy,
} from './support/steps';

const life = new Life('dev');
const account: { baseline: Listing } = { baseline: {} };

begin(life, account);

test('the first deploy, with empty registries: the stack stands, and no task wants to run', async () => {
  await life.deploy();
  await expectFirstDeploy(life);
});

releases(life);
serves(life);
opensInBrowser(life);
restartsByKey(life);
followsRunbook(life);
changes(life);
startsImports(life);
survivesKills(life);

test('the listing sees all that cdk destroy has to delete, versions and delete markers among it', async () => {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = bucketOf(life.names);
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await new CloudWatchLogsClient({}).send(new DeleteLogGroupCommand({ logGroupName: life.names.logGroups.app }));
  await new CloudWatchLogsClient({}).send(new CreateLogGroupCommand({ logGroupName: life.names.logGroups.app }));
  await leaveData(life.names);
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions.filter(({ IsLatest }) => !IsLatest).length).toBeGreaterThan(0);
  expect(DeleteMarkers.length).toBeGreaterThan(0);
  await expectListingToSee(life, account);
});

test('cdk destroy leaves nothing of it, once the page’s command has deregistered what imports ran with', async () => {
  await destroy(life.cdk(), life.stack);
  const kinds = beyond(await takeListing(), account.baseline).map((one) => one.split(' ')[0]);
  expect(new Set(kinds)).toEqual(new Set(['AWS::Batch::JobDefinition']));
  await runCommands('Teardown', commandsOf(readPage('docs/operating.md'), 'Teardown'), {
    env: life.aws.env,
    strict: true,
  });
  await expectNothingLeft();
});

test('a leftover would be seen', async () => {
  const logs = new CloudWatchLogsClient({});
  const leftover = { logGroupName: life.names.logGroups.batch };
  await logs.send(new CreateLogGroupCommand(leftover));
  await expect(expectNothingLeft()).rejects.toThrow(`AWS::Logs::LogGroup ${leftover.logGroupName}`);
  await logs.send(new DeleteLogGroupCommand(leftover));
});

survivesKillsOfTheFirstDeploy(life, { published: true });

test('cdk destroy leaves nothing of that one either', async () => {
  await destroy(life.cdk(), life.stack);
  await expectNothingLeft();
});

async function expectNothingLeft(): Promise<void> {
  const listing = await takeListing();
  expect(beyond(listing, account.baseline)).toEqual([]);
  expect(beyond(account.baseline, listing)).toEqual([]);
}
