import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteOwnStack, readDeletedStack, readOwnStack, requireOwnArn } from '../../../operate/rehearse/own-stack';
import { destroyOwnStack } from '../../../operate/rehearse/stages/destroy';
import { answerCommands } from '../../support/answer-commands';
import { ARN, describedStack, DEV_ARN, PLACE } from './rehearsal-stacks';

jest.mock('../../../program/pause', () => ({ pause: () => Promise.resolve() }));

const CREDENTIALS = { Account: PLACE.account };
const OWN = { arn: ARN, id: '2026-11-29-abcdef' };

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

it.each([
  { title: 'dev’s stack', arn: DEV_ARN },
  { title: 'prod’s stack', arn: ARN.replace('Rehearsal', 'Prod') },
  { title: 'a stack whose name begins like it', arn: ARN.replace('ProoflinkRehearsal/', 'ProoflinkRehearsal2/') },
  { title: 'a stack of its name in another account', arn: ARN.replace(PLACE.account, '210987654321') },
  { title: 'a stack of its name in another region', arn: ARN.replace(PLACE.region, 'us-east-1') },
  { title: 'a change set of its own', arn: ARN.replace(':stack/', ':changeSet/') },
  { title: 'a mere name', arn: 'ProoflinkRehearsal' },
  { title: 'nothing', arn: '' },
])('$title is left alone: no deletion is asked for, and no credentials', async ({ arn }) => {
  const asked = answerCommands({ GetCallerIdentity: CREDENTIALS, DeleteStack: {} });
  expect(() => {
    requireOwnArn(PLACE, arn);
  }).toThrow('it is left alone');
  await expect(deleteOwnStack(PLACE, { ...OWN, arn }, 'destroy')).rejects.toThrow('it is left alone');
  expect(asked).toEqual({});
});

