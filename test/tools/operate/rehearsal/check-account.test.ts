import { dev, prod } from '../../../support/configs';
import { runRehearsalCheck } from '../../../../tools/operate/rehearsal/check-account';
import { outcomeOf } from '@infra/common/outcome';
import { answerCommands } from '../../support/answer-commands';

const [HERE, OF_DEV, OF_PROD] = ['210987654321', '123456789012', '112233445566'];
const configs = (account?: string) => ({ dev: { ...dev, account }, prod: { ...prod, account: OF_PROD } });

/** Error by which CloudFormation reports that it has no such stack. */
function noStackError(stackName: string): Error {
  return Object.assign(new Error(`Stack with id ${stackName} does not exist`), { name: 'ValidationError' });
}

let asked: Record<string, unknown>;
/** AWS, in which these stacks exist. */
const standing = (...names: readonly string[]) => {
  asked = answerCommands({
    GetCallerIdentity: { Account: HERE },
    DescribeStacks: ({ StackName }: { StackName: string }) =>
      names.includes(StackName) ? { Stacks: [{ StackName }] } : noStackError(StackName),
    ListStackResources: {},
    GetTemplate: { TemplateBody: '{"Resources":{}}' },
  });
};

beforeEach(() => {
  standing();
});
afterEach(() => jest.restoreAllMocks());

const check = (account = HERE, empty = true, config: Parameters<typeof runRehearsalCheck>[2] = configs(OF_DEV)) =>
  outcomeOf(() => runRehearsalCheck(account, empty, config));

it('an account that was named for it, and is no environment’s, may be rehearsed in', async () => {
  expect(await check()).toEqual({ exitCode: 0, stdout: `${HERE} is for rehearsals.\n`, stderr: '' });
});

it.each([
  ['credentials of another account', OF_DEV, configs('998877665544'), `${HERE}, and the rehearsal's is "${OF_DEV}"`],
  ['a variable that is not set', '', configs(OF_DEV), `the rehearsal's is ""`],
  ['the account of dev', HERE, configs(HERE), `${HERE} is the account of dev in lib/config.`],
  ['an environment that may be anywhere', HERE, configs(), 'no `account` for dev, which might be deployed in this one'],
])('%s is refused', async (_case, account, config, why) => {
  standing('ProoflinkDev');
  const { exitCode, stdout, stderr } = await check(account, true, config);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(`No rehearsal in this account:\n  - `);
  expect(stderr).toContain(why);
  expect(Object.keys(asked)).toEqual(['GetCallerIdentity']);
});

it('so it is with the config of this repository, as long as it names no accounts', async () => {
  const named = [dev, prod].every(({ account }) => account !== undefined && account !== HERE);
  expect((await runRehearsalCheck(HERE, false)).exitCode).toBe(named ? 0 : 1);
});

it('where an environment exists already, nothing was “from nothing”, and it would be destroyed', async () => {
  standing('ProoflinkProd');
  expect(await check()).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`ProoflinkProd stands in ${HERE}.`) as string,
  });
  expect((await check(HERE, false)).exitCode).toBe(0);
});

it('stacks are looked for by the configs that the check is given, not by those of this repository', async () => {
  standing('ProoflinkStaging');
  const withStaging = { ...configs(OF_DEV), staging: { ...dev, account: OF_DEV } };
  expect(await check(HERE, true, withStaging)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`ProoflinkStaging stands in ${HERE}.`) as string,
  });
});

it('what cannot be asked is no “it may”', async () => {
  answerCommands({ GetCallerIdentity: { Account: HERE } });
  expect(await check()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('AccessDenied') as string });
});
