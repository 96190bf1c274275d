import { dev, prod } from '../../../support/configs';
import { refusalsOfAccount } from '../../../../tools/operate/rehearse/refusals';
import { answerCommands } from '../../support/answer-commands';
import { describedStack, PLACE } from './rehearsal-stacks';

const elsewhere = { dev, prod: { ...prod, account: '112233445566' } };

/** AWS, in which these stacks exist in each region. */
function awsWith(...stacks: object[]) {
  return answerCommands({ GetCallerIdentity: { Account: PLACE.account }, DescribeStacks: { Stacks: stacks } });
}

afterEach(() => jest.restoreAllMocks());

const refusals = (environments: Parameters<typeof refusalsOfAccount>[1] = elsewhere) =>
  refusalsOfAccount(PLACE, environments, []);

it('an account that has other stacks, and no environment, is fit; an environment without account refuses nothing', async () => {
  awsWith({ StackName: 'CDKToolkit', StackStatus: 'CREATE_COMPLETE' });
  expect(dev.account).toBeUndefined();
  expect(await refusals()).toEqual([]);
});

it.each([
  { title: 'the stack of the rehearsal that was left', stack: describedStack() },
  {
    title: 'a stack of its name that has nothing but a change set',
    stack: describedStack({ StackStatus: 'REVIEW_IN_PROGRESS', Tags: [] }),
  },
])('$title refuses nothing', async ({ stack }) => {
  awsWith(stack);
  expect(await refusals()).toEqual([]);
});

const tags = [{ Key: 'Project', Value: 'ProofLink' }];

it.each([
  { title: 'dev', stack: { StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE', Tags: tags } },
  { title: 'dev without its tags', stack: { StackName: 'ProoflinkDev', StackStatus: 'REVIEW_IN_PROGRESS' } },
  { title: 'dev after a rollback', stack: { StackName: 'ProoflinkDev', StackStatus: 'ROLLBACK_COMPLETE', Tags: tags } },
  { title: 'dev half deleted', stack: { StackName: 'ProoflinkDev', StackStatus: 'DELETE_FAILED', Tags: tags } },
  { title: 'the roles of GitHub', stack: { StackName: 'ProoflinkDelivery', StackStatus: 'CREATE_COMPLETE' } },
  { title: 'ProofLink under another name', stack: { StackName: 'OurApp', StackStatus: 'CREATE_COMPLETE', Tags: tags } },
  {
    title: 'a stack of the rehearsal’s name that no rehearsal has made',
    stack: describedStack({ Tags: tags }),
  },
])('$title in the account refuses the rehearsal, by its name and status', async ({ stack }) => {
  awsWith(stack);
  expect(await refusals()).toEqual([
    expect.stringContaining(`${stack.StackName} in ap-northeast-1 (${stack.StackStatus})`),
  ]);
});

it('each region of the config is looked at, and GitHub’s', async () => {
  const regions: string[] = [];
  answerCommands({
    GetCallerIdentity: { Account: PLACE.account },
    DescribeStacks: () => ({ Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE' }] }),
  });
  const environments = { ...elsewhere, osaka: { ...dev, region: 'ap-northeast-3' } };
  for (const refusal of await refusalsOfAccount(PLACE, environments, ['us-east-1'])) {
    regions.push(/in (\S+) \(/.exec(refusal)?.[1] ?? '');
  }
  expect(regions).toEqual(['ap-northeast-1', 'ap-northeast-3', 'us-east-1']);
});

it('the account of an environment is refused, and everything else besides it, at once', async () => {
  awsWith({ StackName: 'ProoflinkProd', StackStatus: 'CREATE_COMPLETE' });
  const environments = { dev, prod: { ...prod, account: PLACE.account }, rehearsal: dev };
  expect(await refusals(environments)).toEqual([
    expect.stringContaining('is the account of prod in lib/config'),
    expect.stringContaining('lib/config has an environment rehearsal'),
    expect.stringContaining('has the stack ProoflinkProd'),
  ]);
});

it('with credentials of another account, its stacks are not looked at', async () => {
  const asked = answerCommands({ GetCallerIdentity: { Account: '210987654321' } });
  expect(await refusals()).toEqual([expect.stringContaining('Sign in to 123456789012')]);
  expect(Object.keys(asked)).toEqual(['GetCallerIdentity']);
});

it('what cannot be asked is no "it may"', async () => {
  answerCommands({ GetCallerIdentity: { Account: PLACE.account } });
  await expect(refusals()).rejects.toThrow('AccessDenied');
});
