import { resource, reviewStack } from './support/assemblies';

const topic = (properties: object, attributes: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: properties,
  ...attributes,
});

describe('the default of a parameter', () => {
  const stack = (defaultValue: string, valueInManifest?: string) => ({
    template: { Parameters: { Label: { Type: 'String', Default: defaultValue } } },
    properties: valueInManifest === undefined ? {} : { parameters: { Label: valueInManifest } },
    resources: {
      Topic: topic({ DisplayName: { Ref: 'Label' } }),
      Queue: resource('AWS::SQS::Queue', { QueueName: { 'Fn::Sub': 'queue-${Label}' } }),
    },
  });

  it('changes no value of an existing stack, and nothing is replaced', () => {
    const { exitCode, stdout } = reviewStack(stack('a'), stack('b'));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 to check');
    expect(stdout).toContain('**Parameter `Label`**: Existing stacks may keep their current value:');
    expect(stdout).not.toContain('Queue');
    expect(stdout).not.toContain('Topic');
  });

  it('does not matter beside another value that the manifest gives', () => {
    const { exitCode, stdout } = reviewStack(stack('a', 'one'), stack('a', 'two'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Replaced: `QueueName` can only be set at creation.');
  });
});

describe('a condition with another name', () => {
  const stack = (name: string, stage = 'prod', branch = 'on') => ({
    template: {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: {
        [name]: { 'Fn::Equals': [{ Ref: 'Stage' }, stage] },
        IsTest: { 'Fn::Not': [{ Condition: name }] },
      },
    },
    resources: {
      InIt: topic({}, { Condition: name }),
      Outside: topic({}, { Condition: 'IsTest' }),
      Branches: topic({ DisplayName: { 'Fn::If': [name, branch, 'off'] } }),
    },
  });

  it('and the same definition changes nothing', () => {
    const { exitCode, stdout } = reviewStack(stack('IsProd'), stack('IsProduction'));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).not.toContain('to check');
    expect(stdout).not.toContain('(changed)');
  });

  it('and another definition changes what uses it', () => {
    const { stdout } = reviewStack(stack('IsProd'), stack('IsProduction', 'production'));
    expect(stdout).toContain('If the condition `IsProduction` is false: It is deleted.');
    expect(stdout).toContain('`!If [IsProd, on, off]` → `!If [IsProduction, on, off]`');
  });

  it('leaves the branches to compare', () => {
    const { stdout } = reviewStack(stack('IsProd'), stack('IsProduction', 'prod', 'other'));
    expect(stdout).toContain('1 to check');
    expect(stdout).toContain('`!If [IsProduction, on, off]` → `!If [IsProduction, other, off]`');
  });

  it('is another one while the first stays', () => {
    const definition = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] };
    const before = {
      template: { Conditions: { One: definition } },
      resources: { Topic: topic({}, { Condition: 'One' }) },
    };
    const after = { ...before, template: { Conditions: { One: definition, Two: definition } } };
    const { stdout } = reviewStack(before, after);
    expect(stdout).not.toContain('`Topic`');
  });
});
