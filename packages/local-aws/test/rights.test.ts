import { Account, type Resources } from './support/account';
import { allowing, awsCall, functionWith } from './support/resources';

const account = Account.shared({ usedBefore: true });

const policy = (DependsOn: string[] | string = [], PolicyDocument = allowing('logs:CreateLogGroup')) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'policy', PolicyDocument, Roles: [{ Ref: 'Role' }] },
  DependsOn,
});
const managed = {
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: allowing('logs:CreateLogGroup'), Roles: [{ Ref: 'Role' }] },
};
const inline = { PolicyName: 'inline', PolicyDocument: allowing('logs:*') };
const call = (logGroupName: string, DependsOn: string[]) =>
  awsCall('cloudwatch-logs', 'CreateLogGroup', { logGroupName }, { DependsOn });
/** Resource whose creation takes longer than a right needs to take effect. */
const Slow = {
  Type: 'AWS::RDS::DBInstance',
  Properties: {
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    AllocatedStorage: '20',
    MasterUsername: 'postgres',
    MasterUserPassword: 'only-of-a-test',
  },
};

describe('a new permission', () => {
  it.each([
    ['for an immediate call', 'at-once', { Policy: policy(), Call: call('at-once', ['Policy']) }],
    ['if granted after a slow resource', 'late', { Slow, Policy: policy('Slow'), Call: call('late', ['Policy']) }],
    ['in a managed policy, either', 'managed', { Policy: managed, Call: call('managed', ['Policy']) }],
  ])('is not in force %s', async (_, name, resources) => {
    expect(await account.create(name, { ...functionWith({}), ...resources })).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Call']).toMatch(
      /AccessDenied.*User: arn:aws:sts::123456789012:assumed-role\/.+ is not authorized to perform: logs:CreateLogGroup/,
    );
  });

  it.each([
    ['after a slow resource', 'slow', {}, { Policy: policy(), Slow, Call: call('slow', ['Policy', 'Slow']) }],
    ['in an inline policy once the function exists', 'inline', { Policies: [inline] }, { Call: call('inline', []) }],
  ])('is in force %s', async (_, name, role, resources) => {
    expect(await account.create(name, { ...functionWith(role), ...resources })).toBe('CREATE_COMPLETE');
  });

  it('is not in force right after an update', async () => {
    const base = functionWith({});
    const withCall = (Policy: Resources, name: string) => ({ ...base, Policy, Call: call(name, ['Policy']) });
    expect(await account.create('update', base)).toBe('CREATE_COMPLETE');
    expect(await account.update('update', withCall(policy(), 'update'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.update('update', { ...base, Policy: policy() })).toBe('UPDATE_COMPLETE');
    account.aws.wait(30);
    expect(await account.update('update', withCall(policy(), 'update'))).toBe('UPDATE_COMPLETE');
    const wider = policy(undefined, allowing('logs:CreateLogGroup', 'logs:PutRetentionPolicy'));
    const More = call('update-more', ['Policy']);
    expect(await account.update('update', { ...withCall(wider, 'update'), More })).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('applies to its object only', async () => {
    const put = (Key: string, DependsOn: string[]) =>
      awsCall('s3', 'PutObject', { Bucket: 'objects', Key }, { DependsOn });
    const on = (folder: string) => ({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:Put*', Resource: `arn:aws:s3:::objects/${folder}/*` },
    });
    const base = {
      ...functionWith({ Policies: [{ PolicyName: 'one', PolicyDocument: on('one') }] }),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'objects' } },
      Slow,
    };
    const ready = ['Bucket', 'Slow'];
    expect(await account.create('objects', { ...base, One: put('one/', ready) })).toBe('CREATE_COMPLETE');
    const Two = put('two/', [...ready, 'Policy']);
    const update = { ...base, One: put('one/', ready), Policy: policy(undefined, on('two')), Two };
    expect(await account.update('objects', update)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
