import { dev } from '@infra/testing/configs';
import { addRehearsalEnvironment, REHEARSAL } from '@infra/rehearse/environment';
import { readRows } from '@infra/rehearse/page';
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
 * `rehearse` is killed at another stage, and the next call goes on where it ended. The keys of a step are explained in support/live.ts.
 */

addRehearsalEnvironment();
const life = new Life(REHEARSAL, dev);
const rehearsing = new Rehearsing(life);
const { batch: batchLogs } = life.names.logGroups;

/**
 * Resources that stay, as docs/operating.md says: those of the stack CDKToolkit, whose qualifier is `hnb659fds` by default, and
 * an earlier revision of the job definition, which its update keeps for waiting jobs.
 */
const STAYS = /CDKToolkit|cdk-hnb659fds|cdk-bootstrap|job-definition\/prooflink-rehearsal-user-import:\d+$/;

/** A dev that the team deploys to the same account, with one resource, and the tag of every stack of this app. */
const TEAMS_DEV = {
  StackName: 'ProoflinkDev',
  TemplateBody: JSON.stringify({
    Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/ecs/prooflink-dev-app' } } },
  }),
  Tags: [{ Key: 'Project', Value: 'ProofLink' }],
};

/** Registry that is left after the first deletion. */
const LEFTOVER = 'prooflink-rehearsal-leftover';

