import { type CreateChangeSetCommandInput, type ResourceChange } from '@aws-sdk/client-cloudformation';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();

type Props = Partial<CreateChangeSetCommandInput>;

/** A change as lines: the resource, then each property with its values and its cause. */
function linesOf({ Action, LogicalResourceId, Scope = [], Details = [], ...more }: ResourceChange): string[] {
  const details = Details.map(({ Target = {}, ChangeSource, CausingEntity, Evaluation }) => {
    const values = [Target.BeforeValue, Target.AfterValue].filter((value) => value !== undefined).join(' → ');
    const what = [Target.Attribute, Target.Name, values, Target.RequiresRecreation];
    return `  ${[...what, ChangeSource, CausingEntity, Evaluation].filter(Boolean).join(', ')}`;
  });
  const [type, id] = [more.ResourceType?.split('::').at(-1), more.PhysicalResourceId?.split(':').at(-1)];
  const head = [Action, type, LogicalResourceId, id, more.Replacement, more.PolicyAction, Scope.join('+')];
  return [head.filter(Boolean).join(' '), ...details];
}

/** Changes of a change set, with values like the CDK CLI. */
async function changesOf(name: string, template: Resources, props: Props = {}, IncludePropertyValues = true) {
  const set = await account.changeSet(name, template, props);
  const { Changes = [] } = await account.cloudFormation.describeChangeSet({ ...set, IncludePropertyValues });
  return Changes.flatMap(({ ResourceChange = {} }) => linesOf(ResourceChange));
}

async function deploy(name: string, template: Resources, props: Props = {}): Promise<void> {
  await account.execute(name, template, { ChangeSetType: 'CREATE', ...props });
  expect(await account.statusOf(name)).toBe('CREATE_COMPLETE');
}

const topic = (Properties: Resources) => ({ Type: 'AWS::SNS::Topic', Properties });
const given = (ParameterKey: string, ParameterValue: string) => ({ Parameters: [{ ParameterKey, ParameterValue }] });

describe('a change set', () => {
  it('lists additions, and removals with their policy', async () => {
    const kept = logGroup('/kept', { DeletionPolicy: 'Retain' });
    await deploy('names', { Resources: { Kept: kept, Gone: logGroup('/gone') } });
    expect(await changesOf('names', { Resources: { New: logGroup('/new') } })).toEqual([
      'Remove LogGroup Kept /kept Retain',
      'Remove LogGroup Gone /gone Delete',
      'Add LogGroup New',
    ]);
  });

  it('names the parameter behind a change, and the replacement', async () => {
    const template = {
      Parameters: { Text: { Type: 'String', Default: 'a' }, Name: { Type: 'String', Default: 'named' } },
      Resources: { Topic: topic({ DisplayName: { 'Fn::Sub': 'is ${Text}' }, TopicName: { Ref: 'Name' } }) },
    };
    await deploy('parameters', template);
    expect(await changesOf('parameters', template, given('Text', 'b'))).toEqual([
      'Modify Topic Topic named False Properties',
      '  Properties, DisplayName, is a → is b, Never, ParameterReference, Text, Static',
    ]);
    expect(await changesOf('parameters', template, given('Name', 'other'))).toEqual([
      'Modify Topic Topic named True ReplaceAndDelete Properties',
      '  Properties, TopicName, named → other, Always, ParameterReference, Name, Static',
    ]);
  });

  it('lists removals by a condition, and references to a replaced resource', async () => {
    const template = (TopicName: string) => ({
      Parameters: { On: { Type: 'String', Default: 'yes' } },
      Conditions: { IsOn: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } },
      Resources: {
        Optional: logGroup('/optional', { Condition: 'IsOn' }),
        Topic: topic({ TopicName, DisplayName: 'shown' }),
        Reader: topic({ TopicName: 'reader', DisplayName: { 'Fn::Join': ['', ['of ', { Ref: 'Topic' }]] } }),
      },
    });
    await deploy('conditions', template('first'));
    const reader = 'of arn:aws:sns:ap-northeast-1:123456789012:first → {{changeSet:KNOWN_AFTER_APPLY}}';
    expect(await changesOf('conditions', template('second'), given('On', 'no'))).toEqual([
      'Remove LogGroup Optional /optional Delete',
      'Modify Topic Topic first True ReplaceAndDelete Properties',
      '  Properties, TopicName, first → second, Always, DirectModification, Static',
      'Modify Topic Reader reader False Properties',
      `  Properties, DisplayName, ${reader}, Never, ResourceReference, Topic, Static`,
    ]);
  });

  it('lists readers of a changed attribute only without values, as on AWS', async () => {
    const template = (DisplayName: string) => ({
      Resources: {
        Topic: topic({ TopicName: 'read', DisplayName }),
        Reader: topic({ TopicName: 'reading', DisplayName: { 'Fn::GetAtt': ['Topic', 'TopicName'] } }),
      },
    });
    await deploy('attributes', template('before'));
    expect(await changesOf('attributes', template('after'))).toEqual([
      'Modify Topic Topic read False Properties',
      '  Properties, DisplayName, before → after, Never, DirectModification, Static',
    ]);
    expect(await changesOf('attributes', template('after'), {}, false)).toEqual([
      'Modify Topic Topic read False Properties',
      '  Properties, DisplayName, Never, DirectModification, Static',
      'Modify Topic Reader reading False Properties',
      '  Properties, DisplayName, Never, ResourceAttribute, Topic.TopicName, Dynamic',
    ]);
  });

  it('separates stack tags from properties, and hides NoEcho values', async () => {
    const template = {
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
      Resources: { Tagged: topic({ TopicName: 'tagged', DisplayName: { Ref: 'Secret' } }) },
    };
    const tags = (Value: string) => ({ Tags: [{ Key: 'Project', Value }] });
    await deploy('tags', template, { ...tags('shop'), ...given('Secret', 'first-secret') });
    expect(await changesOf('tags', template, { ...tags('mall'), ...given('Secret', 'other-secret') })).toEqual([
      'Modify Topic Tagged tagged False Properties+Tags',
      '  Properties, DisplayName, **** → ****, Never, ParameterReference, Secret, Static',
      '  Tags, Never, DirectModification, Static',
    ]);
  });

  it('fails on a changed resource type; a refused template creates no stack', async () => {
    await deploy('types', { Resources: { Same: logGroup('/types') } });
    const set = await account.changeSet('types', { Resources: { Same: topic({}) } });
    expect(await account.cloudFormation.describeChangeSet(set)).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: expect.stringContaining('Update of resource type is not permitted') as string,
    });
    const refused = { Parameters: { Days: { Type: 'Number' } }, Resources: {} };
    await expect(account.changeSet('refused', refused, { ChangeSetType: 'CREATE' })).rejects.toThrow(
      'Missing parameter',
    );
    expect(await account.statusOf('refused')).toBeUndefined();
  });
});
