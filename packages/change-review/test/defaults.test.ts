import { isSecretName } from '@infra/common/secret-patterns';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { defaultOf } from '../src/read/defaults';
import { mostUrgentLevel, resource, reviewResource, withoutDetails } from './support/assemblies';

describe("AWS's default is known", () => {
  it.each([
    ['AWS::RDS::DBInstance', 'BackupRetentionPeriod', '1'],
    ['AWS::RDS::DBInstance', 'StorageEncrypted', 'false'],
    ['AWS::SQS::Queue', 'MessageRetentionPeriod', '345600'],
    ['AWS::CloudWatch::Alarm', 'TreatMissingData', 'missing'],
    ['AWS::CloudFront::Distribution', 'DistributionConfig.DefaultCacheBehavior.Compress', 'false'],
  ])('%s %s: %s', (type, path, value) => {
    expect(defaultOf(type, path)).toBe(value);
  });
});

describe('no default is taken from a documentation that', () => {
  it.each([
    // `Kinesis: Default 100`, `SQS: Default 10`.
    ['names several', 'AWS::Lambda::EventSourceMapping', 'BatchSize'],
    // `For existing services, if a desired count is not specified, it is omitted from the operation.`
    ['keeps what existing resources have', 'AWS::ECS::Service', 'DesiredCount'],
    // `The default is 1 day.`
    ['has another unit', 'AWS::SageMaker::TrainingJob', 'StoppingCondition.MaxRuntimeInSeconds'],
    ['names none', 'AWS::RDS::DBInstance', 'PubliclyAccessible'],
  ])('%s', (_, type, path) => {
    expect(defaultOf(type, path)).toBeUndefined();
  });
});

const alarm = (properties: object) => resource('AWS::CloudWatch::Alarm', properties);

it.each([
  ['written out', {}, { TreatMissingData: 'missing' }],
  ['left out', { TreatMissingData: 'missing' }, {}],
])('a default that is %s changes nothing', (_, before, after) => {
  const { stdout } = reviewResource(alarm(before), alarm(after));
  expect(mostUrgentLevel(stdout)).toBe('harmless');
});

it('another value than the default is still to check', () => {
  const { stdout } = reviewResource(alarm({}), alarm({ TreatMissingData: 'ignore' }));
  expect(withoutDetails(stdout)).toContain('`TreatMissingData`: not set → `ignore`');
});

it('no property whose schema lists its values is taken for a secret', () => {
  const database = loadAwsServiceSpecSync();
  const owners = [...database.all('resource'), ...database.all('typeDefinition')];
  const taken = owners.flatMap(({ properties }) => {
    const choices = Object.entries(properties).filter(([, { type }]) => {
      return type.type === 'string' && 'allowedValues' in type && type.allowedValues !== undefined;
    });
    return choices.map(([name]) => name).filter(isSecretName);
  });
  expect([...new Set(taken)]).toEqual([]);
});
