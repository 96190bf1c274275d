import {
  allow,
  policy,
  resource,
  review,
  reviewResource,
  reviewStack,
  securityGroup,
  type StackFixture,
  tcp,
  writeAssembly,
} from './support/assemblies';

/** Conditions that are known at synth, and that a parameter decides. */
const IS_IRELAND = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] };
const isStage = (name: string) => ({ 'Fn::Equals': [{ Ref: 'Stage' }, name] });

/** A stack with a parameter. */
const withSize = (parameter: object) => ({ template: { Parameters: { Size: { Type: 'String', ...parameter } } } });

const UNKNOWN = 'aws://unknown-account/unknown-region';

const policyOn = (target: unknown) => policy(allow('s3:GetObject', target));

// A stack without a region does not know its partition either.
it('an ARN with the partition spelled out is the same as one with the pseudo parameter', () => {
  const written = { resources: { Policy: policyOn('arn:aws:s3:::bucket/*') }, environment: UNKNOWN };
  const composed = {
    resources: { Policy: policyOn({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::bucket/*' }) },
    environment: UNKNOWN,
  };
  const { stdout } = reviewStack(written, composed);
  expect(stdout).not.toContain('Newly allowed');
  expect(stdout).not.toContain('No longer allowed');
});

describe('a condition on what holds data', () => {
  const table = (more: object) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' }, ...more });
  const stack = (held: object) => ({
    resources: { Table: held },
    template: { Conditions: { IsProd: { 'Fn::Equals': ['a', { Ref: 'AWS::Region' }] } } },
  });

  it('leaves it outside the stack if its DeletionPolicy retains it', () => {
    const retained = { DeletionPolicy: 'Retain' };
    const { stdout, exitCode } = reviewStack(
      stack(table(retained)),
      stack(table({ ...retained, Condition: 'IsProd' })),
    );
    expect(stdout).toContain('If the condition `IsProd` is false: It is retained outside the stack (`Retain`)');
    expect(stdout).not.toContain('is deleted');
    expect(exitCode).toBe(4);
  });

  it('deletes it with its data otherwise', () => {
    const { stdout, exitCode } = reviewStack(stack(table({})), stack(table({ Condition: 'IsProd' })));
    expect(stdout).toContain('If the condition `IsProd` is false: It is deleted, and all of its data is lost');
    expect(exitCode).toBe(1);
  });
});

it('a parameter is no resource that the handler of a custom resource could delete', () => {
  const custom = (value: unknown) => resource('Custom::Thing', { ServiceToken: 'arn:f', Value: value });
  const stack = (value: unknown) => ({
    resources: { Custom: custom(value) },
    template: { Parameters: { Stage: { Type: 'String', Default: 'x' } } },
  });
  expect(reviewStack(stack({ Ref: 'Stage' }), {}).stdout).not.toContain('sends Delete');
});

// Whatever type its user gives it.
it('an AwsCustomResource without a call for Delete deletes nothing', () => {
  const call = (calls: object) => ({
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Call: resource('Custom::Seed', {
        ServiceToken: { 'Fn::GetAtt': ['AWS679f53fac002430cb0da5b7982bd22872D164C4C', 'Arn'] },
        Create: { Ref: 'Queue' },
        ...calls,
      }),
    },
  });
  expect(reviewStack(call({}), {}).stdout).not.toContain('sends Delete');
  expect(reviewStack(call({ Delete: '{}' }), {}).stdout).toContain('sends Delete');
});

// One branch has the value that the condition compares, the other one never does.
it('a value under a condition on it is not the one that the condition excludes', () => {
  const certificate = { Ref: 'Certificate' };
  const isMissing = { 'Fn::Equals': [certificate, ''] };
  const distribution = (acl: unknown, condition: unknown) => ({
    resources: {
      Distribution: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: acl } }),
    },
    template: { Parameters: { Certificate: { Type: 'String', Default: '' } }, Conditions: { Decides: condition } },
  });
  const base = distribution('arn:own', isMissing);
  const choice = (...branches: unknown[]) => ({ 'Fn::If': ['Decides', ...branches] });
  const off = 'A safeguard is no longer set';
  expect(reviewStack(base, distribution(choice('arn:own', certificate), isMissing)).stdout).not.toContain(off);
  const isPresent = { 'Fn::Not': [isMissing] };
  const other = distribution(choice(certificate, 'arn:own'), isPresent);
  expect(reviewStack(distribution('arn:own', isPresent), other).stdout).not.toContain(off);
  expect(reviewStack(base, distribution(choice(certificate, 'arn:own'), isMissing)).stdout).toContain(off);
});

const TOPIC = resource('AWS::SNS::Topic');
const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } };

describe('what a macro puts into a template is never harmless', () => {
  it.each([
    {
      title: 'beside the type of a new resource',
      head: { resources: { T: TOPIC, New: { ...TOPIC, 'Fn::Transform': INCLUDE } } },
    },
    {
      title: 'in the metadata of an output',
      head: {
        resources: { T: TOPIC },
        template: { Outputs: { O: { Value: 'x', Description: { 'Fn::Transform': INCLUDE } } } },
      },
    },
    {
      title: 'from another address',
      base: { resources: { T: { ...TOPIC, 'Fn::Transform': { ...INCLUDE, Parameters: { Location: 's3://old/a' } } } } },
      head: { resources: { T: { ...TOPIC, 'Fn::Transform': INCLUDE } } },
    },
  ])('$title', ({ base = { resources: { T: TOPIC } }, head }) => {
    expect(reviewStack(base, head).stdout).toMatch(/- ⚠️[^\n]*A macro rewrites the template/);
  });
});

it('two stacks of one name in two regions are two', () => {
  const stack = (region: string, name: string) => ({
    resources: { T: resource('AWS::SNS::Topic', { DisplayName: name }) },
    properties: { stackName: 'App' },
    environment: `aws://123456789012/${region}`,
  });
  const assembly = (name: string) =>
    writeAssembly({ stacks: { A: stack('eu-west-1', 'x'), B: stack('us-east-1', name) } });
  const { stdout } = review(assembly('x'), assembly('y'));
  expect(stdout).toContain('App (aws://123456789012/us-east-1)');
});

it('a template that is nested in itself is refused, and does not end in a loop', () => {
  const nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'x' },
    Metadata: { 'aws:asset:path': '0.template.json' },
  };
  const assembly = writeAssembly({ stacks: { App: { resources: { Nested: nested } } } });
  const { exitCode, stderr } = review(assembly, assembly);
  expect(stderr).toContain('names a template that it is nested in');
  expect(exitCode).toBe(2);
});

it('a table that a loop makes is data', () => {
  const loop = (...items: string[]) => ({
    'Fn::ForEach::Tables': ['Id', items, { '&{Id}Table': resource('AWS::DynamoDB::Table', { TableName: '${Id}' }) }],
  });
  const { stdout, exitCode } = reviewStack({ resources: loop('one', 'two') }, { resources: loop('one') });
  expect(stdout).toContain('⛔ **`twoTable` (`AWS::DynamoDB::Table`)**: Removed. It is deleted, and all of its data');
  expect(exitCode).toBe(1);
});

it('a table of SAM is data, and its other types are not said to be replaced', () => {
  const stack = (name: string) => ({
    resources: {
      Table: resource('AWS::Serverless::SimpleTable', { TableName: name }),
      Api: resource('AWS::Serverless::Api', { StageName: name }),
    },
  });
  const { stdout } = reviewStack(stack('a'), stack('b'));
  expect(stdout).toMatch(/⛔ \*\*`Table`[^\n]*Replaced: `TableName` can only be set at creation/);
  expect(stdout).not.toMatch(/`Api`[^\n]*can only be set at creation/);
});

it('an empty default is no secret', () => {
  const stack = (parameter: object) => ({
    template: { Parameters: { Password: { Type: 'String', ...parameter } } },
    resources: { T: TOPIC },
  });
  const { stdout } = reviewStack(stack({}), stack({ NoEcho: true, Default: '' }));
  expect(stdout).not.toContain('in plain text');
});

it('a right under a condition that changes is neither new nor gone: the condition says what depends on it', () => {
  const stack = (region: string) => ({
    template: { Conditions: { IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] } } },
    resources: { Policy: { ...policyOn('arn:aws:s3:::bucket/*'), Condition: 'IsHere' } },
  });
  const { stdout } = reviewStack(stack('eu-west-1'), stack('us-east-1'));
  expect(stdout).toMatch(/⚠️ \*\*Condition `IsHere`\*\*: Permissions depend on it: `task`\./);
  expect(stdout).not.toMatch(/Newly allowed|No longer (allowed|restricted)/);
});

describe('exports to another region', () => {
  const writer = (exports: object) => ({
    Writer: resource('Custom::CrossRegionExportWriter', { WriterProps: { region: 'us-east-1', exports } }),
  });
  const reader = resource('Custom::CrossRegionExportReader', {
    ReaderProps: { imports: { '/cdk/exports/Site/Arn': '{{resolve:ssm:/cdk/exports/Site/Arn}}' } },
  });
  const app = (exports: object) =>
    writeAssembly({ stacks: { Main: { resources: writer(exports) }, Site: { resources: { Reader: reader } } } });
  const base = app({ '/cdk/exports/Site/Arn': 'a' });
  it.each([
    {
      title: 'with another value',
      exports: { '/cdk/exports/Site/Arn': 'b' },
      exitCode: 3,
    },
    {
      title: 'that is still read',
      exports: {},
      exitCode: 3,
    },
    {
      title: 'that is added',
      exports: { '/cdk/exports/Site/Arn': 'a', '/cdk/exports/Site/Id': 'c' },
      exitCode: 0,
    },
  ])('$title: exit code $exitCode', ({ exports, exitCode }) => {
    expect(review(base, app(exports)).exitCode).toBe(exitCode);
  });
});

describe('a key policy', () => {
  const key = (actions: string, more: object = {}) =>
    resource('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [allow(actions, '*', { Principal: { AWS: '123456789012' } })],
      },
      ...more,
    });
  it('by which nobody may change it is refused', () => {
    const { exitCode, stdout } = reviewResource(key('kms:*'), key('kms:Decrypt'));
    expect(stdout).toContain('KMS rejects that, and the deployment would fail');
    expect(exitCode).toBe(3);
    expect(reviewResource(key('kms:*'), key('kms:Put*')).exitCode).toBe(0);
  });

  it('by which nobody may change it is worse where KMS does not check it', () => {
    const { exitCode } = reviewResource(key('kms:*'), key('kms:Decrypt', { BypassPolicyLockoutSafetyCheck: true }));
    expect(exitCode).toBe(1);
  });
});

it('a function URL without a network is no problem of the network', () => {
  const url = resource('AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'f' });
  expect(reviewResource(undefined, url).stdout).not.toContain('Network');
});

it('a name that a condition or a parameter decides may be the same: it is not said to be replaced', () => {
  const queue = (name: unknown) => ({
    template: {
      Parameters: { Name: { Type: 'String', Default: 'one' }, Stage: { Type: 'String' } },
      Conditions: { IsHere: isStage('prod') },
    },
    resources: { Queue: resource('AWS::SQS::Queue', { QueueName: name }) },
  });
  const conditional = { 'Fn::If': ['IsHere', 'one', 'two'] };
  for (const name of [conditional, { Ref: 'Name' }]) {
    expect(reviewStack(queue('one'), queue(name)).stdout).toContain('May be replaced');
    expect(reviewStack(queue('three'), queue(name)).stdout).toContain('Replaced: `QueueName`');
  }
});

it('a name with a parameter whose value nobody knows may be the same, as far as its letters allow', () => {
  const queue = (name: unknown) => ({
    template: { Parameters: { Stage: { Type: 'String' } } },
    resources: { Queue: resource('AWS::SQS::Queue', { QueueName: name }) },
  });
  const composed = queue({ 'Fn::Sub': '${Stage}-orders' });
  expect(reviewStack(queue('dev-orders'), composed).stdout).toContain('May be replaced');
  expect(reviewStack(composed, queue('dev-orders')).stdout).toContain('May be replaced');
  expect(reviewStack(queue('dev-items'), composed).stdout).toContain('Replaced: `QueueName`');
});

it('a name that another stack exports, or a handler answers, may be the same', () => {
  const queue = (name: unknown) => ({
    resources: {
      Names: resource('Custom::Names', { ServiceToken: 'arn:f' }),
      Queue: resource('AWS::SQS::Queue', { QueueName: name }),
    },
  });
  for (const name of [{ 'Fn::ImportValue': 'Name' }, { 'Fn::Sub': '${Names.Short}-queue' }]) {
    expect(reviewStack(queue('a-queue'), queue(name)).stdout).toContain('May be replaced');
  }
});

it('what is imported by a renamed parameter may be the same', () => {
  const stack = (parameter: string) => {
    const imported = { 'Fn::ImportValue': { 'Fn::Sub': `\${${parameter}}-Id` } };
    return {
      template: { Parameters: { [parameter]: { Type: 'String' } } },
      resources: {
        Association: resource('AWS::ServiceCatalog::PortfolioProductAssociation', {
          PortfolioId: imported,
          ProductId: 'p',
        }),
        Pipeline: resource('AWS::CodePipeline::Pipeline', { RoleArn: imported }),
      },
    };
  };
  const { stdout } = reviewStack(stack('PorfolioStack'), stack('PortfolioStack'));
  expect(stdout).toContain('May be replaced');
  expect(stdout).toMatch(/different role[^\n]*That depends on a value that is known only at the deployment\./);
});

// The macro of AWS::LanguageExtensions lets a mapping have a default.
it.each([
  { title: 'that only the default has', key: 'other' },
  { title: 'that is a list', key: 'list' },
])('a value of a mapping, $title, does not change with another one of the mapping', ({ key }) => {
  const found = { 'Fn::FindInMap': ['Map', 'context', key, { DefaultValue: 30 }] };
  const stack = (version: string) => ({
    template: { Mappings: { Map: { context: { version, list: ['a', 'b'] } } } },
    resources: { Logs: resource('AWS::Logs::LogGroup', { RetentionInDays: found }) },
  });
  expect(reviewStack(stack('1'), stack('2')).stdout).not.toContain('Logs');
});

it('a value of a mapping by an environment that nobody knows changes only with the values under its own key', () => {
  const name = { 'Fn::FindInMap': ['Map', { Ref: 'Environment' }, 'name'] };
  const stack = (version: string, devName: string) => ({
    template: {
      Parameters: { Environment: { Type: 'String' } },
      Mappings: { Map: { dev: { version, name: devName }, prod: { version: '1', name: 'a' } } },
    },
    resources: {
      Queue: resource('AWS::SQS::Queue', { QueueName: { 'Fn::Join': ['-', ['q', name]] } }),
      Policy: policyOn(name),
    },
  });
  expect(reviewStack(stack('1', 'a'), stack('2', 'a')).stdout).not.toMatch(/Queue|Policy/);
  expect(reviewStack(stack('1', 'a'), stack('1', 'b')).stdout).toContain('May be replaced');
});

it('a type of SAM is the one that its macro makes of it', () => {
  const machine = (type: string) => resource(type);
  const { exitCode } = reviewResource(
    machine('AWS::StepFunctions::StateMachine'),
    machine('AWS::Serverless::StateMachine'),
  );
  expect(exitCode).toBe(0);
});

it('a right that a policy of AWS gave before is not new', () => {
  const role = (properties: object) => resource('AWS::IAM::Role', properties);
  const own = {
    PolicyDocument: { Statement: [allow('s3:GetObject', 'arn:aws:s3:::b/*')] },
  };
  const full = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] };
  expect(reviewResource(role(full), role({ Policies: [own] })).stdout).not.toContain('Newly allowed');
  expect(reviewResource(role(full), role({ Policies: [own] })).stdout).toContain('No longer allowed');
  expect(reviewResource(role({ Policies: [own] }), role(full)).stdout).not.toContain('No longer allowed');
});

it('what becomes of a removed resource depends on the condition by which it existed', () => {
  const logs = { Type: 'AWS::Logs::LogGroup', Condition: 'IsGov', DeletionPolicy: 'Retain', Properties: {} };
  const base = {
    template: { Conditions: { IsGov: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-us-gov'] } } },
    resources: { Logs: logs },
  };
  expect(reviewStack(base, {}).stdout).toMatch(/delete it\. That depends on the condition `IsGov`\./);
});

it('a right in one branch of a condition names the condition', () => {
  const stack = (resources: readonly unknown[]) => ({
    template: { Conditions: { HasTickets: IS_IRELAND } },
    resources: { Policy: policyOn(resources) },
  });
  const conditional = { 'Fn::If': ['HasTickets', 'arn:aws:s3:::tickets/*', { Ref: 'AWS::NoValue' }] };
  const { stdout } = reviewStack(stack(['arn:aws:s3:::a/*']), stack(['arn:aws:s3:::a/*', conditional]));
  expect(stdout).toMatch(/Newly allowed: `s3:GetObject` on `arn:aws:s3:::tickets\/\*`, if [^.]*`HasTickets`/);
});

it('a parameter that becomes a resource of the same name is referred to by nobody', () => {
  const reader = resource('AWS::SNS::Topic', { DisplayName: { Ref: 'Bucket' } });
  const base = { template: { Parameters: { Bucket: { Type: 'String' } } }, resources: { Reader: reader } };
  const head = { resources: { Reader: reader, Bucket: { Type: 'AWS::S3::Bucket' } } };
  const { stdout } = reviewStack(base, head);
  expect(stdout).toContain('What read it no longer depends on it.');
  expect(stdout).not.toContain('rejects the template');
});

it('a variable in one branch of a condition names the condition', () => {
  const stack = (variables: object) => ({
    template: {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { IsSet: isStage('prod') },
    },
    resources: { Code: resource('AWS::Lambda::Function', { Environment: { Variables: variables } }) },
  });
  const { stdout } = reviewStack(stack({}), stack({ URL: { 'Fn::If': ['IsSet', 'x', { Ref: 'AWS::NoValue' }] } }));
  expect(stdout).toContain('That depends on the condition `IsSet`.');
  expect(stdout).toContain('${AWS::NoValue}');
});

it('a variable that goes in both branches of a condition does not depend on it', () => {
  const stack = (variables: object) => ({
    template: {
      Parameters: { Name: { Type: 'String', Default: '' } },
      Conditions: { IsNew: IS_IRELAND },
    },
    resources: { Code: resource('AWS::Lambda::Function', { Environment: { Variables: variables } }) },
  });
  const { stdout } = reviewStack(
    stack({ A: 'a', B: { 'Fn::If': ['IsNew', 'own', { Ref: 'Name' }] } }),
    stack({ A: 'a' }),
  );
  expect(stdout).toContain('The settings of the code change (`Environment.Variables.B`).');
  expect(stdout).not.toContain('That depends on');
});

describe('the priority of a rule of a listener', () => {
  const rule = (Priority: number) =>
    resource('AWS::ElasticLoadBalancingV2::ListenerRule', { ListenerArn: 'l', Priority });
  it('is free if CloudFormation updates the other rule first', () => {
    const { stdout, exitCode } = reviewStack(
      { resources: { One: rule(1) } },
      { resources: { One: rule(2), Two: rule(1) } },
    );
    expect(stdout).toContain('the deployment fails if CloudFormation updates this resource first');
    expect(exitCode).toBe(0);
  });

  it('is not free if both swap theirs', () => {
    const base = { resources: { One: rule(1), Two: rule(2) } };
    const { exitCode } = reviewStack(base, { resources: { One: rule(2), Two: rule(1) } });
    expect(exitCode).toBe(3);
  });
});

it('the handler of a custom resource that refers to nothing is not said to delete anything', () => {
  const custom = resource('Custom::Sleep', { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] } });
  expect(reviewResource(custom, undefined).stdout).not.toMatch(/⚠️|⛔|Delete/);
});

describe('no finding where nothing is what the sentence would say', () => {
  const client = (properties: object) => resource('AWS::Cognito::UserPoolClient', properties);
  const bucket = (properties: object) => resource('AWS::S3::Bucket', properties);
  const writers = { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };

  it.each([
    {
      title: 'the unit of a token’s validity is no secret',
      before: client({}),
      after: client({ TokenValidityUnits: { RefreshToken: 'minutes' } }),
      not: 'What looks like a secret',
    },
    {
      title: 'the default architecture is written out',
      before: resource('AWS::Lambda::Function', { Role: 'r' }),
      after: resource('AWS::Lambda::Function', { Role: 'r', Architectures: ['x86_64'] }),
      not: 'CPU architecture',
    },
    {
      title: 'the default platform of a task is written out',
      before: resource('AWS::ECS::TaskDefinition', { Family: 'f' }),
      after: resource('AWS::ECS::TaskDefinition', {
        Family: 'f',
        RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
      }),
      not: 'CPU architecture',
    },
    {
      title: 'no least number of processors is none',
      before: resource('AWS::Batch::ComputeEnvironment', { ComputeResources: { MinvCpus: 0 } }),
      after: resource('AWS::Batch::ComputeEnvironment', { ComputeResources: {} }),
      not: 'MinvCpus`).',
    },
    {
      title: 'the writer of an object owns it without controls, too',
      before: bucket(writers),
      after: bucket({}),
      not: 'ACLs may apply',
    },
    {
      title: 'CloudFormation itself reads the timeout of a handler',
      before: resource('Custom::Helm', { ServiceToken: 'arn:f' }),
      after: resource('Custom::Helm', { ServiceToken: 'arn:f', ServiceTimeout: 300 }),
      not: 'code of its handler',
    },
    {
      title: 'another type fails for its type, whatever its handler was',
      before: resource('Custom::Helm', { ServiceToken: 'arn:f' }),
      after: resource('AWSQS::Kubernetes::Helm'),
      not: 'a change of `ServiceToken`',
    },
  ])('$title', ({ before, after, not }) => {
    expect(reviewResource(before, after).stdout).not.toContain(not);
  });

  it('a condition is the same if CloudFormation no longer shows the parameter that it asks', () => {
    const stack = (more: object) => ({
      resources: {},
      template: {
        Parameters: { Key: { Type: 'String', Default: '', ...more } },
        Conditions: { HasKey: { 'Fn::Equals': [{ Ref: 'Key' }, ''] } },
      },
    });
    expect(reviewStack(stack({}), stack({ NoEcho: true })).stdout).not.toContain('HasKey');
  });
});

const groupWithPort = (port: unknown, parameter?: object) => ({
  template: parameter ? { Parameters: { Port: { Type: 'Number', ...parameter } } } : {},
  resources: {
    Group: securityGroup(tcp(port, '0.0.0.0/0')),
  },
});

it('a port that a parameter gives is not every port', () => {
  const byParameter = groupWithPort({ Ref: 'Port' }, {});
  const { stdout } = reviewStack(groupWithPort(443), byParameter);
  expect(stdout).toMatch(/Newly allowed: `tcp \$\{Port\}` from [^\n]* That depends on a value that is known only/);
  expect(stdout).toContain('No longer allowed: `tcp 443`');
  expect(reviewStack(byParameter, byParameter).stdout).toContain('No change');
});

it('another default of a port leaves that of an existing stack', () => {
  const by = (Default: number) => groupWithPort({ Ref: 'Port' }, { Default });
  expect(reviewStack(by(80), by(443)).stdout).not.toContain('Group');
  expect(reviewStack(groupWithPort(80), by(80)).stdout).not.toMatch(/(Newly|No longer) allowed/);
});

it('a protocol is the same in any case', () => {
  const group = (IpProtocol: string) => securityGroup({ ...tcp(443, '0.0.0.0/0'), IpProtocol });
  expect(reviewResource(group('tcp'), group('TCP')).stdout).not.toMatch(/(Newly|No longer) allowed/);
});

it('a star in a name stands for nothing else: the name is another one', () => {
  const permission = (end: string) =>
    resource('AWS::Lambda::Permission', {
      FunctionName: 'f',
      SourceArn: `arn:aws:mobiletargeting:eu-west-1:123456789012:${end}`,
    });
  expect(reviewResource(permission('/*'), permission('*')).stdout).toContain('Replaced: `SourceArn`');
});

it('a parameter of an asset needs no default: the CDK passes it', () => {
  const name = `AssetParameters${'a'.repeat(64)}S3Bucket01234567`;
  const head = { template: { Parameters: { [name]: { Type: 'String' } } }, resources: { T: TOPIC } };
  expect(reviewStack({ resources: { T: TOPIC } }, head).stdout).not.toContain('has no default');
});

it('a default that goes is needed by whoever passes no value', () => {
  const { stdout } = reviewStack(withSize({ Default: '' }), withSize({ AllowedPattern: 'arn:.*' }));
  expect(stdout).toContain('It has no default');
  expect(stdout).not.toContain('keep their current value');
});

it('secrets under another key of the same property are no new ones', () => {
  const stack = (key: string, ...names: string[]) => ({
    template: { Parameters: { One: { Type: 'String', NoEcho: true }, Two: { Type: 'String', NoEcho: true } } },
    resources: {
      Code: resource('AWS::Lambda::Function', {
        Environment: { Variables: { [key]: { 'Fn::Join': ['', names.map((Ref) => ({ Ref }))] } } },
      }),
    },
  });
  const WRITES = 'writes the value of a secret';
  expect(reviewStack(stack('A', 'One'), stack('B', 'One')).stdout).not.toContain(WRITES);
  const shown = { ...stack('A', 'One'), template: { Parameters: { One: { Type: 'String' } } } };
  expect(reviewStack(shown, stack('A', 'One')).stdout).not.toContain(WRITES);
  expect(reviewStack(stack('A', 'One'), stack('B', 'One', 'Two')).stdout).toContain(WRITES);
});

it('a container by the value of a new parameter may be one that was there', () => {
  const task = (name: string) => ({
    template: { Parameters: { [name]: { Type: 'String' } } },
    resources: {
      Task: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: { Ref: name }, Image: 'web' }] }),
    },
  });
  const { stdout } = reviewStack(task('Old'), task('New'));
  expect(stdout).toMatch(
    /A container is added [^\n]*\. That depends on a value that is known only at the deployment\./,
  );
});

it('one of two equal tags may go', () => {
  const tag = { Key: 'Version', Value: '1' };
  const group = (...Tags: object[]) => resource('AWS::SNS::Topic', { Tags });
  expect(reviewResource(group(tag, tag), group(tag)).stdout).not.toContain('A tag is removed');
  expect(reviewResource(group(tag), group()).stdout).toContain('A tag is removed');
});

describe('what exists under a condition names it', () => {
  const template = { Conditions: { IsBig: IS_IRELAND } };

  it('where it changes', () => {
    const stack = (DeletionProtection: boolean) => ({
      template,
      resources: { D: { Type: 'AWS::RDS::DBInstance', Condition: 'IsBig', Properties: { DeletionProtection } } },
    });
    const { stdout } = reviewStack(stack(true), stack(false));
    expect(stdout).toContain('Deletion protection is turned off. That depends on the condition `IsBig`.');
  });

  it('where a rule of a group opens', () => {
    const rule = { 'Fn::If': ['IsBig', tcp(22, '0.0.0.0/0'), { Ref: 'AWS::NoValue' }] };
    const { stdout } = reviewStack({ template }, { template, resources: { Group: securityGroup(rule) } });
    expect(stdout).toMatch(/`tcp 22` from `0\.0\.0\.0\/0` \(everyone\)\. That depends on the condition `IsBig`\.\n/);
    expect(stdout).not.toContain('undefined');
  });
});

it('rights by a value that a mapping gives, and that changes for some environments, depend on that', () => {
  const stack = (account: string) => ({
    template: {
      Parameters: { Environment: { Type: 'String' } },
      Mappings: { Map: { dev: { bucket: 'arn:aws:s3:::dev' }, prod: { bucket: account } } },
    },
    resources: { Policy: policyOn({ 'Fn::FindInMap': ['Map', { Ref: 'Environment' }, 'bucket'] }) },
  });
  const { stdout } = reviewStack(stack('arn:aws:s3:::a'), stack('arn:aws:s3:::b'));
  expect(stdout).toMatch(/Newly allowed[^\n]*That depends on a value that is known only at the deployment\./);
  expect(stdout).toMatch(/No longer allowed[^\n]*That depends on a value that is known only at the deployment\./);
});

it('a text that only looks like a reference gives no right', () => {
  const { stdout } = reviewStack(
    { resources: { Policy: policyOn('*') } },
    { resources: { Policy: policyOn('arn:${AWS::Partition}:s3:::*') } },
  );
  expect(stdout).toContain('No longer allowed: `s3:GetObject` on `*`.');
  expect(stdout).not.toMatch(/Still allowed|Newly allowed/);
});

it('the properties of another type compare with nothing', () => {
  const logs = resource('AWS::Logs::LogGroup', { RetentionInDays: 14 });
  const nested = resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://b.s3.amazonaws.com/a.yaml' });
  const { stdout } = reviewResource(logs, nested);
  expect(stdout).toContain('Its type changes from');
  expect(stdout).not.toContain('The address of the template');
});

it('a layer of SAM is retained unless its own policy says otherwise', () => {
  const layer = (properties: object) => resource('AWS::Serverless::LayerVersion', properties);
  expect(reviewResource(layer({}), undefined).stdout).toContain('It is retained outside the stack');
  expect(reviewResource(layer({ RetentionPolicy: 'Delete' }), undefined).stdout).not.toContain('retained');
});

it('a sentence on several values names each of them', () => {
  const task = (Cpu: string, Memory: string) => resource('AWS::ECS::TaskDefinition', { Cpu, Memory });
  const { stdout } = reviewResource(task('512', '1024'), task('256', '512'));
  expect(stdout).toContain('CPU or memory is reduced (`Cpu`, `Memory`).');
});

it('what may be replaced loses its data only then', () => {
  const table = (TableName: unknown) => ({
    template: { Parameters: { Name: { Type: 'String' } } },
    resources: { Table: resource('AWS::DynamoDB::Table', { TableName }) },
  });
  const { stdout } = reviewStack(table('one'), table({ Ref: 'Name' }));
  expect(stdout).toContain('May be replaced, because of `TableName`. In that case: The new resource is empty.');
});

/** A deployed stack has one value of each parameter, on both sides. */
describe('one deployment decides both sides', () => {
  const parameters = { Size: { Type: 'String' }, Stage: { Type: 'String' } };
  const stack = (It: object, template: object): StackFixture => ({
    resources: { It },
    template: { Parameters: parameters, ...template },
  });
  const tasks = resource('AWS::ECS::Service', { DesiredCount: { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'n'] } });
  const rows = (large: number) => ({ Mappings: { Sizes: { Small: { n: '1' }, Large: { n: String(large) } } } });

  it('the rows of a mapping are compared each with itself: a larger one reduces nothing', () => {
    expect(reviewStack(stack(tasks, rows(2)), stack(tasks, rows(4))).stdout).not.toContain('reduced');
    expect(reviewStack(stack(tasks, rows(4)), stack(tasks, rows(2))).stdout).toContain('reduced');
  });

  it('of more values than are tried, one may be the same', () => {
    const images = (last: string) => {
      const entries = Array.from({ length: 300 }, (_, index) => [`m${index}`, { ami: index === 299 ? last : 'ami-1' }]);
      return { Mappings: { Images: Object.fromEntries(entries) as object } };
    };
    const instance = resource('AWS::EC2::Instance', {
      ImageId: { 'Fn::FindInMap': ['Images', { Ref: 'Size' }, 'ami'] },
    });
    const { stdout } = reviewStack(stack(instance, images('ami-1')), stack(instance, images('ami-2')));
    expect(stdout).toContain('May be replaced');
  });

  it('a condition within a list decides whether a resource is replaced', () => {
    const conditions = { Conditions: { IsProd: isStage('prod') } };
    const nested = (value: unknown) => resource('AWS::Batch::ComputeEnvironment', { Type: 'MANAGED', Tags: value });
    const { stdout } = reviewStack(
      stack(nested({ a: 'x' }), conditions),
      stack(nested({ a: { 'Fn::If': ['IsProd', 'x', 'y'] } }), conditions),
    );
    expect(stdout).toContain('May be replaced');
  });

  it('a condition within a text decides whether a resource is replaced', () => {
    const key = (value: unknown) => resource('AWS::ApiGateway::ApiKey', { Value: value });
    const suffixed = { 'Fn::Join': ['', ['key', { 'Fn::If': ['IsProd', '', '-dev'] }]] };
    const conditions = { Conditions: { IsProd: isStage('prod') } };
    const base = stack(key(suffixed), conditions);
    expect(reviewStack(base, stack(key('key'), conditions)).stdout).toContain('May be replaced');
    expect(reviewStack(base, stack(key('other'), conditions)).stdout).toContain('Replaced: `Value`');
  });

  const table = { Type: 'AWS::DynamoDB::Table', Condition: 'IsHere' };
  const or = (...stages: string[]) => ({ Conditions: { IsHere: { 'Fn::Or': stages.map(isStage) } } });

  it('a condition that only becomes wider deletes nothing; one that becomes narrower may', () => {
    const wide = stack(table, or('dev', 'test', 'prod'));
    const narrow = stack(table, or('dev', 'test'));
    expect(reviewStack(narrow, wide).stdout).not.toContain('If the condition');
    expect(reviewStack(wide, narrow).stdout).toContain('If the condition `IsHere` is false: It is deleted');
  });

  const protectedBy = (DeletionProtection: unknown) => resource('AWS::RDS::DBInstance', { DeletionProtection });
  const inMap = (key: string) => ({ 'Fn::FindInMap': ['Flags', { Ref: key }, 'flag'] });

  // The other branch is for the stages that are no key.
  it('a parameter that a condition compares may be something else than a key of a mapping', () => {
    const template = { Mappings: { Flags: { prod: { flag: 'false' } } }, Conditions: { IsProd: isStage('prod') } };
    const value = { 'Fn::If': ['IsProd', inMap('Stage'), 'true'] };
    const { stdout } = reviewStack(stack(protectedBy(value), template), stack(protectedBy('false'), template));
    expect(stdout).toContain('Deletion protection is turned off');
  });

  it('a comparison with a value that changes may have another outcome than before', () => {
    const template = (flag: string) => ({
      Mappings: { Flags: { small: { flag: 'a' }, large: { flag } } },
      Conditions: { IsSame: { 'Fn::Equals': [inMap('Size'), { Ref: 'Stage' }] } },
    });
    const database = protectedBy({ 'Fn::If': ['IsSame', 'true', 'false'] });
    const { stdout } = reviewStack(stack(database, template('b')), stack(database, template('c')));
    expect(stdout).toContain('Deletion protection is turned off');
  });

  it('where a condition could never hold, nothing is deleted', () => {
    const never = stack(table, { Conditions: { IsHere: { 'Fn::Equals': ['true', 'false'] } } });
    expect(reviewStack(never, stack(table, or('dev', 'prod'))).stdout).not.toContain('If the condition');
  });
});

const APPROVAL = {
  Name: 'approve',
  ActionTypeId: { Category: 'Approval' },
};

it.each([
  {
    title: 'Aurora changes its storage online',
    type: 'AWS::RDS::DBCluster',
    before: { StorageType: 'aurora' },
    after: { StorageType: 'aurora-iopt1' },
    unsaid: 'The storage performance changes',
  },
  {
    title: 'without a window in the template, the one that is set stays',
    type: 'AWS::RDS::DBInstance',
    before: { PreferredBackupWindow: '17:00-18:00' },
    after: {},
    unsaid: 'The window for backups',
  },
  {
    title: 'a function in an image has no runtime',
    type: 'AWS::Lambda::Function',
    before: { Runtime: 'nodejs20.x', Handler: 'index.handler' },
    after: {},
    unsaid: 'changes to',
  },
  {
    title: 'an approval may move to another stage',
    type: 'AWS::CodePipeline::Pipeline',
    before: { Stages: [{ Name: 'a', Actions: [APPROVAL] }] },
    after: { Stages: [{ Name: 'b', Actions: [APPROVAL] }] },
    unsaid: 'An approval is removed',
  },
  {
    title: 'a file of commands is not in the template',
    type: 'AWS::CodeBuild::Project',
    before: { Source: { BuildSpec: 'one.yml' } },
    after: { Source: { BuildSpec: 'two.yml' } },
    unsaid: 'The template contains it',
  },
])('$title', ({ type, before, after, unsaid }) => {
  const { stdout } = reviewResource(resource(type, before), resource(type, after));
  expect(stdout).not.toContain(unsaid);
});

it('a parameter that no longer accepts a known value says which: a stack that keeps it fails', () => {
  const base = withSize({ Default: 'large', AllowedValues: ['small', 'large'] });
  const some = reviewStack(base, withSize({ Default: 'small', AllowedValues: ['small'] }));
  expect(some.stdout).toContain('It no longer accepts `large`');
  expect(some.stdout).not.toContain('may keep their current value');
  expect(some.exitCode).toBe(0);
  expect(reviewStack(base, withSize({ Default: 'huge', AllowedValues: ['huge'] })).exitCode).toBe(3);
});

it('a parameter that accepted every value may have another one than its default', () => {
  const { stdout, exitCode } = reviewStack(withSize({ Default: 'large' }), withSize({ AllowedValues: ['small'] }));
  expect(stdout).toContain('It no longer accepts `large`');
  expect(exitCode).toBe(0);
});

it('a default of a number is the same as that of its text', () => {
  const number = (Default: unknown) => withSize({ Type: 'Number', Default });
  expect(reviewStack(number(1), number('1')).stdout).not.toContain('may keep their current value');
});

describe('a rule of a security group', () => {
  const group = (rules: object, template: object = {}): StackFixture => ({
    resources: {
      Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'x', VpcId: 'vpc', ...rules }),
    },
    template: { Parameters: { Range: { Type: 'String' }, Stage: { Type: 'String' } }, ...template },
  });
  const everything = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

  it('with a reference to a range is no more than one for every address', () => {
    const base = group({ SecurityGroupEgress: [everything] });
    const head = group({ SecurityGroupEgress: [{ ...everything, CidrIp: { Ref: 'Range' } }] });
    expect(reviewStack(base, head).stdout).not.toContain('Newly allowed');
  });

  it('for a ping shows its type, and not every code of it', () => {
    const ping = { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, CidrIp: '0.0.0.0/0' };
    const { stdout } = reviewStack(group({}), group({ SecurityGroupIngress: [ping] }));
    expect(stdout).toContain('Newly allowed: `icmp 8` from');
  });

  it('names the condition that chooses its range', () => {
    const conditions = { Conditions: { IsProd: isStage('prod') } };
    const from = (range: unknown) => group({ SecurityGroupIngress: [tcp(22, range)] }, conditions);
    const { stdout } = reviewStack(from('10.0.0.0/8'), from({ 'Fn::If': ['IsProd', '10.0.0.0/8', '192.0.2.0/24'] }));
    expect(stdout).toMatch(/Newly allowed[^.]*192\.0\.2\.0\/24[^\n]*IsProd/);
  });
});

describe('a resource that is referred to by its name', () => {
  const isProd = { IsProd: IS_IRELAND };
  const domain = { 'Fn::If': ['IsProd', 'www.example.com', 'dev.example.com'] };
  const stack = (Name: unknown, target: string) => ({
    template: { Conditions: isProd },
    resources: {
      Domain: resource('AWS::ApiGatewayV2::DomainName', { DomainName: domain }),
      Record: resource('AWS::Route53::RecordSet', {
        Name,
        Type: 'CNAME',
        HostedZoneId: 'z',
        ResourceRecords: [target],
      }),
    },
  });

  it('is the same as that name, under a condition, too', () => {
    const { stdout } = reviewStack(stack({ Ref: 'Domain' }, 'one'), stack(domain, 'two'));
    expect(stdout).not.toContain('Replaced');
    expect(stdout).toContain('ResourceRecords');
  });

  it('is another one than another name', () => {
    const other = { 'Fn::If': ['IsProd', 'www.example.org', 'dev.example.com'] };
    expect(reviewStack(stack({ Ref: 'Domain' }, 'one'), stack(other, 'one')).stdout).toContain('eplaced');
  });
});
