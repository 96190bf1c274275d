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

/** Line about a resource: what happens to it, its type, its logical id and its physical one. */
function resourceLine(change: ResourceChange): string {
  const replaced = change.Replacement && `(replaced: ${change.Replacement})`;
  const parts = [
    change.Action,
    lastPart(change.ResourceType),
    change.LogicalResourceId,
    lastPart(change.PhysicalResourceId),
    replaced,
  ];
  return parts.filter(Boolean).join(' ');
}

/** Line about a property or another attribute: its values, if they are described. */
function propertyLine({ Target = {} }: ResourceChangeDetail): string {
  const name = Target.Name ?? Target.Attribute;
  const values = Target.BeforeValue === undefined ? '' : `: ${Target.BeforeValue} → ${Target.AfterValue}`;
  return `  ${name}${values} (recreated: ${Target.RequiresRecreation})`;
}

/** Changes of a new change set as lines: each resource, then its properties. */
async function changesOf(stackName: string, template: Resources, props: ChangeSetProps = {}): Promise<string[]> {
  const changeSet = await account.changeSet(stackName, template, props);
  const request = { ...changeSet, IncludePropertyValues: true };
  const { Changes = [] } = await account.cloudFormation.describeChangeSet(request);
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
  it('additions and removals', async () => {
    await deploy('names', {
      Resources: {
        Gone: logGroup('/gone'),
      },
    });
    expect(await changesOf('names', { Resources: { New: logGroup('/new') } })).toEqual([
      'Remove LogGroup Gone /gone',
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
      'Remove LogGroup Optional /optional',
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
      'Modify Topic News first (replaced: True)',
      '  TopicName: first → second (recreated: Always)',
      'Modify Topic Reader reader (replaced: False)',
      `  DisplayName: ${values} (recreated: Never)`,
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
      'Modify Topic Tagged tagged (replaced: False)',
      '  DisplayName: **** → **** (recreated: Never)',
      '  Tags (recreated: Never)',
    ]);
  });
});

it('a change set whose template is refused creates no stack', async () => {
  const template = { Parameters: { Days: { Type: 'Number' } }, Resources: {} };
  const creation = account.changeSet('refused', template, { ChangeSetType: 'CREATE' });
  await expect(creation).rejects.toThrow('Missing parameter');
  expect(await account.statusOf('refused')).toBeUndefined();
});
