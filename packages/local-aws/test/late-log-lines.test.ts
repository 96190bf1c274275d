import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Account, type Resources } from './support/account';
import { allowing, awsCall, functionWith, logGroup } from './support/resources';

let account: Account;

beforeAll(async () => {
  account = await Account.open({ usedBefore: true });
});

afterAll(() => account.aws.stop());

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/** A function that logs to a group of the stack, with a role of these rights. */
function idle(name: string, role: Resources): Resources {
  return { Log: logGroup(name), ...functionWith(role, { LoggingConfig: { LogGroup: { Ref: 'Log' } } }) };
}

/** The same, with a custom resource that lets it run. */
function running(name: string, role: Resources): Resources {
  return { ...idle(name, role), Call: awsCall('sts', 'GetCallerIdentity', {}) };
}

const inline = (...actions: string[]) => ({ Policies: [{ PolicyName: 'logs', PolicyDocument: allowing(...actions) }] });

async function groups(prefix: string): Promise<Record<string, number | undefined>> {
  const { logGroups = [] } = await new CloudWatchLogsClient(account.client).send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }),
  );
  return Object.fromEntries(logGroups.map((group) => [group.logGroupName ?? '', group.retentionInDays]));
}

describe('the last lines of a function that was deleted', () => {
  it.each([
    ['a policy of AWS', { ManagedPolicyArns: [BASIC] }],
    ['a policy of its own', inline('logs:*')],
  ])('make its log group anew where %s lets it, so that the stack cannot be created again', async (policy, role) => {
    const name = policy.replaceAll(' ', '-');
    expect(await account.create(name, running(name, role))).toBe('CREATE_COMPLETE');
    expect(await account.remove(name)).toBeUndefined();
    expect(await groups(name)).toEqual({ [name]: undefined });
    expect(await account.create(name, running(name, role))).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Log']).toContain('already exists');
  });

  it('make nothing where the function may only write, and where it never ran', async () => {
    const stacks = {
      writing: running('writing', inline('logs:CreateLogStream', 'logs:PutLogEvents')),
      idle: idle('idle', { ManagedPolicyArns: [BASIC] }),
    };
    for (const [name, each] of Object.entries(stacks)) {
      for (const time of ['first', 'second']) {
        expect([time, await account.create(name, each)]).toEqual([time, 'CREATE_COMPLETE']);
        expect(await account.remove(name)).toBeUndefined();
        expect(await groups(name)).toEqual({});
      }
    }
  });
});
