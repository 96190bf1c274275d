import { FIRST_DEPLOY_ROWS, type FirstDeployRow } from '../../tools/operate/rehearse/report/first-deploy-rows';
import { opensInBrowser } from './support/browser';
import { bucketOf, leaveData } from './support/holdings';
import { Life } from './support/life';
import { beyond, takeListing } from './support/listing';
import { live } from './support/live';
import { Rehearsing } from './support/rehearsing';
import { sdk } from './support/sdk';
import { importsFromItsPage } from './support/serving';
import { expectListingToSee } from './support/steps';

const life = new Life('rehearsal');
const rehearsing = new Rehearsing(life);
const { batch: batchLogs } = life.names.logGroups;

/** The stack CDKToolkit with its resources, which stays for the next deployment. */
const TOOLKIT = /CDKToolkit|cdk-hnb659fds|cdk-bootstrap/;

async function expectNothingLeft(): Promise<void> {
  const left = beyond(await takeListing(), life.baseline);
  expect(left.filter((resource) => !TOOLKIT.test(resource))).toEqual([]);
}

/** Calls it to its end. */
async function expectEnd(exitCode: number, ...options: string[]): Promise<string> {
  const ended = await rehearsing.call(...options);
  if (ended.exitCode !== exitCode)
    throw new Error(`It ended with ${String(ended.exitCode)}:\n${ended.output.slice(-6000)}`);
  return ended.output;
}

/** Stages that a call has begun. */
function stagesIn(output: string): string[] {
  return [...output.matchAll(/^== (\w+)$/gm)].map(([, stage = '']) => stage);
}

/** The team's dev, as small as it can be. */
const DEV = {
  StackName: 'ProoflinkDev',
  TemplateBody: JSON.stringify({
    Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/ecs/prooflink-dev-app' } } },
  }),
  Tags: [{ Key: 'Project', Value: 'ProofLink' }],
};

