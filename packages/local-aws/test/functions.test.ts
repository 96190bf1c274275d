import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { allowing, awsCall, databaseIn, functionWith, trusting } from './support/resources';

const account = Account.shared({ usedBefore: true });

describe('a custom resource', () => {
  const s3 = new S3(account.client);

  beforeAll(() => s3.createBucket({ Bucket: 'files' }));

  /** Custom resource that keeps an object in a bucket. */
  function resources({ Key = 'one', rightOn = '*', trusted = 'lambda.amazonaws.com' } = {}): Resources {
    const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
    const Statement = [allow('s3:*Object', `arn:aws:s3:::files/${rightOn}`), allow('logs:*', '*')];
    const Policies = [{ PolicyName: 'rights', PolicyDocument: { Version: '2012-10-17', Statement } }];
    return {
      ...functionWith({ Policies, AssumeRolePolicyDocument: trusting(trusted) }),
      Kept: awsCall('s3', 'PutObject', { Bucket: 'files', Key }, {}, { Id: Key, Undo: 'DeleteObject' }),
    };
  }

  async function keys(): Promise<unknown[]> {
    return ((await s3.listObjectsV2({ Bucket: 'files' })).Contents ?? []).map(({ Key }) => Key);
  }

  it('is created, updated and deleted by its function, which logs', async () => {
    const Outputs = { Id: { Value: { Ref: 'Kept' } }, Name: { Value: { 'Fn::GetAtt': ['Kept', 'Name'] } } };
    await account.create('ok', resources(), { Outputs });
    expect(await keys()).toEqual(['one']);
    expect(await account.outputs('ok')).toEqual({ Id: 'one', Name: 'it is one' });
    const [logGroupName] = Object.keys(await groups(account, '/aws/lambda/ok'));
    const { events = [] } = await new CloudWatchLogs(account.client).filterLogEvents({ logGroupName });
    expect(events.map(({ message }) => message)).toContain('Create one');

    // A new physical id is a replacement: the old resource is deleted.
    await account.update('ok', resources({ Key: 'two' }), { Outputs });
    expect(await keys()).toEqual(['two']);
    await account.remove('ok');
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['its function lacks a permission', 'denied', { rightOn: 'other' }, 'Message returned: AccessDenied'],
    ['its role does not trust Lambda', 'other', { trusted: 'ec2.amazonaws.com' }, 'does not trust lambda.amazonaws'],
  ])('fails if %s', async (_, name, variant, Kept) => {
    await account.refuses('create', name, resources(variant), { Kept });
    expect(await keys()).toEqual([]);
  });
});

describe('a new permission', () => {
  const Roles = [{ Ref: 'Role' }];
  const policy = (DependsOn: string[] | string = [], PolicyDocument = allowing('logs:CreateLogGroup')) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'policy', PolicyDocument, Roles },
    DependsOn,
  });
  const managed = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: allowing('logs:CreateLogGroup'), Roles },
  };
  const inline = { PolicyName: 'inline', PolicyDocument: allowing('logs:*') };
  const call = (logGroupName: string, ...DependsOn: string[]) =>
    awsCall('cloudwatch-logs', 'CreateLogGroup', { logGroupName }, { DependsOn });
  /** Resource whose creation takes longer than a right needs to take effect. */
  const Slow = databaseIn('slow', {
    DBInstanceIdentifier: undefined,
    DBSubnetGroupName: undefined,
    VPCSecurityGroups: undefined,
  })['Database'];

  const denied = 'is not authorized to perform: logs:CreateLogGroup';

  it.each([
    ['for an immediate call', 'at-once', { Policy: policy(), Call: call('at-once', 'Policy') }],
    ['if granted after a slow resource', 'late', { Slow, Policy: policy('Slow'), Call: call('late', 'Policy') }],
    ['in a managed policy, either', 'managed', { Policy: managed, Call: call('managed', 'Policy') }],
  ])('is not in force %s', async (_, name, resources) => {
    await account.refuses('create', name, { ...functionWith({}), ...resources }, { Call: denied });
    const { Call } = await account.failures(name);
    expect(Call).toMatch(/AccessDenied.*User: arn:aws:sts::123456789012:assumed-role\/.+ is not/);
  });

  it.each([
    ['after a slow resource', 'slow', {}, { Policy: policy(), Slow, Call: call('slow', 'Policy', 'Slow') }],
    ['in an inline policy once the function exists', 'inline', { Policies: [inline] }, { Call: call('inline') }],
  ])('is in force %s', async (_, name, role, resources) => {
    await account.deploy(name, { ...functionWith(role), ...resources });
  });

  it('is not in force right after an update', async () => {
    const base = functionWith({});
    const withCall = (Policy: Resources) => ({ ...base, Policy, Call: call('update', 'Policy') });
    await account.deploy('update', base);
    await account.refuses('update', 'update', withCall(policy()), { Call: denied });
    expect(await account.update('update', { ...base, Policy: policy() })).toBe('UPDATE_COMPLETE');
    account.aws.wait(30);
    expect(await account.update('update', withCall(policy()))).toBe('UPDATE_COMPLETE');
    const wider = withCall(policy(undefined, allowing('logs:CreateLogGroup', 'logs:PutRetentionPolicy')));
    await account.refuses('update', 'update', { ...wider, More: call('update-more', 'Policy') }, { More: denied });
  });

  it('applies to its object only', async () => {
    const put = (Key: string, ...DependsOn: string[]) =>
      awsCall('s3', 'PutObject', { Bucket: 'objects', Key }, { DependsOn });
    const on = (folder: string) => ({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:Put*', Resource: `arn:aws:s3:::objects/${folder}/*` },
    });
    const base = {
      ...functionWith({ Policies: [{ PolicyName: 'one', PolicyDocument: on('one') }] }),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'objects' } },
      Slow,
      One: put('one/', 'Bucket', 'Slow'),
    };
    await account.deploy('objects', base);
    const Two = put('two/', 'Bucket', 'Slow', 'Policy');
    const update = { ...base, Policy: policy(undefined, on('two')), Two };
    await account.refuses('update', 'objects', update, { Two: 'AccessDenied' });
  });
});

describe('the last log lines of a deleted function', () => {
  const managed = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] };
  const inline = (...actions: string[]) => ({
    Policies: [{ PolicyName: 'logs', PolicyDocument: allowing(...actions) }],
  });

  /** Function that logs to a group of the stack. */
  function idle(name: string, role: Resources): Resources {
    return { Log: logGroup(name), ...functionWith(role, { LoggingConfig: { LogGroup: { Ref: 'Log' } } }) };
  }

  /** The same with a custom resource that invokes it. */
  function running(name: string, role: Resources): Resources {
    return { ...idle(name, role), Call: awsCall('sts', 'GetCallerIdentity', {}) };
  }

  it.each([
    ['a managed policy', 'late-managed', managed],
    ['an inline policy', 'late-inline', inline('logs:*')],
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
