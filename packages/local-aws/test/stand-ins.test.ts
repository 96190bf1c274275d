import { Account, type Resources } from './support/account';

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

const account = Account.shared({ standIns: true });

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
