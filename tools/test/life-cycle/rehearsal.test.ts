import { FIRST_DEPLOY_ROWS, type FirstDeployRow } from '../../operate/rehearse/report/first-deploy-rows';
import { dev } from '../../../test/support/configs';
import { addRehearsalEnvironment, REHEARSAL } from '../../operate/rehearse/environment';
import { opensInBrowser } from './support/browser';
import { bucketOf, leaveData } from './support/holdings';
import { Life } from './support/life';
import { addedResources, takeListing } from './support/listing';
import { live } from './support/live';
import { Rehearsing } from './support/rehearsing';
import { sdk } from './support/sdk';
import { importsFromItsPage } from './support/serving';
import { expectListingToSee } from './support/steps';

/*
 * A rehearsal deploys a copy of dev to an account of its own, uses it, and destroys it (docs/first-deploy.md). Here each call of
 * `rehearse` is killed at another stage, and the next call goes on where it ended. A call gets its signal once the stack has
 * the `status` and the call has printed the `words`. The keys of a step are explained in support/live.ts.
 */

addRehearsalEnvironment();
const life = new Life(REHEARSAL, dev);
const rehearsing = new Rehearsing(life);
const { batch: batchLogs } = life.names.logGroups;

/** Resources of the stack CDKToolkit, which stay for the next deployment; `hnb659fds` is the CDK's default qualifier. */
const TOOLKIT = /CDKToolkit|cdk-hnb659fds|cdk-bootstrap/;

/** A dev that the team deploys to the same account, with one resource, and the tag of every stack of this app. */
const TEAMS_DEV = {
  StackName: 'ProoflinkDev',
  TemplateBody: JSON.stringify({
    Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/ecs/prooflink-dev-app' } } },
  }),
  Tags: [{ Key: 'Project', Value: 'ProofLink' }],
};

/** Compares the account's resources with those before the first call. */
async function expectNothingLeft(): Promise<void> {
  const added = addedResources(await takeListing(), life.baseline);
  expect(added.filter((resource) => !TOOLKIT.test(resource))).toEqual([]);
}

/** Calls `rehearse` to its end, which must have this exit code; returns what it prints. */
async function callUntilEnd(expectedExitCode: number, ...options: string[]): Promise<string> {
  const { exitCode, output } = await rehearsing.call(...options);
  if (exitCode !== expectedExitCode) {
    throw new Error(`It ended with ${String(exitCode)}:\n${output.slice(-6000)}`);
  }
  return output;
}

/** Stages that a call has begun, by the line that it prints at each one's begin. */
function stagesIn(output: string): string[] {
  return [...output.matchAll(/^== (\w+)$/gm)].map(([, stage = '']) => stage);
}

/** Line that a call prints when it begins a stage. */
const beginOf = (stage: string): string => `== ${stage}`;

/** Line with which `release` begins its deployment. */
const RELEASE_DEPLOYS = '3/4 Deploy';

