import { Part } from '@infra/commands/app';
import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import type { PlannedChange, PlannedProperty } from '../../src/revert-drift/change-set';
import { describeChanges, falseBy, isWanted, refusals } from '../../src/revert-drift/plan';

const modified = (type: string, ...properties: PlannedProperty[]): PlannedChange => ({
  type,
  path: 'Web/Part',
  isCreated: false,
  isInSync: false,
  properties,
});

const taskCount: PlannedProperty = { name: 'DesiredCount', actual: 0, expected: 1 };
const publicAddress: PlannedProperty = { name: 'AssignPublicIp', actual: 'DISABLED', expected: 'ENABLED' };

describe('a change set is executed for what somebody asks to revert', () => {
  it.each([
    { title: 'not for the number of wanted tasks alone', properties: [taskCount], expected: false },
    { title: 'for another property beside it', properties: [taskCount, publicAddress], expected: true },
    {
      title: 'for a property whose values CloudFormation does not name, such as a secret one',
      properties: [{ name: 'Tags', actual: undefined, expected: undefined }],
      expected: true,
    },
  ])('$title', ({ properties, expected }) => {
    expect(isWanted(modified('AWS::ECS::Service', ...properties))).toBe(expected);
  });

  it('but not for a false answer of CloudFormation', () => {
    const rule = { Id: 'markers', ExpiredObjectDeleteMarker: true };
    const property: PlannedProperty = {
      name: 'LifecycleConfiguration',
      actual: { Rules: [{ Id: 'markers' }] },
      expected: { Rules: [rule] },
    };
    const change = modified('AWS::S3::Bucket', property);
    expect({ isWanted: isWanted(change), issues: falseBy(change) }).toEqual({ isWanted: false, issues: [965] });
  });
});

it('a line has what differs within a property, and no secret', () => {
  const variables = (level: string, key: string) => ({ LOG_LEVEL: level, API_KEY: key });
  const change = modified('AWS::Lambda::Function', {
    name: 'Variables',
    actual: variables('debug', 'hunter2-correct-horse'),
    expected: variables('info', 'another-long-secret'),
  });
  expect(describeChanges([change])).toEqual([
    '  Web/Part (AWS::Lambda::Function): Variables.LOG_LEVEL `debug` → `info`, ' +
      'Variables.API_KEY `(hidden value 1)` → `(hidden value 2)`',
  ]);
});

describe('a secret with the settings that was deleted for good would be empty', () => {
  const secret = { Type: 'AWS::SecretsManager::Secret', Metadata: { 'aws:cdk:path': 'ProoflinkDev/Settings/Secret' } };
  const definition = (...Secrets: object[]) => ({
    Type: 'AWS::ECS::TaskDefinition',
    Metadata: { 'aws:cdk:path': `ProoflinkDev/${Part.webTaskDefinition.path}` },
    Properties: { ContainerDefinitions: [{ Secrets }] },
  });
  const reasonsWith = (task: ReturnType<typeof definition>) => {
    const template = { Resources: { Secret: secret, Task: task } };
    const stack = {
      environmentName: 'dev',
      template,
      details: { StackName: 'ProoflinkDev' },
    } as unknown as DeployedStack;
    const created = { ...modified(secret.Type), path: Part.settingsSecret.path, isCreated: true };
    return refusals(stack, [created]);
  };

  it('which web tasks that read settings do not survive: it is refused', () => {
    const ValueFrom = { 'Fn::Join': ['', [{ Ref: 'Secret' }, ':SMTP_PASSWORD::']] };
    expect(reasonsWith(definition({ Name: 'SMTP_PASSWORD', ValueFrom }))).toEqual([
      expect.stringMatching(/would create the secret with the settings empty/),
    ]);
  });

  it('which is right while nothing reads it', () => {
    expect(reasonsWith(definition())).toEqual([]);
  });
});
