import { reviewStack } from './support/assemblies';

interface NamedResource {
  readonly title: string;
  readonly type: string;
  readonly nameProperty: string;
  readonly parentProperty: string;
}

const UNIQUE_WITHIN_PARENT: readonly NamedResource[] = [
  {
    title: 'an alias is unique within its function, which a generated ARN does not say',
    type: 'AWS::Lambda::Alias',
    nameProperty: 'Name',
    parentProperty: 'FunctionName',
  },
  {
    title: 'a stage is identified together with its API',
    type: 'AWS::ApiGateway::Stage',
    nameProperty: 'StageName',
    parentProperty: 'RestApiId',
  },
  {
    title: 'an index is unique within its bucket, which has a name or an ARN',
    type: 'AWS::S3Vectors::Index',
    nameProperty: 'IndexName',
    parentProperty: 'VectorBucketArn',
  },
];

describe.each(UNIQUE_WITHIN_PARENT)('$title', ({ type, nameProperty, parentProperty }) => {
  const resource = (parent: string) => ({
    Type: type,
    Properties: { [nameProperty]: 'PROD', [parentProperty]: { Ref: parent } },
  });

  it('the same name below another parent is free', () => {
    const base = { resources: { One: resource('FirstParent') } };
    const head = { resources: { One: resource('FirstParent'), Two: resource('SecondParent') } };
    expect(reviewStack(base, head).stdout).not.toContain('is still in use');
  });

  it('the resource moves to another parent under its name', () => {
    const base = { resources: { One: resource('FirstParent') } };
    const head = { resources: { One: resource('SecondParent') } };
    expect(reviewStack(base, head).stdout).not.toContain('is still in use');
  });

  it('the same name below the same parent is taken', () => {
    const base = { resources: { One: resource('FirstParent') } };
    const head = { resources: { Two: resource('FirstParent') } };
    const { exitCode, stdout } = reviewStack(base, head);
    expect(stdout).toContain(`\`${nameProperty}\` \`PROD\` is still in use by \`One\``);
    expect(exitCode).toBe(3);
  });
});

it('a property that describes a named resource does not make its name free', () => {
  const parameterGroup = (family: string) => ({
    Type: 'AWS::RDS::DBParameterGroup',
    Properties: { DBParameterGroupName: 'main', Family: family, Description: 'x' },
  });
  const base = { resources: { One: parameterGroup('postgres15') } };
  const head = { resources: { Two: parameterGroup('postgres16') } };
  expect(reviewStack(base, head).stdout).toContain('is still in use by `One`');
});