live(life, [
  {
    name: 'a local AWS starts, in an account that was used before',
    calls: [() => life.start({ usedBefore: true })],
    check: async () => {
      life.baseline = await takeListing();
    },
  },
  {
    name: 'a call that is killed while the stack is created leaves a stack whose creation goes on',
    calls: [
      () => rehearsing.interrupt({ signal: 'SIGKILL', status: 'CREATE_IN_PROGRESS', words: beginOf('deploy') }),
      async () => {
        expect((await life.describe())?.StackStatus).toBe('CREATE_IN_PROGRESS');
      },
    ],
  },
  {
    name: 'the next call waits for the stack and pushes images, and is killed during the release',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({
          signal: 'SIGKILL',
          status: 'UPDATE_IN_PROGRESS',
          words: RELEASE_DEPLOYS,
        });
        expect(stagesIn(output)).toEqual(['images', 'release']);
        expect(output).toMatch(/Goes on with the rehearsal \S+, from images on/);
      },
    ],
  },
  {
    name: 'the next call releases again and imports users, and ends where it was told to',
    calls: [
      async () => {
        expect(stagesIn(await callUntilEnd(0, '--until', 'import'))).toEqual(['release', 'import']);
      },
    ],
    status: 'UPDATE_COMPLETE',
  },
  importsFromItsPage(life),
  opensInBrowser(life),
  {
    name: 'the next call finds and reverts a change by hand, and is killed while ECS rolls a failed release back',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({
          signal: 'SIGKILL',
          status: 'UPDATE_ROLLBACK_IN_PROGRESS',
          words: beginOf('failedRelease'),
        });
        expect(stagesIn(output)).toEqual(['changeByHand', 'drift', 'failedRelease']);
      },
    ],
  },
  {
    name: 'Ctrl-C ends the next call with 3, and it says how to go on and how to destroy what costs money',
    calls: [
      async () => {
        const { exitCode, output } = await rehearsing.interrupt({ signal: 'SIGINT', words: beginOf('stopAndStart') });
        expect(stagesIn(output)).toEqual(['failedRelease', 'stopAndStart']);
        expect(output).toContain('To go on: npm run prooflink -- rehearse 123456789012\n');
        expect(output).toContain('To destroy it: npm run prooflink -- rehearse 123456789012 --destroy\n');
        expect(exitCode).toBe(3);
      },
    ],
  },
  {
    name: 'before the deletion, the listing has each resource of the stack, and the bucket has versions and delete markers',
    // S3 deletes no bucket that has any of them: the rehearsal's deletion has to delete them first.
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
    name: 'a call that is killed while it destroys the stack leaves a deletion that goes on',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({ signal: 'SIGKILL', status: 'DELETE_IN_PROGRESS' });
        // The stage firstContact asks AWS for what only a deployed environment proves, such as that log lines arrive.
        expect(stagesIn(output)).toEqual(['stopAndStart', 'firstContact', 'destroy']);
      },
    ],
  },
  {
    name: 'the next call deploys once more, which fails if a name is still taken, and is killed while the stack is created',
    calls: [
      async () => {
        const { output } = await rehearsing.interrupt({ signal: 'SIGKILL', status: 'CREATE_IN_PROGRESS' });
        expect(stagesIn(output)).toEqual(['deployAgain']);
        await life.waitForOperation();
      },
    ],
    status: 'CREATE_COMPLETE',
  },
  {
    name: 'a call beside a ProoflinkDev that was deployed meanwhile ends with 2, and touches nothing',
    calls: [
      () => sdk.cloudFormation.createStack(TEAMS_DEV),
      async () => {
        expect(await callUntilEnd(2)).toContain('has the stack ProoflinkDev in ap-northeast-1 (CREATE_COMPLETE)');
      },
    ],
    status: 'CREATE_COMPLETE',
  },
  {
    name: '--destroy destroys the rehearsal’s stack, twice without an error, and leaves ProoflinkDev as it is',
    unchanged: async () => {
      const { StackEvents = [] } = await sdk.cloudFormation.describeStackEvents({ StackName: TEAMS_DEV.StackName });
      const { logGroups = [] } = await sdk.logs.describeLogGroups({ logGroupNamePrefix: '/ecs/prooflink-dev' });
      return [StackEvents.length, logGroups];
    },
    calls: [
      async () => {
        expect(await callUntilEnd(0, '--destroy')).toContain('ProoflinkRehearsal is destroyed.');
      },
      async () => {
        expect(await callUntilEnd(0, '--destroy')).toContain('nothing is to be destroyed');
      },
    ],
  },
  {
    name: 'nothing is left in the account but the stack CDKToolkit: no resource goes on to cost money',
    calls: [() => sdk.cloudFormation.deleteStack({ StackName: TEAMS_DEV.StackName })],
    check: expectNothingLeft,
  },
  {
    name: 'a resource that was left behind would be seen',
    calls: [],
    check: async () => {
      await sdk.logs.createLogGroup({ logGroupName: batchLogs });
      await expect(expectNothingLeft()).rejects.toThrow(`AWS::Logs::LogGroup ${batchLogs}`);
      await sdk.logs.deleteLogGroup({ logGroupName: batchLogs });
    },
  },
  {
    name: 'the report lists the claims about AWS, rows of docs/first-deploy.md, that were seen to hold, and refutes none',
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
    name: 'each stage has observed only the claims about AWS that docs/first-deploy.md assigns to it',
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
