import { dev, prod } from '@infra/testing/configs';
import { answerCommands } from '@infra/operate/test/support/answer-commands';
import { requireCredentials } from '../src/own-stack';
import { refuseAccount } from '../src/refusals';

const PLACE = { account: '123456789012', region: 'ap-northeast-1' };
const TAGS = [{ Key: 'Project', Value: 'ProofLink' }];

afterEach(() => jest.restoreAllMocks());

/** Judges an account that has these stacks in every region. */
async function refuse(stacks: readonly object[], environments: Parameters<typeof refuseAccount>[1] = { dev, prod }) {
  answerCommands({ DescribeStacks: { Stacks: stacks } });
  await refuseAccount(PLACE, environments, ['us-east-1']);
}

// A rehearsal deletes what it has deployed.
it.each([
  { title: 'dev that was never deployed, and has no tags yet', stack: { StackName: 'ProoflinkDev' } },
  { title: 'a stack of another name with ProofLink’s tag', stack: { StackName: 'OurApp', Tags: TAGS } },
  { title: 'the rehearsal’s name in a region of the roles alone', stack: { StackName: 'ProoflinkRehearsal' } },
])('an account that has $title is refused', async ({ stack }) => {
  await expect(refuse([stack])).rejects.toThrow(`has the stack ${stack.StackName} in `);
});

it('an account without ProofLink is not refused, nor one that has what an interrupted rehearsal has left', async () => {
  answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'CDKToolkit' }, { StackName: 'ProoflinkRehearsal', Tags: TAGS }] },
  });
  await expect(refuseAccount(PLACE, { dev }, [])).resolves.toBeUndefined();
});

it('the account and the name of an environment in lib/config are refused', async () => {
  await expect(refuse([], { prod: { ...prod, account: PLACE.account } })).rejects.toThrow('is the account of prod');
  await expect(refuse([], { rehearsal: dev })).rejects.toThrow('has an environment rehearsal');
});

it('credentials of another account are refused', async () => {
  answerCommands({ GetCallerIdentity: { Account: '210987654321' } });
  await expect(requireCredentials(PLACE)).rejects.toThrow('Sign in to 123456789012');
});
