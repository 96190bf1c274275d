import { reviewStack } from './support/assemblies';

const topic = (properties: object, attributes: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: properties,
  ...attributes,
});

describe('a condition with another name', () => {
  const stack = (name: string, stage = 'prod') => ({
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
      Branches: topic({ DisplayName: { 'Fn::If': [name, 'on', 'off'] } }),
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
