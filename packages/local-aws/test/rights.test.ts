import { Account, type Resources } from './support/account';
import { allowing, awsCall, databaseIn, functionWith } from './support/resources';

const account = Account.shared({ usedBefore: true });

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

describe('a new permission', () => {
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
