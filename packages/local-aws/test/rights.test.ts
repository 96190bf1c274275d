import { Account, type Resources } from './support/account';
import { allowing, awsCall, functionWith } from './support/resources';

let account: Account;

beforeAll(async () => {
  account = await Account.open({ usedBefore: true });
});

afterAll(() => account.aws.stop());

const policy = (PolicyDocument: Resources = allowing('logs:CreateLogGroup')) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'policy', PolicyDocument, Roles: [{ Ref: 'Role' }] },
});
const call = (logGroupName: string, DependsOn: string[]) =>
  awsCall('cloudwatch-logs', 'CreateLogGroup', { logGroupName }, { DependsOn });
/** Takes as long as it takes. */
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

describe('a right that was given just before', () => {
  it('is not in force when the function of a custom resource is called at once', async () => {
    const resources = { ...functionWith({}), Policy: policy(), Call: call('at-once', ['Policy']) };
    expect(await account.create('at-once', resources)).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('at-once'))['Call']).toMatch(
      /AccessDenied.*User: arn:aws:sts::123456789012:assumed-role\/.+ is not authorized to perform: logs:CreateLogGroup/,
    );
  });

  it('is in force once something slow was made', async () => {
    const resources = { ...functionWith({}), Policy: policy(), Slow, Call: call('slow', ['Policy', 'Slow']) };
    expect(await account.create('slow', resources)).toBe('CREATE_COMPLETE');
  });

  it('is not in force where it was given only after something slow', async () => {
    const Policy = { ...policy(), DependsOn: 'Slow' };
    const resources = { ...functionWith({}), Slow, Policy, Call: call('late', ['Policy']) };
    expect(await account.create('late', resources)).toBe('ROLLBACK_COMPLETE');
  });

  it('is not in force when an update adds it, or changes it', async () => {
    const standing = functionWith({});
    const withCall = (Policy: Resources, name: string) => ({ ...standing, Policy, Call: call(name, ['Policy']) });
    expect(await account.create('update', standing)).toBe('CREATE_COMPLETE');
    expect(await account.update('update', withCall(policy(), 'update'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.update('update', { ...standing, Policy: policy() })).toBe('UPDATE_COMPLETE');
    account.aws.wait(30);
    expect(await account.update('update', withCall(policy(), 'update'))).toBe('UPDATE_COMPLETE');
    const wider = policy(allowing('logs:CreateLogGroup', 'logs:PutRetentionPolicy'));
    const More = call('update-more', ['Policy']);
    expect(await account.update('update', { ...withCall(wider, 'update'), More })).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('counts for the object that it names only', async () => {
    const put = (Key: string, DependsOn: string[]) =>
      awsCall('s3', 'PutObject', { Bucket: 'objects', Key }, { DependsOn });
    const on = (folder: string) => ({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:Put*', Resource: `arn:aws:s3:::objects/${folder}/*` },
    });
    const standing = {
      ...functionWith({ Policies: [{ PolicyName: 'one', PolicyDocument: on('one') }] }),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'objects' } },
      Slow,
    };
    const ready = ['Bucket', 'Slow'];
    expect(await account.create('objects', { ...standing, One: put('one/', ready) })).toBe('CREATE_COMPLETE');
    const Two = put('two/', [...ready, 'Policy']);
    const update = { ...standing, One: put('one/', ready), Policy: policy(on('two')), Two };
    expect(await account.update('objects', update)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('of a policy within the role is in force by the time that a function has been made', async () => {
    const role = { Policies: [{ PolicyName: 'inline', PolicyDocument: allowing('logs:*') }] };
    expect(await account.create('inline', { ...functionWith(role), Call: call('inline', []) })).toBe('CREATE_COMPLETE');
  });

  it('of a managed policy is not in force at once, either', async () => {
    const managed = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: allowing('logs:CreateLogGroup'), Roles: [{ Ref: 'Role' }] },
    };
    const resources = { ...functionWith({}), Policy: managed, Call: call('managed', ['Policy']) };
    expect(await account.create('managed', resources)).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('managed'))['Call']).toContain('AccessDenied');
  });
});
