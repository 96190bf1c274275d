import { reviewResource } from './support/assemblies';

const resource = (type: string) => (properties: object) => ({ Type: type, Properties: properties });

const database = resource('AWS::RDS::DBInstance');
const container = (properties: object) => {
  return resource('AWS::ECS::TaskDefinition')({ ContainerDefinitions: [{ Name: 'web', ...properties }] });
};

it('a password that comes from a plain parameter has words of its own', () => {
  const { stdout } = reviewResource(
    database({ MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}' }),
    database({ MasterUserPassword: '{{resolve:ssm:/db/password}}' }),
  );
  expect(stdout).toMatch(/- ⚠️[^\n]*The value comes from a plain parameter instead of a secret/);
});

it('a file system that becomes read-only is harmless', () => {
  const { stdout } = reviewResource(container({}), container({ ReadonlyRootFilesystem: true }));
  expect(stdout).toContain('No data is at risk');
});

it('a pattern of list actions takes every resource, and means the account', () => {
  const policy = (actions: string[]) => {
    const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
    return resource('AWS::IAM::Policy')({ Roles: ['r'], PolicyDocument: { Statement: [statement] } });
  };
  const { stdout } = reviewResource(policy([]), policy(['organizations:List*']));
  expect(stdout).toContain('Newly allowed: `organizations:List*` on `*`.');
  expect(stdout).not.toContain('not limited');
});
