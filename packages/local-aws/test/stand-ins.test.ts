import { Account, type Resources } from './support/account';
import { describeDatabase } from './support/databases';
import { databaseIn, functionWith } from './support/resources';

/** A cache, of types that the server has no model of. */
const CACHE: Resources = {
  Subnets: {
    Type: 'AWS::ElastiCache::SubnetGroup',
    Properties: { Description: 'Private subnets', SubnetIds: ['subnet-1'] },
  },
  Cache: {
    Type: 'AWS::ElastiCache::ServerlessCache',
    Properties: { ServerlessCacheName: 'sessions', Engine: 'valkey', SubnetIds: ['subnet-1'] },
    DependsOn: 'Subnets',
  },
};

const OUTPUTS = {
  Name: { Value: { Ref: 'Cache' } },
  Host: { Value: { 'Fn::GetAtt': ['Cache', 'Endpoint.Address'] } },
  Port: { Value: { 'Fn::GetAtt': ['Cache', 'Endpoint.Port'] } },
  Arn: { Value: { 'Fn::GetAtt': ['Cache', 'ARN'] } },
};

const account = Account.shared({ standIns: true, usedBefore: true });

test('a type without a model gets a stand-in with the names that AWS would give', async () => {
  // One unknown type would otherwise end the deployment of all others.
  expect(await account.create('cache', CACHE, { Outputs: OUTPUTS })).toBe('CREATE_COMPLETE');
  expect(account.aws.standIns()).toEqual(['AWS::ElastiCache::ServerlessCache', 'AWS::ElastiCache::SubnetGroup']);
  expect(await account.outputs('cache')).toEqual({
    Name: 'sessions',
    // No program may take it for a server that answers.
    Host: 'sessions.address.invalid',
    Port: '0',
    Arn: 'arn:aws:elasticache:ap-northeast-1:123456789012:serverlesscache/sessions',
  });
});

test('a stand-in is changed and deleted with its stack', async () => {
  const { Subnets } = CACHE;
  expect(await account.update('cache', { Subnets })).toBe('UPDATE_COMPLETE');
  expect(account.aws.standIns()).toEqual(['AWS::ElastiCache::SubnetGroup']);
  expect(await account.remove('cache')).toBeUndefined();
  expect(account.aws.standIns()).toEqual([]);
});

test('an attribute that the type does not have is refused, as on AWS', async () => {
  const outputs = { Outputs: { Wrong: { Value: { 'Fn::GetAtt': ['Cache', 'Hostname'] } } } };
  expect(await account.create('wrong', CACHE, outputs)).toBe('ROLLBACK_COMPLETE');
});

test('a type that CloudFormation does not know is refused', async () => {
  // A misspelled one would pass here, and fail on AWS.
  const misspelled = { Cache: { Type: 'AWS::ElastiCache::Serverless', Properties: {} } };
  await account.refusesCreation('misspelled', misspelled, { Cache: 'Unrecognized resource types' });
});

describe('a property that the server does not know', () => {
  it('has no effect, and is named with its type, and is no drift', async () => {
    // One new property of a database would otherwise end the deployment of all others.
    await account.deploy(
      'ignored',
      databaseIn('ignored', {
        AssociatedRoles: [{ FeatureName: 's3Import', RoleArn: 'arn:aws:iam::123456789012:role/none' }],
      }),
    );
    expect(account.aws.ignoredProperties()).toEqual(['AWS::RDS::DBInstance.AssociatedRoles']);
    expect(await describeDatabase(account, 'ignored')).toMatchObject({ DBInstanceStatus: 'available' });
    const drift = { StackName: 'ignored', LogicalResourceId: 'Database' };
    expect(await account.cloudFormation.detectStackResourceDrift(drift)).toMatchObject({
      StackResourceDrift: { StackResourceDriftStatus: 'IN_SYNC' },
    });
  });

  it('is refused if its type does not have it, as on AWS', async () => {
    await account.refusesCreation('unknown', databaseIn('unknown', { Multiple: true }), {
      Database: '#: extraneous key [Multiple] is not permitted',
    });
  });
});

test('a model of moto’s that fails is a stand-in', async () => {
  // moto's own model does not find the function.
  const Version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'missing' } };
  await account.deploy('version', { Version });
  expect(account.aws.standIns()).toEqual(['AWS::Lambda::Version']);
  expect(await account.remove('version')).toBeUndefined();
  expect(account.aws.standIns()).toEqual([]);
});

test('a read replica is a database of its own, with the settings of its source, and ends without a snapshot', async () => {
  const { Database, ...network } = databaseIn('source', { BackupRetentionPeriod: 1 });
  const Replica = {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBInstanceIdentifier: 'replica',
      SourceDBInstanceIdentifier: { Ref: 'Database' },
      DBInstanceClass: 'db.t4g.small',
      StorageEncrypted: true,
      DeletionProtection: true,
    },
    DeletionPolicy: 'Snapshot',
  };
  await account.deploy('replicated', { ...network, Database, Replica });
  expect(await describeDatabase(account, 'replica')).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: 'source',
    DBInstanceClass: 'db.t4g.small',
    Engine: 'postgres',
    DeletionProtection: true,
  });
  expect(await describeDatabase(account, 'source')).toMatchObject({
    ReadReplicaDBInstanceIdentifiers: ['replica'],
    DBInstanceClass: 'db.t4g.micro',
    DeletionProtection: false,
  });
  const changed = { ...Replica, Properties: { ...Replica.Properties, DeletionProtection: false } };
  expect(await account.update('replicated', { ...network, Database, Replica: changed })).toBe('UPDATE_COMPLETE');
  expect(await account.remove('replicated')).toBeUndefined();
});

test('a method of API Gateway is a stand-in, whose line says that it invokes nothing', async () => {
  const RestApiId = { Ref: 'Api' };
  const functionArn = { 'Fn::GetAtt': ['Function', 'Arn'] };
  const integrationUri = ['arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/', functionArn];
  await account.deploy('api', {
    ...functionWith({}),
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId,
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: { 'Fn::Join': ['', [...integrationUri, '/invocations']] },
        },
      },
    },
  });
  expect(account.aws.standIns()).toContain('AWS::ApiGateway::Method');
  expect(await account.remove('api')).toBeUndefined();
});
