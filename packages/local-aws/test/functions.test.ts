import { once } from 'node:events';
import { connect } from 'node:net';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { logGroup, logGroupNames } from './support/log-groups';
import { allowing, awsCall, databaseIn, functionWith, logGroupCall, roleAllowing, trusting } from './support/resources';

const account = Account.shared({ usedBefore: true });

/** Policy that allows actions on the objects of S3 whose ARN matches. */
function allowingObjects(action: string, objects: string): Resources {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: `arn:aws:s3:::${objects}` }],
  };
}

describe('a custom resource', () => {
  const s3 = new S3(account.client);

  beforeAll(() => s3.createBucket({ Bucket: 'files' }));

  /** Object in a bucket that a custom resource puts and deletes. */
  function keptObject(key: string): Resources {
    return awsCall({
      client: 's3',
      command: 'PutObject',
      undo: 'DeleteObject',
      parameters: { Bucket: 'files', Key: key },
      physicalId: key,
    });
  }

  /** Properties of the function's role. */
  function roleOn(objects: string): Resources {
    return {
      Policies: [
        { PolicyName: 's3', PolicyDocument: allowingObjects('s3:*Object', objects) },
        { PolicyName: 'logs', PolicyDocument: allowing('logs:*') },
      ],
    };
  }

  async function keysInBucket(): Promise<unknown[]> {
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'files' });
    return Contents.map(({ Key }) => Key);
  }

  describe('whose function succeeds', () => {
    const withObject = (key: string) => ({ ...functionWith(roleOn('files/*')), Kept: keptObject(key) });

    beforeAll(async () => {
      const Outputs = {
        Id: { Value: { Ref: 'Kept' } },
        Name: { Value: { 'Fn::GetAtt': ['Kept', 'Name'] } },
      };
      expect(await account.create('custom', withObject('one'), { Outputs })).toBe('CREATE_COMPLETE');
    });

    it('is created by it', async () => {
      expect(await keysInBucket()).toEqual(['one']);
    });

    it('has the physical id and the attributes of its response', async () => {
      expect(await account.outputs('custom')).toEqual({ Id: 'one', Name: 'it is one' });
    });

    it('has its output in a log group of Lambda', async () => {
      const [logGroupName] = await logGroupNames(account, '/aws/lambda/custom');
      const logs = new CloudWatchLogs(account.client);
      const { events = [] } = await logs.filterLogEvents({ logGroupName });
      expect(events.map(({ message }) => message)).toContain('Create one');
    });

    it('is replaced by an update whose response has another physical id: the old one is deleted', async () => {
      expect(await account.update('custom', withObject('two'))).toBe('UPDATE_COMPLETE');
      expect(await keysInBucket()).toEqual(['two']);
    });

    it('is deleted by it', async () => {
      expect(await account.remove('custom')).toBeUndefined();
      expect(await keysInBucket()).toEqual([]);
    });
  });

  // `select` takes none of a process's files above the first 1,024, and a suite of tests opens as many connections.
  it('is created while clients have more connections than that', async () => {
    const { port } = new URL(account.aws.endpoint);
    const connections = Array.from({ length: 1100 }, () => connect(Number(port), '127.0.0.1'));
    for (const connection of connections) connection.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    // The server has accepted those that it answers.
    await Promise.all(connections.map((connection) => once(connection, 'data')));
    await account.deploy('crowded', { ...functionWith(roleOn('files/*')), Kept: keptObject('crowded') });
    expect(await account.remove('crowded')).toBeUndefined();
    for (const connection of connections) connection.destroy();
  }, 60_000);

  it('fails if its function lacks a permission', async () => {
    const resources = { ...functionWith(roleOn('files/other')), Kept: keptObject('one') };
    await account.refusesCreation('denied', resources, { Kept: 'Message returned: AccessDenied' });
    expect(await keysInBucket()).toEqual([]);
  });

  it('fails if its role does not trust Lambda', async () => {
    const role = { ...roleOn('files/*'), AssumeRolePolicyDocument: trusting('ec2.amazonaws.com') };
    const resources = { ...functionWith(role), Kept: keptObject('one') };
    await account.refusesCreation('distrusted', resources, { Kept: 'does not trust lambda.amazonaws' });
    expect(await keysInBucket()).toEqual([]);
  });
});

/** Policy that is attached to the role of the function. */
function policy(PolicyDocument: Resources, dependsOn?: string): Resources {
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'policy', PolicyDocument, Roles: [{ Ref: 'Role' }] },
    DependsOn: dependsOn,
  };
}

describe('a new permission of a function', () => {
  const DENIED = 'is not authorized to perform: logs:CreateLogGroup';
  const createLogGroup = allowing('logs:CreateLogGroup');

  /** Database alone: its creation takes longer than a permission needs to take effect. */
  const Slow = databaseIn('slow', {
    DBInstanceIdentifier: undefined,
    DBSubnetGroupName: undefined,
    VPCSecurityGroups: undefined,
  }).Database;

  it('is not in force for a call right after it, although a slow resource came before', async () => {
    const resources = { Slow, Policy: policy(createLogGroup, 'Slow'), Call: logGroupCall('late', 'Policy') };
    await account.refusesCreation('late', { ...functionWith({}), ...resources }, { Call: DENIED });
    const { Call } = await account.failures('late');
    expect(Call).toMatch(/AccessDenied.*User: arn:aws:sts::123456789012:assumed-role\/.+ is not/);
  });
});

describe('the last log lines of a deleted function', () => {
  const managedPolicy = {
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
  };

  /** Function that logs to a log group of the stack, and that nothing invokes. */
  function idleFunction(logGroupName: string, role: Resources): Resources {
    return {
      Log: logGroup(logGroupName),
      ...functionWith(role, { LoggingConfig: { LogGroup: { Ref: 'Log' } } }),
    };
  }

  /** The same with a custom resource that invokes it. */
  function invokedFunction(logGroupName: string, role: Resources): Resources {
    return {
      ...idleFunction(logGroupName, role),
      Call: awsCall({ client: 'sts', command: 'GetCallerIdentity', parameters: {} }),
    };
  }

  it('recreate its log group if a managed policy allows it: the stack cannot be created again', async () => {
    const resources = invokedFunction('last-lines', managedPolicy);
    await account.deploy('last-lines', resources);
    expect(await account.remove('last-lines')).toBeUndefined();
    expect(await logGroupNames(account, 'last-lines')).toEqual(['last-lines']);
    await account.refusesCreation('last-lines', resources, { Log: 'already exists' });
  });

  it.each([
    {
      title: 'without logs:CreateLogGroup',
      resources: invokedFunction('none', roleAllowing('logs:CreateLogStream', 'logs:PutLogEvents')),
    },
    {
      title: 'if the function never ran',
      resources: idleFunction('none', managedPolicy),
    },
  ])('recreate nothing $title: the stack can be created again', async ({ resources }) => {
    await account.deploy('none', resources);
    expect(await account.remove('none')).toBeUndefined();
    expect(await logGroupNames(account, 'none')).toEqual([]);

    await account.deploy('none', resources);
    expect(await account.remove('none')).toBeUndefined();
    expect(await logGroupNames(account, 'none')).toEqual([]);
  });
});