/** Compares the account's resources with those before the first call. */
async function expectNothingLeft(): Promise<void> {
  const added = addedResources(await takeListing(), life.baseline);
  expect(added.filter((resource) => !STAYS.test(resource))).toEqual([]);
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

/** Kills a call once it has begun a stage, and the stack has a status; expects the stages that it has begun. */
async function kill(stages: readonly string[], status?: string, ...options: string[]): Promise<void> {
  const words = beginOf(stages.at(-1) ?? '');
  const { output } = await rehearsing.interrupt({ signal: 'SIGKILL', status, words }, ...options);
  expect(stagesIn(output)).toEqual(stages);
}

live(life, [
  {
    name: 'a local AWS starts, in an account that was used before',
    calls: [() => life.start({ usedBefore: true })],
    check: async () => {
      life.baseline = await takeListing();
    },
  },
  {
    name: 'a call that is killed before anything is deployed leaves nothing but what it had begun in the report',
    calls: [() => kill(['prepare'])],
    check: () => {
      expect(rehearsing.report()).toMatch(/^\| prepare .* \| not ended \|$/m);
    },
  },
  {
    name: 'a call that is killed while the stack is created leaves a stack whose creation goes on',
    calls: [() => kill(['prepare', 'deploy'], 'CREATE_IN_PROGRESS')],
    check: async () => {
      expect((await life.describe())?.StackStatus).toBe('CREATE_IN_PROGRESS');
    },
  },
  {
    name: 'the next call waits for the stack, deploys what is there already, and is killed while CloudFormation releases',
    calls: [() => kill(['deploy', 'release'], 'UPDATE_IN_PROGRESS')],
  },
  {
    name: 'the next call releases again, and is killed while it imports; the next one imports, and keeps the stack',
    calls: [
      () => kill(['release', 'import']),
      async () => {
        expect(stagesIn(await callUntilEnd(0, '--until', 'import', '--keep'))).toEqual(['import']);
      },
    ],
    status: 'UPDATE_COMPLETE',
  },
  importsFromItsPage(life),
  opensInBrowser(life),
  {
    name: 'a drift that nobody made refutes its row, and the rehearsal goes on, although it is killed when it compares',
    calls: [
      // As if AWS read another retention back than the template's.
      () => sdk.logs.putRetentionPolicy({ logGroupName: life.names.logGroups.app, retentionInDays: 5 }),
      () => kill(['drift']),
      () => {
        rehearsing.healFailingImage();
      },
      () => kill(['drift', 'failedRelease']),
    ],
  },
  {
    name: 'a failed release that is not rolled back refutes its row, and the next stage is killed while it stops the web tasks',
    calls: [() => kill(['failedRelease', 'stopAndStart'])],
  },
  {
    name: 'Ctrl-C ends the next call with 3, and it says how to go on and how to destroy what costs money',
    calls: [
      async () => {
        const { exitCode, output } = await rehearsing.interrupt({ signal: 'SIGINT', words: beginOf('stopAndStart') });
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
    name: 'schedules with the role and the target of the stack’s own stop and start it; a call that is killed asks it once more',
    calls: [() => kill(['stopAndStart', 'doctor'])],
  },
  {
    name: 'a call that is killed while it destroys the stack leaves a deletion that goes on',
    calls: [
      // As if the deletion left a registry, which the next call finds by its name.
      () => sdk.ecr.createRepository({ repositoryName: LEFTOVER }),
      () => kill(['doctor', 'destroy'], 'DELETE_IN_PROGRESS'),
    ],
  },
  {
    name: 'the next call deploys once more, which fails if a name is still taken, and is killed while the stack is created',
    calls: [
      () => kill(['destroy', 'deployAgain'], 'CREATE_IN_PROGRESS'),
      () => sdk.ecr.deleteRepository({ repositoryName: LEFTOVER }),
      // Before the CDK CLI has asked for the deletion.
      () => kill(['deployAgain', 'destroyAgain']),
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
    name: '--destroy destroys the rehearsal’s stack, although it is killed once, and leaves ProoflinkDev as it is',
    unchanged: async () => {
      const { StackEvents = [] } = await sdk.cloudFormation.describeStackEvents({ StackName: TEAMS_DEV.StackName });
      const { logGroups = [] } = await sdk.logs.describeLogGroups({ logGroupNamePrefix: '/ecs/prooflink-dev' });
      return [StackEvents.length, logGroups];
    },
    calls: [
      () => kill(['destroyAgain'], 'DELETE_IN_PROGRESS', '--destroy'),
      () => life.waitForOperation(),
      async () => {
        expect(await callUntilEnd(0, '--destroy')).toContain('nothing is to be destroyed');
      },
    ],
  },
  {
    name: 'nothing is left in the account but what docs/operating.md names: no resource goes on to cost money',
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
    name: 'the report has all stages of the killed calls, the rows that were refuted with AWS’s words, and what was seen',
    calls: [],
    check: () => {
      const report = rehearsing.report();
      const rowsBetween = (heading: string, end: string): string[] => {
        const [chapter = ''] = report.slice(report.indexOf(heading)).split(end);
        return [...chapter.matchAll(/^- `([\w-]+)`/gm)].map(([, row = '']) => row);
      };
      expect(rowsBetween('## Refuted', '## Seen')).toEqual([
        'no-drift-after-deploy',
        'failed-release-rolled-back',
        'deletion-leaves-nothing',
      ]);
      expect(rowsBetween('## Seen', '## Evidence')).toEqual(
        expect.arrayContaining([
          'values-accepted',
          'change-by-hand-reverted',
          'schedules-stop-and-start',
          'second-life',
        ]),
      );
      expect(report).toMatch(/RetentionInDays/);
    },
  },
  {
    name: 'each stage has observed only the claims about AWS that docs/first-deploy.md assigns to it',
    calls: [],
    check: () => {
      const observed = rehearsing.records().flatMap(({ stage, result }) => {
        const rows = [...(result?.seen ?? []), ...(result?.refuted ?? []).map(({ row }) => row)];
        return rows.map((row) => ({ stage, row }));
      });
      expect(observed).not.toEqual([]);
      const stagesByRow = new Map(readRows('en').map(({ id, stages }) => [id, stages]));
      const unexpected = observed.filter(({ stage, row }) => !stagesByRow.get(row)?.includes(`\`${stage}\``));
      expect(unexpected).toEqual([]);
    },
  },
]);
