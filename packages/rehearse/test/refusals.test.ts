import { dev, prod } from '@infra/testing/configs';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { stackId } from '@infra/commands/app';
import { assembly } from '@infra/testing/assembly';
import { synthesize } from '@infra/testing/synth';
import { refusalByTime, refusalsOfAccount } from '../src/refusals';
import { devAwayFromOfficeHours } from './support/office-hours';
import { answerCommands } from '@infra/operate/test/support/answer-commands';

const PLACE = { account: '123456789012', region: 'ap-northeast-1' };

const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

/** Environments of lib/config of which none is in the rehearsal's account; dev may be deployed to any. */
const ENVIRONMENTS = { dev, prod: { ...prod, account: '112233445566' } };

/** Tags of every stack of this app. */
const PROOFLINK_TAGS = [{ Key: 'Project', Value: 'ProofLink' }];

/** Lets the rehearsal's account have these stacks in every region; returns what AWS is asked. */
function answerWithStacks(...stacks: object[]) {
  return answerCommands({ GetCallerIdentity: { Account: PLACE.account }, DescribeStacks: { Stacks: stacks } });
}

afterEach(() => jest.restoreAllMocks());

/** Reasons for which the rehearsal is refused: it destroys what it deploys, and may touch no environment of a team. */
const refusals = (environments: Parameters<typeof refusalsOfAccount>[1] = ENVIRONMENTS) =>
  refusalsOfAccount(PLACE, environments, []);

it('an account that has stacks, but none of ProofLink, may be rehearsed in', async () => {
  answerWithStacks({ StackName: 'CDKToolkit', StackStatus: 'CREATE_COMPLETE' });
  expect(await refusals()).toEqual([]);
});

it('an environment without an account in lib/config does not refuse every account', async () => {
  answerWithStacks();
  expect(await refusals({ dev: { ...dev, account: undefined } })).toEqual([]);
});

it('the stack that an interrupted rehearsal has left does not refuse the next one, which goes on with it', async () => {
  answerWithStacks({ StackName: 'ProoflinkRehearsal', StackStatus: 'CREATE_COMPLETE', Tags: PROOFLINK_TAGS });
  expect(await refusals()).toEqual([]);
});

it.each([
  { title: 'dev', stack: { StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE', Tags: PROOFLINK_TAGS } },
  {
    title: 'dev that was never deployed, and has no tags yet',
    stack: { StackName: 'ProoflinkDev', StackStatus: 'REVIEW_IN_PROGRESS' },
  },
  {
    title: 'a stack of another name with ProofLink’s tag',
    stack: { StackName: 'OurApp', StackStatus: 'CREATE_COMPLETE', Tags: PROOFLINK_TAGS },
  },
])('an account that has $title is refused, with the stack’s name and status', async ({ stack }) => {
  answerWithStacks(stack);
  expect(await refusals()).toEqual([
    expect.stringContaining(`${stack.StackName} in ap-northeast-1 (${stack.StackStatus})`),
  ]);
});

it('an environment is found in each region of lib/config, and in those of GitHub’s roles', async () => {
  answerWithStacks({ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE' });
  const environments = { ...ENVIRONMENTS, osaka: { ...dev, region: 'ap-northeast-3' } };
  const regionsOfDelivery = ['us-east-1'];
  expect(await refusalsOfAccount(PLACE, environments, regionsOfDelivery)).toEqual([
    expect.stringContaining('ProoflinkDev in ap-northeast-1 ('),
    expect.stringContaining('ProoflinkDev in ap-northeast-3 ('),
    expect.stringContaining('ProoflinkDev in us-east-1 ('),
  ]);
});

it('all reasons are named at once: the account of an environment, an environment called rehearsal, and a stack', async () => {
  answerWithStacks({ StackName: 'ProoflinkProd', StackStatus: 'CREATE_COMPLETE' });
  // An environment called rehearsal would have the names of the rehearsal's resources.
  const environments = { dev, prod: { ...prod, account: PLACE.account }, rehearsal: dev };
  expect(await refusals(environments)).toEqual([
    expect.stringContaining('is the account of prod in lib/config'),
    expect.stringContaining('lib/config has an environment rehearsal'),
    expect.stringContaining('has the stack ProoflinkProd'),
  ]);
});

it('credentials of another account are refused, and its stacks are not read', async () => {
  const asked = answerCommands({ GetCallerIdentity: { Account: '210987654321' } });
  expect(await refusals()).toEqual([expect.stringContaining('Sign in to 123456789012')]);
  expect(Object.keys(asked)).toEqual(['GetCallerIdentity']);
});

it('stacks that may not be read end the check with an error: they could be a team’s', async () => {
  // Every other command is refused with AccessDenied.
  answerCommands({ GetCallerIdentity: { Account: PLACE.account } });
  await expect(refusals()).rejects.toThrow('AccessDenied');
});

describe('the clock', () => {
  const EXPECTED_MINUTES = 220;
  const stackOf = (environment: string) => stacksIn(assembly).get(stackId(environment));
  const inTokyo = (time: string) => new Date(`2026-11-27T${time}:00+09:00`);

  it.each([
    { title: 'an afternoon is refused until the database has stopped', time: '20:00', begin: '22:06' },
    { title: 'a morning is refused until the web tasks have started', time: '08:00', begin: '09:16' },
  ])('$title', ({ time, begin }) => {
    const refusal = refusalByTime(stackOf('dev'), EXPECTED_MINUTES, inTokyo(time));
    expect(refusal).toContain(`Begin at 2026-11-27 ${begin} (Tokyo)`);
    expect(refusalByTime(stackOf('dev'), EXPECTED_MINUTES, inTokyo(begin))).toBeUndefined();
  });

  it('an environment without schedules may be rehearsed at any time', () => {
    expect(refusalByTime(stackOf('testlean'), EXPECTED_MINUTES, inTokyo('21:59'))).toBeUndefined();
  });

  it('the rehearsal of packages/proofs/test/life-cycle begins at any time of day: refused, it would be red for hours a day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => inTokyo(`${String(hour).padStart(2, '0')}:00`));
    const refused = hours.filter((hour) => {
      const folder = synthesize({ dev: devAwayFromOfficeHours(hour) });
      return refusalByTime(stacksIn(folder).get('ProoflinkDev'), EXPECTED_MINUTES, hour) !== undefined;
    });
    expect(refused).toEqual([]);
  });
});
