import { opensInBrowser } from './support/browser';
import { bucketOf, leaveData } from './support/holdings';
import { Life } from './support/life';
import { beyond, takeListing } from './support/listing';
import { live } from './support/live';
import { commandsOf, readPage, runCommands } from './support/pages';
import { sdk } from './support/sdk';
import { serves } from './support/serving';
import { deploy, expectListingToSee, FIRST, prepared, releases } from './support/steps';

const life = new Life('dev');
const { app: appLogs, batch: batchLogs } = life.names.logGroups;

async function expectNothingLeft(): Promise<void> {
  expect(await life.left()).toEqual([]);
  expect(beyond(life.baseline, await takeListing())).toEqual([]);
}

live(life, [
  ...prepared(life),
  {
    name: 'the first deploy, with empty registries: the stack is deployed, and no task wants to run',
    calls: [deploy()],
    ...FIRST,
  },
  ...releases(life),
  ...serves(life),
  opensInBrowser(life),
  {
    name: 'the listing sees all that cdk destroy has to delete, versions and delete markers among it',
    calls: [
      () =>
        sdk.s3.putBucketVersioning({ Bucket: bucketOf(life.names), VersioningConfiguration: { Status: 'Enabled' } }),
      () => sdk.logs.deleteLogGroup({ logGroupName: appLogs }),
      () => sdk.logs.createLogGroup({ logGroupName: appLogs }),
      () => leaveData(life.names),
    ],
    check: async () => {
      const { Versions = [], DeleteMarkers = [] } = await sdk.s3.listObjectVersions({ Bucket: bucketOf(life.names) });
      expect(Versions.filter(({ IsLatest }) => !IsLatest)).not.toEqual([]);
      expect(DeleteMarkers).not.toEqual([]);
      await expectListingToSee(life);
    },
  },
  {
    name: 'cdk destroy leaves nothing of it, once the page’s command has deregistered what imports ran with',
    calls: [
      ['cdk', 'destroy'],
      async () => {
        const kinds = (await life.left()).map((one) => one.split(' ')[0]);
        expect(new Set(kinds)).toEqual(new Set(['AWS::Batch::JobDefinition']));
      },
      () => {
        const commands = commandsOf(readPage('docs/operating.md'), 'Teardown');
        return runCommands('Teardown', commands, { env: life.aws.env, strict: true });
      },
    ],
    check: expectNothingLeft,
  },
  {
    name: 'a leftover would be seen',
    calls: [() => sdk.logs.createLogGroup({ logGroupName: batchLogs })],
    check: async () => {
      await expect(expectNothingLeft()).rejects.toThrow(`AWS::Logs::LogGroup ${batchLogs}`);
      await sdk.logs.deleteLogGroup({ logGroupName: batchLogs });
    },
  },
]);
