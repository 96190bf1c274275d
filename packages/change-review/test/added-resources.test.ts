import {
  mostUrgentLevel,
  resource,
  review,
  reviewResource,
  reviewStack,
  withoutDetails,
  writeAssembly,
} from './support/assemblies';

const added = (type: string, properties: object = {}) => reviewResource(undefined, resource(type, properties)).stdout;

const DATABASE = 'AWS::RDS::DBInstance';

describe("an added resource is judged against AWS's defaults", () => {
  it('a database that is public, unencrypted and without backups says all three', () => {
    const stdout = added(DATABASE, { PubliclyAccessible: true, StorageEncrypted: false, BackupRetentionPeriod: 0 });
    expect(mostUrgentLevel(stdout)).toBe('weaker');
    expect(stdout).toContain('It gets a public IP address.');
    expect(stdout).toContain('Its data is not encrypted (`StorageEncrypted`).');
    expect(stdout).toContain('No automated backups are made of it.');
  });

  it('a value that is left out is its default', () => {
    expect(added(DATABASE)).toContain('Its data is not encrypted (`StorageEncrypted`).');
  });

  it('a database from a snapshot takes its encryption from there', () => {
    expect(added(DATABASE, { DBSnapshotIdentifier: 'nightly' })).not.toContain('not encrypted');
  });

  it('a safe database is only added', () => {
    const stdout = added(DATABASE, { StorageEncrypted: true, EngineVersion: '16', DeletionProtection: false });
    expect(stdout).toContain('👀 **`Thing` (`AWS::RDS::DBInstance`)**: Added.\n');
  });

  it('a bucket that can be made public is no harmless one', () => {
    const stdout = added('AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicPolicy: false } });
    expect(withoutDetails(stdout)).toContain(
      '⚠️ **`Thing` (`AWS::S3::Bucket`)**: Added. Block Public Access is not fully',
    );
  });
});

it('what does nothing alone is folded', () => {
  const stdout = added('AWS::SNS::Topic');
  expect(mostUrgentLevel(stdout)).toBe('harmless');
  expect(stdout).toContain('Added.');
});

describe('a deployment of an API', () => {
  const deployment = (id: string, api = 'Api') => ({
    resources: { [id]: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: api } }) },
  });

  it('that follows another one is expected', () => {
    const { stdout } = reviewStack(deployment('One'), deployment('Two'));
    expect(mostUrgentLevel(stdout)).toBe('harmless');
    expect(stdout).toContain(
      'Removed. Each deployment that changes it makes another deployment of the API, as expected.',
    );
  });

  it('that goes without another one of the same API is to check', () => {
    const { stdout } = reviewStack(deployment('One'), deployment('Two', 'OtherApi'));
    expect(mostUrgentLevel(stdout)).toBe('look');
  });
});

describe('the same finding in two stacks', () => {
  const functionWith = (runtime: string) => ({
    resources: { Function: resource('AWS::Lambda::Function', { Runtime: runtime }) },
  });
  const assembly = (dev: string, prod: string) =>
    writeAssembly({ stacks: { Dev: functionWith(dev), Prod: functionWith(prod) } });

  it('is one, which names both', () => {
    const { stdout } = review(assembly('nodejs20.x', 'nodejs20.x'), assembly('nodejs24.x', 'nodejs24.x'), {
      markdown: true,
    });
    expect(stdout.match(/^- .*The runtime of the code changes/gm)).toHaveLength(1);
    expect(stdout).toContain('**`Function` (`AWS::Lambda::Function`), also in `Prod`**: The runtime');
    expect(stdout).toContain('**Shared with `Dev`**: Listed there, and the same here: 1 finding.');
  });

  it('is two if a value differs', () => {
    const { stdout } = review(assembly('nodejs20.x', 'nodejs22.x'), assembly('nodejs24.x', 'nodejs24.x'), {
      markdown: true,
    });
    expect(stdout.match(/^- .*The runtime of the code changes/gm)).toHaveLength(2);
  });
});

it('advice is given where there is something to do', () => {
  const table = (type: string) => resource('AWS::EC2::RouteTable', { VpcId: type });
  expect(reviewResource(table('a'), undefined).stdout).not.toContain('Do: ');
  expect(added('AWS::RDS::DBInstance', { PubliclyAccessible: true })).toContain('Do: ');
});
