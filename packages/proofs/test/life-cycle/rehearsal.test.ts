import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { addRehearsalEnvironment, REHEARSAL } from '@infra/rehearse/environment';
import { readRows } from '@infra/rehearse/page';
import { dev } from '@infra/testing/configs';
import { bucketOf, leaveData } from './support/holdings';
import { Life } from './support/life';
import { addedResources, takeListing } from './support/listing';
import { live } from './support/live';
import { Rehearsing } from './support/rehearsing';
import { sdk } from './support/sdk';

/*
 * A rehearsal deploys a copy of dev to an account of its own, uses it, and destroys it (docs/first-deploy.md). Here a call is
 * interrupted once, goes on, and finds something that its first deletion has left. The keys of a step: support/live.ts.
 */

addRehearsalEnvironment();
const life = new Life(REHEARSAL, dev);
const rehearsing = new Rehearsing(life);

/**
 * Resources that stay, as docs/operating.md says: those of the stack CDKToolkit, whose qualifier is `hnb659fds` by default, and
 * an earlier revision of the job definition, which its update keeps for waiting jobs.
 */
const STAYS = /CDKToolkit|cdk-hnb659fds|cdk-bootstrap|job-definition\/prooflink-rehearsal-user-import:\d+$/;

/** A dev that the team deploys to the same account. */
const TEAMS_DEV = {
  StackName: 'ProoflinkDev',
  TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
};

/** Registry that is left after the first deletion. */
const LEFTOVER = 'prooflink-rehearsal-leftover';

/** Resources of the account, beside those that it had before and those that stay. */
async function leftResources(): Promise<string[]> {
  const added = addedResources(await takeListing(), life.baseline);
  return added.filter((resource) => !STAYS.test(resource));
}

/** Stages that a call has begun, by the line that it prints at each one's begin. */
function stagesIn(output: string): string {
  return [...output.matchAll(/^== (\w+)$/gm)].map(([, stage = '']) => stage).join(' ');
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
    name: 'a call beside a team’s ProoflinkDev ends with 2, and touches nothing',
    preparations: [() => sdk.cloudFormation.createStack(TEAMS_DEV)],
    calls: [() => rehearsing.call(2)],
    prints: 'has the stack ProoflinkDev in ap-northeast-1 (CREATE_COMPLETE)',
    unchanged: takeListing,
    check: () => sdk.cloudFormation.deleteStack({ StackName: TEAMS_DEV.StackName }),
  },
  {
    name: 'Ctrl-C while the stack is created ends the call with 3, and it says how to go on and how to destroy it',
    calls: [() => rehearsing.interrupt('CREATE_IN_PROGRESS', 3)],
    check: (printed) => {
      const command = `npm run prooflink -- rehearse ${LOCAL_ACCOUNT}`;
      expect(printed).toContain(`To go on: ${command}\nTo destroy it: ${command} --destroy\n`);
      expect(stagesIn(printed)).toBe('prepare deploy');
    },
  },
  {
    name: 'the next call goes on where that one has ended, and keeps the stack as it is told to',
    calls: [() => rehearsing.call(0, '--until', 'import', '--keep')],
    status: 'UPDATE_COMPLETE',
    check: (printed) => {
      expect(stagesIn(printed)).toBe('deploy release import');
    },
  },
  {
    name: 'the next call goes on with the same stack to the end, which is red for a registry that both deletions leave',
    preparations: [
      // S3 deletes no bucket that has versions or delete markers: the deletion has to delete them first.
      () =>
        sdk.s3.putBucketVersioning({ Bucket: bucketOf(life.names), VersioningConfiguration: { Status: 'Enabled' } }),
      () => leaveData(life.names),
      () => sdk.ecr.createRepository({ repositoryName: LEFTOVER }),
    ],
    calls: [() => rehearsing.call(1)],
    check: async (printed) => {
      expect(stagesIn(printed)).toBe('drift failedRelease doctor destroy deployAgain destroyAgain');
      expect(await leftResources()).toEqual([`AWS::ECR::Repository ${LEFTOVER}`]);
    },
  },
  {
    name: 'the report has the refuted row by name, what was seen, and only claims that docs/first-deploy.md assigns to a stage',
    calls: [],
    check: () => {
      const rows = [...rehearsing.report().matchAll(/^([\w-]+): (confirmed|refuted) by (\w+)$/gm)];
      const rowsWith = (verdict: string) => rows.filter((row) => row[2] === verdict).map(([, id]) => id);
      expect(rowsWith('refuted')).toEqual(['deletion-leaves-nothing']);
      expect(rehearsing.report()).toMatch(/^ {4}still there.*AWS::S3::Bucket.*: prooflink-rehearsal-leftover$/m);
      expect(rehearsing.report()).toMatch(/^ {4}not asked for.*: .*AWS::RDS::DBInstance/m);
      expect(rowsWith('confirmed')).toEqual(
        expect.arrayContaining([
          'values-accepted',
          'no-drift-after-deploy',
          'change-by-hand-reverted',
          'failed-release-rolled-back',
          'second-life',
        ]),
      );
      const stagesByRow = new Map(readRows('en').map(({ id, stages }) => [id, stages]));
      expect(rows.filter(([, id = '', , stage]) => !stagesByRow.get(id)?.includes(`\`${stage}\``))).toEqual([]);
    },
  },
  {
    name: '--destroy destroys the stack that another rehearsal has kept, and nothing else is left that could cost money',
    preparations: [() => sdk.ecr.deleteRepository({ repositoryName: LEFTOVER })],
    calls: [() => rehearsing.call(0, '--until', 'deploy', '--keep'), () => rehearsing.call(0, '--destroy')],
    check: async (printed) => {
      expect(stagesIn(printed)).toBe('prepare deploy destroy');
      expect(await leftResources()).toEqual([]);
    },
  },
]);
