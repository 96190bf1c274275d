import { type CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();

type Props = Partial<CreateChangeSetCommandInput>;

/** Creates a change set and describes it, with values like the CDK CLI. */
async function describeChanges(name: string, template: Resources, props: Props = {}, IncludePropertyValues = true) {
  const set = await account.changeSet(name, template, props);
  return account.cloudFormation.describeChangeSet({ ...set, IncludePropertyValues });
}

async function changesOf(name: string, template: Resources, props: Props = {}, values = true) {
  const { Changes = [] } = await describeChanges(name, template, props, values);
  return Changes.map(({ ResourceChange }) => ResourceChange);
}

async function deploy(name: string, template: Resources, props: Props = {}): Promise<void> {
  const set = await account.changeSet(name, template, { ChangeSetType: 'CREATE', ...props });
  await account.cloudFormation.executeChangeSet(set);
  expect(await account.statusOf(name)).toBe('CREATE_COMPLETE');
}

const topic = (Properties: Resources) => ({ Type: 'AWS::SNS::Topic', Properties });

describe('a change set', () => {
  it('lists additions, and removals with their policy', async () => {
    const kept = logGroup('/kept', { DeletionPolicy: 'Retain' });
    await deploy('names', { Resources: { Kept: kept, Gone: logGroup('/gone') } });
    expect(await changesOf('names', { Resources: { New: logGroup('/new') } })).toMatchObject([
      { Action: 'Remove', LogicalResourceId: 'Kept', PhysicalResourceId: '/kept', PolicyAction: 'Retain' },
      { Action: 'Remove', LogicalResourceId: 'Gone', PolicyAction: 'Delete' },
      { Action: 'Add', LogicalResourceId: 'New', ResourceType: 'AWS::Logs::LogGroup', Details: [] },
    ]);
  });

  it('names the parameter behind a change, and the replacement', async () => {
    const template = {
      Parameters: { Text: { Type: 'String', Default: 'a' }, Name: { Type: 'String', Default: 'named' } },
      Resources: { Topic: topic({ DisplayName: { 'Fn::Sub': 'is ${Text}' }, TopicName: { Ref: 'Name' } }) },
    };
    await deploy('parameters', template);
    const Parameters = [{ ParameterKey: 'Text', ParameterValue: 'b' }];
    const inPlace = await changesOf('parameters', template, { Parameters });
    const target = { Name: 'DisplayName', BeforeValue: 'is a', AfterValue: 'is b', RequiresRecreation: 'Never' };
    expect(inPlace).toMatchObject([
      {
        Action: 'Modify',
        Replacement: 'False',
        Scope: ['Properties'],
        Details: [{ ChangeSource: 'ParameterReference', CausingEntity: 'Text', Evaluation: 'Static', Target: target }],
      },
    ]);
    expect(inPlace[0]).not.toHaveProperty('PolicyAction');
    const replaced = { Parameters: [{ ParameterKey: 'Name', ParameterValue: 'other' }] };
    expect(await changesOf('parameters', template, replaced)).toMatchObject([
      {
        Replacement: 'True',
        PolicyAction: 'ReplaceAndDelete',
        Details: [{ Target: { RequiresRecreation: 'Always' } }],
      },
    ]);
  });

  it('lists removals by a condition, and references to a replaced resource', async () => {
    const template = (TopicName: string) => ({
      Parameters: { On: { Type: 'String', Default: 'yes' } },
      Conditions: { IsOn: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } },
      Resources: {
        Optional: { ...logGroup('/optional'), Condition: 'IsOn' },
        Topic: topic({ TopicName, DisplayName: 'shown' }),
        Reader: topic({ TopicName: 'reader', DisplayName: { 'Fn::Join': ['', ['of ', { Ref: 'Topic' }]] } }),
      },
    });
    await deploy('conditions', template('first'));
    const Parameters = [{ ParameterKey: 'On', ParameterValue: 'no' }];
    expect(await changesOf('conditions', template('second'), { Parameters })).toMatchObject([
      { Action: 'Remove', LogicalResourceId: 'Optional' },
      { Action: 'Modify', LogicalResourceId: 'Topic', Replacement: 'True' },
      {
        LogicalResourceId: 'Reader',
        Replacement: 'False',
        Details: [
          {
            ChangeSource: 'ResourceReference',
            CausingEntity: 'Topic',
            Target: { Name: 'DisplayName', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
          },
        ],
      },
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
    expect(await changesOf('attributes', template('after'))).toMatchObject([{ LogicalResourceId: 'Topic' }]);
    const [changed, reader] = await changesOf('attributes', template('after'), {}, false);
    expect(changed?.Details?.[0]?.Target).toEqual({
      Attribute: 'Properties',
      Name: 'DisplayName',
      RequiresRecreation: 'Never',
    });
    expect(reader).toMatchObject({
      LogicalResourceId: 'Reader',
      Details: [{ ChangeSource: 'ResourceAttribute', CausingEntity: 'Topic.TopicName', Evaluation: 'Dynamic' }],
    });
  });

  it('separates stack tags from properties, and hides NoEcho values', async () => {
    const template = {
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
      Resources: { Tagged: topic({ TopicName: 'tagged', DisplayName: { Ref: 'Secret' } }) },
    };
    const Tags = [{ Key: 'Project', Value: 'shop' }];
    await deploy('tags', template, { Tags, Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'first-secret' }] });
    const Parameters = [{ ParameterKey: 'Secret', ParameterValue: 'other-secret' }];
    const changes = await changesOf('tags', template, { Tags: [{ Key: 'Project', Value: 'mall' }], Parameters });
    expect(changes).toMatchObject([{ Scope: ['Properties', 'Tags'] }]);
    expect(JSON.stringify(changes)).toContain('****');
    expect(JSON.stringify(changes)).not.toContain('-secret');
  });

  it('fails on a changed resource type; a refused template creates no stack', async () => {
    await deploy('types', { Resources: { Same: logGroup('/types') } });
    const failed = await describeChanges('types', { Resources: { Same: topic({}) } });
    expect(failed).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
    expect(failed.StatusReason).toContain('Update of resource type is not permitted');
    const Parameters = { Days: { Type: 'Number' } };
    const refused = describeChanges('refused', { Parameters, Resources: {} }, { ChangeSetType: 'CREATE' });
    await expect(refused).rejects.toThrow('Missing parameter');
    expect(await account.statusOf('refused')).toBeUndefined();
  });
});
