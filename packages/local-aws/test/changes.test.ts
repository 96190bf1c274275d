import {
  type CreateChangeSetCommandInput,
  type ResourceChange,
  type ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();

type ChangeSetProps = Partial<CreateChangeSetCommandInput>;

/** Last part of `AWS::SNS::Topic`, and of an ARN. */
function lastPart(text: string | undefined): string | undefined {
  return text?.split(':').at(-1);
}

/** The named values that exist, in parentheses. */
function inParentheses(values: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(values).map(([name, value]) => value && `${name}: ${value}`);
  const existing = texts.filter(Boolean);
  return existing.length > 0 ? `(${existing.join(', ')})` : '';
}

/** Line about a resource: what happens to it, its type, its logical id and its physical one. */
function resourceLine(change: ResourceChange): string {
  const details = inParentheses({
    replaced: change.Replacement,
    policy: change.PolicyAction,
    scope: change.Scope?.join(' and '),
  });
  const parts = [
    change.Action,
    lastPart(change.ResourceType),
    change.LogicalResourceId,
    lastPart(change.PhysicalResourceId),
    details,
  ];
  return parts.filter(Boolean).join(' ');
}

/** Line about a property or another attribute: its values, if they are described, and the cause of the change. */
function propertyLine({ Target = {}, ChangeSource, CausingEntity, Evaluation }: ResourceChangeDetail): string {
  const name = Target.Name ?? Target.Attribute;
  const hasValues = Target.BeforeValue !== undefined;
  const values = hasValues ? `: ${Target.BeforeValue} → ${Target.AfterValue}` : '';
  const details = inParentheses({
    recreated: Target.RequiresRecreation,
    cause: [ChangeSource, CausingEntity].filter(Boolean).join(' '),
    evaluation: Evaluation,
  });
  return `  ${name}${values} ${details}`;
}

/** Changes of a new change set as lines: each resource, then its properties. */
async function changesOf(
  stackName: string,
  template: Resources,
  props: ChangeSetProps = {},
  options = { IncludePropertyValues: true },
): Promise<string[]> {
  const changeSet = await account.changeSet(stackName, template, props);
  const { Changes = [] } = await account.cloudFormation.describeChangeSet({ ...changeSet, ...options });
  return Changes.flatMap(({ ResourceChange = {} }) => {
    const properties = ResourceChange.Details ?? [];
    return [resourceLine(ResourceChange), ...properties.map(propertyLine)];
  });
}

async function deploy(stackName: string, template: Resources, props: ChangeSetProps = {}): Promise<void> {
  await account.execute(stackName, template, { ChangeSetType: 'CREATE', ...props });
  expect(await account.statusOf(stackName)).toBe('CREATE_COMPLETE');
}

/** Topic in a template: AWS changes its display name in place, and replaces it if its name changes. */
function topic(properties: Resources): Resources {
  return { Type: 'AWS::SNS::Topic', Properties: properties };
}

function parameter(key: string, value: string): ChangeSetProps {
  return { Parameters: [{ ParameterKey: key, ParameterValue: value }] };
}

describe('a change set lists', () => {
  it('additions, and removals with their policy', async () => {
    await deploy('names', {
      Resources: {
        Kept: logGroup('/kept', { DeletionPolicy: 'Retain' }),
        Gone: logGroup('/gone'),
      },
    });
    expect(await changesOf('names', { Resources: { New: logGroup('/new') } })).toEqual([
      'Remove LogGroup Kept /kept (policy: Retain)',
      'Remove LogGroup Gone /gone (policy: Delete)',
      'Add LogGroup New',
    ]);
  });

  it('removals by a condition', async () => {
    const template = {
      Parameters: { On: { Type: 'String', Default: 'yes' } },
      Conditions: { IsOn: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } },
      Resources: {
        Always: logGroup('/always'),
        Optional: logGroup('/optional', { Condition: 'IsOn' }),
      },
    };
    await deploy('conditions', template);
    expect(await changesOf('conditions', template, parameter('On', 'no'))).toEqual([
      'Remove LogGroup Optional /optional (policy: Delete)',
    ]);
  });

  it('references to a replaced resource, whose new value is unknown yet', async () => {
    const template = (topicName: string) => ({
      Resources: {
        News: topic({ TopicName: topicName, DisplayName: 'shown' }),
        Reader: topic({ TopicName: 'reader', DisplayName: { 'Fn::Join': ['', ['of ', { Ref: 'News' }]] } }),
      },
    });
    await deploy('references', template('first'));
    const values = 'of arn:aws:sns:ap-northeast-1:123456789012:first → {{changeSet:KNOWN_AFTER_APPLY}}';
    expect(await changesOf('references', template('second'))).toEqual([
      'Modify Topic News first (replaced: True, policy: ReplaceAndDelete, scope: Properties)',
      '  TopicName: first → second (recreated: Always, cause: DirectModification, evaluation: Static)',
      'Modify Topic Reader reader (replaced: False, scope: Properties)',
      `  DisplayName: ${values} (recreated: Never, cause: ResourceReference News, evaluation: Static)`,
    ]);
  });

  it('stack tags apart from properties, and hides NoEcho values', async () => {
    const template = {
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
      Resources: { Tagged: topic({ TopicName: 'tagged', DisplayName: { Ref: 'Secret' } }) },
    };
    const before = { Tags: [{ Key: 'Project', Value: 'shop' }], ...parameter('Secret', 'first-secret') };
    const after = { Tags: [{ Key: 'Project', Value: 'mall' }], ...parameter('Secret', 'other-secret') };
    await deploy('tags', template, before);
    expect(await changesOf('tags', template, after)).toEqual([
      'Modify Topic Tagged tagged (replaced: False, scope: Properties and Tags)',
      '  DisplayName: **** → **** (recreated: Never, cause: ParameterReference Secret, evaluation: Static)',
      '  Tags (recreated: Never, cause: DirectModification, evaluation: Static)',
    ]);
  });
});

it('a change set whose template is refused creates no stack', async () => {
  const template = { Parameters: { Days: { Type: 'Number' } }, Resources: {} };
  const creation = account.changeSet('refused', template, { ChangeSetType: 'CREATE' });
  await expect(creation).rejects.toThrow('Missing parameter');
  expect(await account.statusOf('refused')).toBeUndefined();
});