it('one file deletes a stack, and by its ARN alone', () => {
  const folder = join(__dirname, '../../../operate/rehearse');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  expect(files.filter((file) => read(file).includes('deleteStack('))).toEqual(['own-stack.ts']);
  expect(read('own-stack.ts').match(/deleteStack\(\{ StackName: arn,/g)).toHaveLength(1);
  // A report repeats the pages' own commands.
  const ofTheCommand = files.filter((file) => !file.startsWith('report'));
  expect(ofTheCommand.filter((file) => /cdk destroy|\['destroy'/.test(read(file)))).toEqual([]);
});

it('credentials of another account delete nothing', async () => {
  const asked = answerCommands({ GetCallerIdentity: { Account: '210987654321' }, DeleteStack: {} });
  await expect(deleteOwnStack(PLACE, OWN, 'destroy')).rejects.toThrow('Sign in to 123456789012');
  expect(asked).not.toHaveProperty('DeleteStack');
});

it('a stack of its name without its tag was made by a person, and is left alone', async () => {
  answerCommands({ DescribeStacks: { Stacks: [describedStack({ Tags: [] })] } });
  await expect(readOwnStack(PLACE)).rejects.toThrow('has no tag Rehearsal');
});

it('a stack that has nothing but a change set has no tags yet', async () => {
  answerCommands({ DescribeStacks: { Stacks: [describedStack({ Tags: [], StackStatus: 'REVIEW_IN_PROGRESS' })] } });
  expect(await readOwnStack(PLACE)).toMatchObject({ arn: ARN, status: 'REVIEW_IN_PROGRESS' });
});

/** AWS, in which the stack has these statuses at each question in turn. */
function awsWith(...statuses: string[]) {
  return answerCommands({
    GetCallerIdentity: CREDENTIALS,
    DescribeStacks: () => ({ Stacks: [describedStack({ StackStatus: statuses.shift() ?? 'DELETE_COMPLETE' })] }),
    DeleteStack: {},
    DescribeJobDefinitions: {},
    ListStackResources: {
      StackResourceSummaries: [
        {
          ResourceType: 'AWS::S3::Bucket',
          PhysicalResourceId: 'files',
          ResourceStatus: 'DELETE_FAILED',
          ResourceStatusReason: 'not empty',
        },
        { ResourceType: 'AWS::ECS::Cluster', PhysicalResourceId: 'cluster', ResourceStatus: 'DELETE_COMPLETE' },
      ],
    },
  });
}

const destroy = () => destroyOwnStack(PLACE, { ...OWN, start: '', status: '', details: {} as never }, 'destroy');

it('a deletion waits for the operation that is in progress', async () => {
  const asked = awsWith('UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE');
  expect(await destroy()).toMatchObject({ words: ['DELETE_COMPLETE'] });
  expect(asked['DeleteStack']).toEqual([
    { StackName: ARN, ClientRequestToken: 'rehearsal-2026-11-29-abcdef-destroy-1' },
  ]);
  expect(asked['DescribeStacks']).toEqual(Array(4).fill({ StackName: ARN }));
});

it('a deletion that is in progress already is waited for, and not asked for again', async () => {
  const asked = awsWith('DELETE_IN_PROGRESS', 'DELETE_COMPLETE');
  expect(await destroy()).toMatchObject({ words: ['DELETE_COMPLETE'] });
  expect(asked).not.toHaveProperty('DeleteStack');
});

it('a deletion that failed is tried once more, under another token', async () => {
  const asked = awsWith('CREATE_COMPLETE', 'DELETE_FAILED', 'DELETE_COMPLETE');
  await destroy();
  expect(asked['DeleteStack']).toHaveLength(2);
  expect(asked['DeleteStack']?.[1]).toMatchObject({ ClientRequestToken: 'rehearsal-2026-11-29-abcdef-destroy-2' });
});

it('what cannot be deleted the second time either is listed, with AWS’s reason', async () => {
  awsWith('CREATE_COMPLETE', 'DELETE_FAILED', 'DELETE_FAILED');
  await expect(destroy()).rejects.toThrow(
    'The stack is DELETE_FAILED. It still has:\n  AWS::S3::Bucket files: not empty',
  );
});

/** AWS, which deleted the stack at a moment, for a reason. */
function awsAfterDeletion(reason: string, DeletionTime: Date) {
  answerCommands({
    ListStacks: {
      StackSummaries: [
        { StackName: 'ProoflinkDev', StackId: DEV_ARN, DeletionTime },
        { StackName: 'ProoflinkRehearsal', StackId: ARN, DeletionTime },
      ],
    },
    DescribeStacks: { Stacks: [describedStack({ StackStatus: 'DELETE_COMPLETE' })] },
    DescribeStackEvents: { StackEvents: [{ ClientRequestToken: `rehearsal-2026-11-29-abcdef-${reason}-1` }] },
  });
}

const NOW = new Date('2026-11-29T05:00:00Z');

it.each([
  { title: 'the stage destroy has a second life before it', reason: 'destroy', awaitsSecondLife: true },
  { title: 'the last stage has none', reason: 'destroyAgain', awaitsSecondLife: false },
  { title: 'a stage that failed has none', reason: 'failed', awaitsSecondLife: false },
  { title: '--destroy has none', reason: 'asked', awaitsSecondLife: false },
])('a stack that was deleted by $title', async ({ reason, awaitsSecondLife }) => {
  awsAfterDeletion(reason, new Date('2026-11-29T04:00:00Z'));
  expect(await readDeletedStack(PLACE, NOW)).toEqual({
    id: '2026-11-29-abcdef',
    start: '2026-11-29T03:00:00.000Z',
    awaitsSecondLife,
  });
});

it('a rehearsal of yesterday is not continued', async () => {
  awsAfterDeletion('destroy', new Date('2026-11-28T04:00:00Z'));
  expect(await readDeletedStack(PLACE, NOW)).toBeUndefined();
});
