import { review, reviewStack, writeAssembly } from './support/assemblies';

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

describe('a new stack', () => {
  const role = (RoleName: unknown, attributes: object = {}) => ({
    resources: { Deployer: { Type: 'AWS::IAM::Role', Properties: { RoleName }, ...attributes } },
  });
  const newStack = (fixture: object, deployed: object = role('deployer')) => {
    const base = writeAssembly({ stacks: { Code: deployed } });
    return review(base, writeAssembly({ stacks: { Code: deployed, Prod: fixture } }), { markdown: true });
  };
  const taken = '`RoleName` `deployer` belongs to `Deployer` of the stack `Code` in the same account and region';

  it('fails if a stack that stays has its name', () => {
    const { stdout, exitCode } = newStack(role('deployer'));
    expect(stdout).toContain(taken);
    expect(exitCode).toBe(3);
  });

  it('fails if a stack has its name that the app leaves behind', () => {
    const base = writeAssembly({ stacks: { Code: role('deployer') } });
    const { stdout } = review(base, writeAssembly({ stacks: { Prod: role('deployer') } }), { markdown: true });
    expect(stdout).toContain(taken);
  });

  it('gets a name that the other stack gives up', () => {
    const base = writeAssembly({ stacks: { Code: role('deployer') } });
    const head = writeAssembly({ stacks: { Code: role('other'), Prod: role('deployer') } });
    expect(review(base, head, { markdown: true }).stdout).not.toContain('belongs to');
  });

  it.each([
    { title: 'in another region', fixture: { ...role('deployer'), environment: 'aws://123456789012/us-east-1' } },
    { title: 'under a condition', fixture: role('deployer', { Condition: 'IsFirst' }) },
    {
      title: 'named after itself',
      fixture: role({ Ref: 'AWS::StackName' }),
      deployed: role({ Ref: 'AWS::StackName' }),
    },
  ])('has its own name: $title', ({ fixture, deployed }) => {
    const { stdout, exitCode } = newStack(fixture, deployed);
    expect(stdout).toContain('it changes no resource of another stack');
    expect(stdout).not.toContain('belongs to');
    expect(exitCode).toBe(0);
  });

  it('says nothing of names where no account is known', () => {
    const unknown = { ...role('deployer'), environment: 'aws://unknown-account/unknown-region' };
    expect(newStack(unknown, unknown).stdout).not.toContain('belongs to');
  });
});
