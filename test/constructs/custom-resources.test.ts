import { at, deployed } from '../support/deployed';
import { type TestEnvironment, testEnvironments } from '../support/environments';

const all = Object.keys(testEnvironments) as TestEnvironment[];

test.each([
  ['dev', 3],
  ['prod', 30],
] as const)(
  '%s: the functions behind custom resources log to one group that ends after %i days',
  (environment, days) => {
    const group = `/aws/lambda/prooflink-${environment}-custom-resources`;
    const functions = deployed(environment).all('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const { properties } of functions) expect(properties['LoggingConfig']).toEqual({ LogGroup: group });
    expect(deployed(environment).at('AWS::Logs::LogGroup', 'RetentionInDays', group)).toBe(days);
  },
);

describe.each(all)('%s', (environment) => {
  const stack = deployed(environment);
  const customResources = Object.values(stack.template.Resources).filter(({ Type }) => Type.startsWith('Custom::'));

  test('no function makes a log group: a late line would make a deleted one anew, and its name block the next deploy', () => {
    expect(JSON.stringify(stack.template)).not.toMatch(/logs:CreateLogGroup|AWSLambdaBasicExecutionRole/);
  });

  test('a function’s role has its rights from the start: a policy beside it would be minutes younger', () => {
    const service = 'AssumeRolePolicyDocument.Statement.0.Principal.Service';
    const roles = stack
      .all('AWS::IAM::Role')
      .filter(({ properties }) => at(properties, service) === 'lambda.amazonaws.com');
    const functions = stack.all('AWS::Lambda::Function').map(({ properties }) => properties['Role']);
    expect(roles.map(({ name }) => name).sort()).toEqual(functions.sort());
    const given = JSON.stringify(stack.all('AWS::IAM::Policy').map(({ properties }) => properties['Roles']));
    for (const { name, properties } of roles) {
      expect(properties['Policies']).toHaveLength(1);
      expect(given).not.toContain(JSON.stringify(name));
    }
  });

  test('the functions are called once the database is there: rights that were just given are not in force yet', () => {
    const database = stack.one('AWS::RDS::DBInstance').logicalId;
    expect(customResources.length).toBeGreaterThanOrEqual(5);
    for (const { DependsOn } of customResources) expect(DependsOn).toContain(database);
  });
});
