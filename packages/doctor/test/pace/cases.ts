import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { clock } from '@infra/commands/clock';
import { command } from '@infra/testing/prooflink';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { deployedResourcesOf } from '@infra/operate/deployed/deployed-resources';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { runDrift } from '../../src/drift/drift';
import { iam, logs } from '../health/clients';
import { runHealth } from '../../src/health/health';
import { Part, stackId } from '@infra/commands/app';
import { sample } from '@infra/local/programs';
import { type Dev, names, startDev } from '@infra/local/test/support/running-dev';

let dev: Awaited<ReturnType<typeof startDev>>;

/** Time that work takes on AWS, in seconds. */
async function secondsFor<Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const start = clock.now();
  const result = await work();
  return { seconds: (clock.now() - start) / 1000, result };
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const byHand = { RoleName: names.roles.ecsTask, PolicyName: 'by-hand' };

/** Cases of commands on a dev that takes as long as on AWS, on the clock of the commands. */
export function pacedCases(
  faults: readonly ('hanging' | 'denied')[],
  furtherCases: (dev: Dev) => void = () => undefined,
): void {
  beforeAll(async () => {
    dev = await startDev();
    await dev.release('v1');
    await iam.putRolePolicy({ ...byHand, PolicyDocument: JSON.stringify(everything) });
    await logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 1 });
    dev.aws.keepAwsPace();
  }, 240_000);

  afterAll(async () => {
    await dev.stop();
  });

  it('a limit that is a fifth too short ends a comparison, and one that is a fifth longer does not', async () => {
    const resources = deployedResourcesOf(environmentOf(await readStack('dev')));
    const LogicalResourceId = resources.find(({ path }) => path === Part.vpc.path)?.logicalId;
    const compare = (limitSeconds = Infinity) => {
      const endMs = clock.now() + limitSeconds * 1000;
      const deadline = { remainingMs: () => Math.floor(Math.min(endMs - clock.now(), 60_000)) };
      const client = awsClient(CloudFormation, { deadline });
      return client.detectStackResourceDrift({ StackName: stackId('dev'), LogicalResourceId });
    };
    const { seconds } = await secondsFor(compare);
    expect(seconds).toBeGreaterThan(1);
    await expect(compare(seconds * 0.8)).rejects.toMatchObject({ name: 'TimeoutError' });
    await compare(seconds * 1.2);
  });

  it('doctor compares everything in a time of its own, and finds a policy *:*', async () => {
    const { seconds, result } = await secondsFor(() => runHealth('dev', 'doctor'));
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(130);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('by-hand');
    expect(result.stdout).not.toContain('Not compared');
  });

  it.each(faults)(
    'doctor does not say "well" if each comparison by CloudFormation is %s: the first lines say what is missing',
    async (fault) => {
      await iam.deleteRolePolicy(byHand);
      await logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 3 });
      dev.aws.fault({ DetectStackResourceDrift: fault });
      const { exitCode, stdout } = await runHealth('dev', 'doctor');
      dev.aws.fault({});
      await iam.putRolePolicy({ ...byHand, PolicyDocument: JSON.stringify(everything) });
      await logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 1 });
      expect(exitCode).toBe(2);
      const right = /^Not looked at for lack of rights: DetectStackResourceDrift\.\n/;
      expect(stdout.replace(fault === 'denied' ? right : '', '')).toMatch(/^dev could not be asked for everything\.\n/);
    },
  );

  it('drift takes its time, and finds both changes', async () => {
    const { seconds, result } = await secondsFor(() => runDrift(stackId('dev')));
    expect(seconds).toBeGreaterThan(15);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('by-hand');
    expect(result.stdout).toContain('RetentionInDays');
    expect(result.stdout).not.toContain('Could not be compared');
  });

  it('revert-drift waits for the change set, and shows all that it executes', async () => {
    const { seconds, result } = await secondsFor(() => command('revert-drift', 'dev', '--yes'));
    expect(seconds).toBeGreaterThan(20);
    expect(result.exitCode).toBe(0);
    const [plan = '', execution = ''] = result.stderr.split('ProoflinkDev UPDATE_IN_PROGRESS\n', 2);
    expect(plan).toContain('Web/Logs (AWS::Logs::LogGroup): RetentionInDays `1` → `3`');
    expect(plan).toMatch(/^CloudFormation also names these, .* 965\): FileStorage\/Bucket$/m);
    expect(execution).toMatch(/FileStorageBucket\w+ UPDATE_COMPLETE/);
  });

  it('release waits for minutes', async () => {
    await Promise.all([dev.push.app('v2', sample.web('v2')), dev.push.batch('v2')]);
    const { seconds, result } = await secondsFor(() => command('release', 'dev', '--app', 'v2'));
    expect(result).toMatchObject({ exitCode: 0 });
    expect(seconds).toBeGreaterThan(120);
  });

  it('start waits for the database', async () => {
    dev.aws.keepAwsPace(false);
    await command('stop', 'dev');
    dev.aws.keepAwsPace();
    const { seconds, result } = await secondsFor(() => command('start', 'dev'));
    expect(result).toMatchObject({ exitCode: 0 });
    expect(seconds).toBeGreaterThan(180);
  });

  furtherCases(() => dev);
}
