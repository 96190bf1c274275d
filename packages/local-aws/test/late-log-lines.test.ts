import { Account, type Resources } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { allowing, awsCall, functionWith } from './support/resources';

const account = Account.shared({ usedBefore: true });

const managed = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] };
const inline = (...actions: string[]) => ({ Policies: [{ PolicyName: 'logs', PolicyDocument: allowing(...actions) }] });

/** Function that logs to a group of the stack. */
function idle(name: string, role: Resources): Resources {
  return { Log: logGroup(name), ...functionWith(role, { LoggingConfig: { LogGroup: { Ref: 'Log' } } }) };
}

/** The same with a custom resource that invokes it. */
function running(name: string, role: Resources): Resources {
  return { ...idle(name, role), Call: awsCall('sts', 'GetCallerIdentity', {}) };
}

describe('the last log lines of a deleted function', () => {
  it.each([
    ['a managed policy', 'managed', managed],
    ['an inline policy', 'inline', inline('logs:*')],
  ])('recreate its log group if %s allows it, so that the stack cannot be created again', async (_, name, role) => {
    await account.deploy(name, running(name, role));
    expect(await account.remove(name)).toBeUndefined();
    expect(await groups(account, name)).toEqual({ [name]: undefined });
    await account.refuses('create', name, running(name, role), { Log: 'already exists' });
  });

  it.each([
    ['without logs:CreateLogGroup', running('none', inline('logs:CreateLogStream', 'logs:PutLogEvents'))],
    ['if the function never ran', idle('none', managed)],
  ])('recreate nothing %s', async (_, resources) => {
    for (let time = 0; time < 2; time++) {
      await account.deploy('none', resources);
      expect(await account.remove('none')).toBeUndefined();
      expect(await groups(account, 'none')).toEqual({});
    }
  });
});
