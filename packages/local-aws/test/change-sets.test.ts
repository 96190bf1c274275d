import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables } from '../src/environment';
import { type LocalAws, startLocalAws } from '../src/local-aws';

let aws: LocalAws;
let cloudFormation: CloudFormationClient;

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, aws.env);
  cloudFormation = new CloudFormationClient({
    endpoint: aws.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}, 60_000);

afterAll(() => aws.stop());

const SET = { ChangeSetName: 'cdk-deploy-change-set' };

/** A template with log groups; the first one's retention is a parameter. */
function template(...names: string[]): string {
  const Resources = Object.fromEntries(
    names.map((LogGroupName, index) => {
      const retention = index === 0 ? { RetentionInDays: { Ref: 'Days' } } : {};
      return [`Group${index}`, { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName, ...retention } }];
    }),
  );
  return JSON.stringify({ Parameters: { Days: { Type: 'Number', Default: '3' } }, Resources });
}

const prepare = (StackName: string, ChangeSetType: 'CREATE' | 'UPDATE', TemplateBody: string) =>
  cloudFormation.send(
    new CreateChangeSetCommand({
      ...SET,
      StackName,
      ChangeSetType,
      TemplateBody,
      Parameters: ChangeSetType === 'UPDATE' ? [{ ParameterKey: 'Days', UsePreviousValue: true }] : [],
    }),
  );
const execute = (StackName: string) => cloudFormation.send(new ExecuteChangeSetCommand({ ...SET, StackName }));
const look = (StackName: string) => cloudFormation.send(new DescribeChangeSetCommand({ ...SET, StackName }));
const forget = (StackName: string) => cloudFormation.send(new DeleteChangeSetCommand({ ...SET, StackName }));

async function statusesOf(name: string): Promise<(string | undefined)[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  return Stacks.filter(({ StackName }) => StackName === name).map(({ StackStatus }) => StackStatus);
}

describe('change sets', () => {
  it('a stack whose change set was never executed takes the next one, and stays one stack', async () => {
    await prepare('again', 'CREATE', template('again-a'));
    await expect(prepare('again', 'CREATE', template('again-b'))).rejects.toThrow('cannot be created');
    await forget('again');
    await prepare('again', 'CREATE', template('again-b'));
    expect(await statusesOf('again')).toEqual(['REVIEW_IN_PROGRESS']);
    await execute('again');
    expect(await statusesOf('again')).toEqual(['CREATE_COMPLETE']);
    await expect(prepare('again', 'CREATE', template('again-b'))).rejects.toThrow('already exists');
  });

  it('what is not there counts as deleted, and cannot be described or executed', async () => {
    await prepare('gone', 'CREATE', template('gone'));
    await forget('gone');
    await forget('gone');
    await expect(look('gone')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    await expect(execute('gone')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });

  it('they go with their stack: another one of its name takes its own', async () => {
    await prepare('reborn', 'CREATE', template('reborn'));
    await execute('reborn');
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'reborn' }));
    await prepare('reborn', 'CREATE', template('reborn'));
    await execute('reborn');
    expect(await statusesOf('reborn')).toEqual(['CREATE_COMPLETE']);
  });

  it('two stacks have each their own of the same name', async () => {
    for (const name of ['one', 'two']) await prepare(name, 'CREATE', template(name));
    expect((await look('one')).StackName).toBe('one');
    await forget('one');
    expect((await look('two')).StackName).toBe('two');
  });

  it('is empty, and cannot be executed, where template and parameters are what stands', async () => {
    await prepare('same', 'CREATE', template('same'));
    await execute('same');
    await prepare('same', 'UPDATE', template('same'));
    expect(await look('same')).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
    expect((await look('same')).StatusReason).toMatch(/^The submitted information didn't contain changes\./);
    await expect(execute('same')).rejects.toThrow('cannot be executed');
  });
});

describe('several change sets of a stack', () => {
  it('are obsolete once one is executed: they were made for what stood before', async () => {
    await prepare('several', 'CREATE', template('several'));
    await execute('several');
    const StackName = 'several';
    for (const ChangeSetName of ['first', 'second']) {
      const TemplateBody = template('several', ChangeSetName);
      const Parameters = [{ ParameterKey: 'Days', UsePreviousValue: true }];
      await cloudFormation.send(new CreateChangeSetCommand({ StackName, ChangeSetName, TemplateBody, Parameters }));
    }
    await cloudFormation.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'second' }));
    const late = new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'first' });
    await expect(cloudFormation.send(late)).rejects.toThrow('cannot be executed');
  });
});

describe('an operation', () => {
  it('goes on when its client is gone, and lets no other begin meanwhile', async () => {
    const leave = new AbortController();
    const TemplateBody = template('pace-1', 'pace-2', 'pace-3', 'pace-4', 'pace-5');
    aws.pace(200);
    const client = cloudFormation.send(new CreateStackCommand({ StackName: 'pace', TemplateBody }), {
      abortSignal: leave.signal,
    });
    const left = expect(client).rejects.toThrow('aborted');
    while ((await statusesOf('pace'))[0] !== 'CREATE_IN_PROGRESS') await Promise.resolve();
    leave.abort();
    await left;
    const refused = /CREATE_IN_PROGRESS state and can not be/;
    const update = new UpdateStackCommand({ StackName: 'pace', TemplateBody: template('pace-6') });
    await expect(cloudFormation.send(update)).rejects.toThrow(refused);
    await expect(prepare('pace', 'UPDATE', template('pace-6'))).rejects.toThrow(refused);
    await expect(cloudFormation.send(new DeleteStackCommand({ StackName: 'pace' }))).rejects.toThrow(refused);
    aws.pace(0);
    while ((await statusesOf('pace'))[0] === 'CREATE_IN_PROGRESS') await Promise.resolve();
    expect(await statusesOf('pace')).toEqual(['CREATE_COMPLETE']);
  });
});
