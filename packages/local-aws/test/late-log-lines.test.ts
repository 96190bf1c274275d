import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Account, type Resources } from './support/account';
import { allowing, awsCall, functionWith, logGroup } from './support/resources';

const account = Account.shared({ usedBefore: true });

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/** Function that logs to a group of the stack. */
function idle(name: string, role: Resources): Resources {
  return { Log: logGroup(name), ...functionWith(role, { LoggingConfig: { LogGroup: { Ref: 'Log' } } }) };
}

/** The same with a custom resource that invokes it. */
function running(name: string, role: Resources): Resources {
  return { ...idle(name, role), Call: awsCall('sts', 'GetCallerIdentity', {}) };
}

const inline = (...actions: string[]) => ({ Policies: [{ PolicyName: 'logs', PolicyDocument: allowing(...actions) }] });

async function groups(prefix: string): Promise<Record<string, number | undefined>> {
  const { logGroups = [] } = await new CloudWatchLogs(account.client).describeLogGroups({ logGroupNamePrefix: prefix });
  return Object.fromEntries(logGroups.map((group) => [group.logGroupName ?? '', group.retentionInDays]));
}

describe('the last log lines of a deleted function', () => {
  it.each([
    ['a managed policy', { ManagedPolicyArns: [BASIC] }],
    ['an inline policy', inline('logs:*')],
  ])('recreate its log group if %s allows it, so that the stack cannot be created again', async (policy, role) => {
    const name = policy.replaceAll(' ', '-');
    expect(await account.create(name, running(name, role))).toBe('CREATE_COMPLETE');
    expect(await account.remove(name)).toBeUndefined();
    expect(await groups(name)).toEqual({ [name]: undefined });
    expect(await account.create(name, running(name, role))).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Log']).toContain('already exists');
  });

  it('recreate nothing without logs:CreateLogGroup, or if the function never ran', async () => {
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
