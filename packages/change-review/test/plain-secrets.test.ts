import { resource, reviewResource, reviewStack } from './support/assemblies';

const functionWith = (variables: object) =>
  resource('AWS::Lambda::Function', { Environment: { Variables: variables } });
const functionWithVariable = (name: string, value: unknown) => functionWith({ [name]: value });

/** The name of a secret as the CDK takes it from its ARN. */
const nameOfSecret = {
  'Fn::Join': [
    '-',
    [
      { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Secret' }] }] }] }] },
      { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Secret' }] }] }] }] },
    ],
  ],
};

describe('a value is no secret in plain text', () => {
  it.each([
    { title: 'a name that AWS composes', name: 'GITHUB_APP_SECRET', value: nameOfSecret },
    { title: 'the key of a file', name: 'PRISMA_ARTIFACT_KEY', value: 'deploy/TEST/migrations/prisma.zip' },
    {
      title: 'the ARN of a secret',
      name: 'DB_SECRET_ARN',
      value: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db',
    },
    { title: 'the name of a secret', name: 'DB_SECRET_NAME', value: 'app/database' },
    { title: 'where tokens are given', name: 'TOKEN_URL', value: 'https://auth.example.com/oauth2' },
    { title: 'a rule for passwords', name: 'PASSWORD_MIN_LENGTH', value: 'twelve' },
    { title: 'the header of a key', name: 'API_KEY_HEADER', value: 'x-api-key' },
    { title: 'a word with the letters of DSN', name: 'ThreadSnsArn', value: '/account/services/topic.arn' },
  ])('$title', ({ name, value }) => {
    const { stdout } = reviewResource(functionWith({}), functionWithVariable(name, value));
    expect(stdout).toContain(name);
    expect(stdout).not.toContain('secret is in plain');
    expect(stdout).not.toContain('hidden value');
  });

  it('the function of a custom resource', () => {
    const custom = (name: string) =>
      resource('Custom::Thing', { ServiceToken: `arn:aws:lambda:eu-west-1:123456789012:function:${name}` });
    const { stdout } = reviewResource(custom('one'), custom('two'));
    expect(stdout).toContain('function:two');
    expect(stdout).not.toContain('secret is in plain');
  });

  it('what a state machine reads from Secrets Manager by its ARN', () => {
    const machine = (comment: string) => {
      const parameters = { SecretId: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db', Note: comment };
      return resource('AWS::StepFunctions::StateMachine', {
        DefinitionString: JSON.stringify({ States: { Read: { Parameters: parameters } } }),
      });
    };
    const { stdout } = reviewResource(machine('one'), machine('two'));
    expect(stdout).toContain('`two`');
    expect(stdout).not.toContain('hidden value');
  });

  // Step Functions reads such a value in the input of each run.
  it('where a state machine finds a token', () => {
    const machine = (parameters: object) =>
      resource('AWS::StepFunctions::StateMachine', {
        DefinitionString: {
          'Fn::Join': ['', [JSON.stringify({ Parameters: parameters }).slice(0, -1), ',"Queue":"', { Ref: 'Q' }, '"}']],
        },
      });
    const { stdout } = reviewResource(machine({ Note: 'one' }), machine({ 'TaskToken.$': '$$.Task.Token' }));
    expect(stdout).toContain('TaskToken.$');
    expect(stdout).not.toContain('hidden value');
  });

  it('the default of a parameter that is the ARN of a topic', () => {
    const parameter = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/account/services/topic.arn' };
    const { stdout } = reviewStack({}, { template: { Parameters: { ThreadSnsArn: parameter } } });
    expect(stdout).not.toContain('secret is in plain');
  });
});

describe('a value is a secret in plain text', () => {
  it.each([
    { title: 'the address of a database', name: 'DATABASE_URL', value: 'postgres-main' },
    { title: 'a DSN', name: 'SENTRY_DSN', value: 'https://public.example.com/1' },
    { title: 'a key of an API', name: 'STRIPE_KEY', value: 'hunter2' },
    {
      title: 'a text around what AWS composes',
      name: 'APP_SECRET',
      value: { 'Fn::Join': ['-', ['hunter2', { Ref: 'Secret' }]] },
    },
  ])('$title', ({ name, value }) => {
    const { stdout } = reviewResource(functionWith({}), functionWithVariable(name, value));
    expect(stdout).toContain('What looks like a secret is in plain text outside Secrets Manager');
  });
});