live(life, [
  {
    name: 'a local AWS starts, in an account that was used before',
    calls: [() => life.start({ usedBefore: true })],
    check: async () => {
      life.baseline = await takeListing();
    },
  },
  {
    name: 'killed while the stack is created, it leaves a stack that goes on by itself',
    calls: [
      () => rehearsing.interrupt({ signal: 'SIGKILL', status: 'CREATE_IN_PROGRESS', words: '== deploy' }),
      async () => {
        expect((await life.describe())?.StackStatus).toBe('CREATE_IN_PROGRESS');
      },
    ],
  },
  {
    name: 'the next call waits for the stack, and pushes images; it is killed while it releases them',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({
          signal: 'SIGKILL',
          status: 'UPDATE_IN_PROGRESS',
          words: '3/4 Deploy',
        });
        expect(stagesIn(output)).toEqual(['images', 'release']);
        expect(output).toMatch(/Goes on with the rehearsal \S+, from images on/);
      },
    ],
  },
  {
    name: 'the next call releases again, and imports users: what the first deploy brings is there',
    calls: [
      async () => {
        expect(stagesIn(await expectEnd(0, '--until', 'import'))).toEqual(['release', 'import']);
      },
    ],
    status: 'UPDATE_COMPLETE',
  },
  importsFromItsPage(life),
  opensInBrowser(life),
  {
    name: 'a change by hand is seen and reverted; it is killed while a release that fails is rolled back',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({
          signal: 'SIGKILL',
          status: 'UPDATE_ROLLBACK_IN_PROGRESS',
          words: '== failedRelease',
        });
        expect(stagesIn(output)).toEqual(['changeByHand', 'drift', 'failedRelease']);
      },
    ],
  },
  {
    name: 'Ctrl-C stops it, and it says how to go on and how to destroy what is deployed',
    calls: [
      async () => {
        const { exitCode, output } = await rehearsing.interrupt({ signal: 'SIGINT', words: '== stopAndStart' });
        expect(stagesIn(output)).toEqual(['failedRelease', 'stopAndStart']);
        expect(output).toContain('To go on: npm run prooflink -- rehearse 123456789012\n');
        expect(output).toContain('To destroy it: npm run prooflink -- rehearse 123456789012 --destroy\n');
        expect(exitCode).toBe(3);
      },
    ],
  },
  {
    name: 'the listing sees all that a deletion has to delete, versions and delete markers among it',
    calls: [
      () =>
        sdk.s3.putBucketVersioning({ Bucket: bucketOf(life.names), VersioningConfiguration: { Status: 'Enabled' } }),
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
    name: 'killed while it destroys the stack, it leaves a deletion that goes on by itself',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({ signal: 'SIGKILL', status: 'DELETE_IN_PROGRESS' });
        expect(stagesIn(output)).toEqual(['stopAndStart', 'firstContact', 'destroy']);
      },
    ],
  },
  {
    name: 'the next call deploys once more from nothing; it is killed meanwhile',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({ signal: 'SIGKILL', status: 'CREATE_IN_PROGRESS' });
        expect(stagesIn(output)).toEqual(['deployAgain']);
        await life.rest();
      },
    ],
    status: 'CREATE_COMPLETE',
  },
  {
    name: 'beside a ProoflinkDev that somebody has deployed meanwhile it does not go on, and says so',
    calls: [
      () => sdk.cloudFormation.createStack(DEV),
      async () => {
        expect(await expectEnd(2)).toContain('has the stack ProoflinkDev in ap-northeast-1 (CREATE_COMPLETE)');
      },
    ],
    status: 'CREATE_COMPLETE',
  },
  {
    name: '--destroy destroys its own stack, and ProoflinkDev survives, untouched',
    same: async () => {
      const { StackEvents = [] } = await sdk.cloudFormation.describeStackEvents({ StackName: DEV.StackName });
      const { logGroups = [] } = await sdk.logs.describeLogGroups({ logGroupNamePrefix: '/ecs/prooflink-dev' });
      return [StackEvents.length, logGroups];
    },
    calls: [
      async () => {
        expect(await expectEnd(0, '--destroy')).toContain('ProoflinkRehearsal is destroyed.');
      },
      async () => {
        expect(await expectEnd(0, '--destroy')).toContain('nothing is to be destroyed');
      },
    ],
  },
  {
    name: 'nothing is left in the account but the stack CDKToolkit; a leftover would be seen',
    calls: [() => sdk.cloudFormation.deleteStack({ StackName: DEV.StackName })],
    check: async () => {
      await expectNothingLeft();
      await sdk.logs.createLogGroup({ logGroupName: batchLogs });
      await expect(expectNothingLeft()).rejects.toThrow(`AWS::Logs::LogGroup ${batchLogs}`);
      await sdk.logs.deleteLogGroup({ logGroupName: batchLogs });
    },
  },
  {
    name: 'its report has what was seen, and refutes nothing',
    calls: [],
    check: () => {
      const report = rehearsing.report();
      const [, afterRefuted = ''] = report.split('## Refuted');
      const [refuted = '', afterSeen = ''] = afterRefuted.split('## Seen');
      expect(refuted.trim()).toBe('None.');
      const [seen = ''] = afterSeen.split('## Stages');
      const rows = [...seen.matchAll(/^- `([\w-]+)`/gm)].map(([, row = '']) => row);
      expect(rows).toEqual(
        expect.arrayContaining([
          'no-drift-after-deploy',
          'change-by-hand-reverted',
          'failed-release-rolled-back',
          'stop-and-start',
        ]),
      );
    },
  },
  {
    name: 'each stage observes rows that the page says it can see',
    calls: [],
    check: () => {
      const observed = rehearsing.records().flatMap(({ stage, observations }) => {
        return observations.map(({ row }) => ({ stage, row }));
      });
      expect(observed).not.toEqual([]);
      const unexpected = observed.filter(({ stage, row }) => {
        const { rehearsal }: FirstDeployRow = FIRST_DEPLOY_ROWS[row];
        return !('stages' in rehearsal) || !rehearsal.stages.includes(stage);
      });
      expect(unexpected).toEqual([]);
    },
  },
]);
