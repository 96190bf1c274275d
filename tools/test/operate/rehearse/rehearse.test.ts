import { ARN, PLACE } from './rehearsal-stacks';
import {
  askedOfAws,
  aws,
  beginAnew,
  cdk,
  deploymentEnds,
  progress,
  prooflink,
  readReport,
  records,
  rehearse,
} from './calls';

jest.mock('../../../program/pause', () => ({ pause: () => Promise.resolve() }));
jest.mock('../../../program/cdk-cli', () => ({ runCdk: jest.fn(), interruptRunningCdk: jest.fn() }));
jest.mock('../../../operate/rehearse/processes', () => ({
  runProoflink: jest.fn(),
  runProgram: jest.fn(),
  interruptRunningProcesses: jest.fn(),
}));

beforeEach(beginAnew);
afterEach(() => jest.restoreAllMocks());

it('a call ends after the stage that it was asked for, and says how to go on', async () => {
  const { exitCode, stdout } = await rehearse();
  expect(stdout).toContain(
    'Rehearsed, deploy included.\nIt goes on with the next call: npm run prooflink -- rehearse 123456789012\n',
  );
  expect(exitCode).toBe(0);
  expect(askedOfAws()).not.toHaveProperty('DeleteStack');
});

it('before it begins it says what it will do, how long that takes, what it costs and what stays', async () => {
  await rehearse();
  expect(progress()).toMatch(/^Rehearses dev as ProoflinkRehearsal in account 123456789012, ap-northeast-1\.$/m);
  expect(progress()).toMatch(/Stages: prepare, deploy\. They take about \d+ minutes on AWS/);
  expect(progress()).toContain('What stays in the account, always:');
});

it('without a terminal and without --yes nothing begins', async () => {
  const { exitCode, stderr } = await rehearse({ yes: undefined });
  expect(stderr).toContain('Give --yes to begin.');
  expect(exitCode).toBe(2);
  expect(cdk).not.toHaveBeenCalled();
});

it.each([
  { title: 'an account of another form', account: '1234', options: {}, says: '"1234" is no account' },
  { title: 'one image of two', account: PLACE.account, options: { appImage: 'app:1' }, says: 'Give both --app-image' },
  { title: 'users for the sample', account: PLACE.account, options: { users: 'u.csv' }, says: '--users goes with' },
  {
    title: 'a file that is not there',
    account: PLACE.account,
    options: { appImage: 'a', batchImage: 'b', users: 'nowhere.csv' },
    says: 'there is no file nowhere.csv',
  },
  {
    title: 'another account than the credentials’',
    account: '210987654321',
    options: {},
    says: 'Sign in to 210987654321',
  },
])('$title is refused, and nothing is touched', async ({ account, options, says }) => {
  const { exitCode, stderr } = await rehearse(options, account);
  expect(stderr).toContain(says);
  expect(exitCode).toBe(2);
  expect(cdk).not.toHaveBeenCalled();
  expect(prooflink).not.toHaveBeenCalled();
});

it('all refusals come at once', async () => {
  const { stderr } = await rehearse({ appImage: 'app:1' }, '210987654321');
  const items = stderr.split('\n').filter((line) => line.startsWith('  - '));
  expect(items).toEqual([
    expect.stringContaining('Give both --app-image and --batch-image'),
    expect.stringContaining('The assembly is for aws://123456789012'),
    expect.stringContaining('Sign in to 210987654321'),
  ]);
});

it('a stage that fails destroys what is deployed, and the report has AWS’s words', async () => {
  deploymentEnds('ROLLBACK_COMPLETE', 1, 'Resource handler returned: no more addresses');
  const { exitCode, stdout } = await rehearse();
  expect(stdout).toContain('deploy failed: cdk deploy ended with exit code 1.\nWhat it had deployed is destroyed.');
  expect(exitCode).toBe(1);
  expect(askedOfAws()['DeleteStack']).toMatchObject([
    { StackName: ARN, ClientRequestToken: expect.stringContaining('-failed-1') as string },
  ]);
  expect(records().at(-1)).toMatchObject({
    stage: 'deploy',
    exitCode: 1,
    words: ['Resource handler returned: no more addresses'],
  });
});

it('a call that is killed leaves a report on the stage that it has begun', async () => {
  let reportMeanwhile: string | undefined;
  cdk.mockImplementation(() => {
    reportMeanwhile = readReport();
    aws.status = 'CREATE_COMPLETE';
    return Promise.resolve({ exitCode: 0, output: '' });
  });
  await rehearse();
  expect(reportMeanwhile).toMatch(
    /^\| prepare \| .* \| 0 s \| .* \| 0 \|\n\| deploy \| .* \| not ended \| .* \| – \|$/m,
  );
  expect(readReport()).not.toContain('not ended');
});

it('what a failed stage has left and cannot be deleted is listed', async () => {
  deploymentEnds('ROLLBACK_FAILED', 1);
  aws.statusAfterDeletion = 'DELETE_FAILED';
  const { exitCode, stdout } = await rehearse();
  expect(stdout).toContain('The stack is DELETE_FAILED. It still has:\n  AWS::S3::Bucket files');
  expect(exitCode).toBe(1);
  expect(askedOfAws()['DeleteStack']).toHaveLength(2);
});

it('credentials that end destroy nothing: it says how to go on, and how to destroy', async () => {
  cdk.mockImplementation(() => {
    aws.status = 'CREATE_IN_PROGRESS';
    aws.hasCredentials = false;
    return Promise.resolve({ exitCode: 1, output: 'ExpiredToken' });
  });
  const { exitCode, stdout } = await rehearse();
  expect(stdout).toContain('AWS refuses the credentials');
  expect(stdout).toContain('To destroy it: npm run prooflink -- rehearse 123456789012 --destroy');
  expect(exitCode).toBe(3);
  expect(askedOfAws()).not.toHaveProperty('DeleteStack');
});

it('a stack that was left in failure is destroyed by the next call', async () => {
  aws.status = 'ROLLBACK_COMPLETE';
  const { exitCode, stdout } = await rehearse();
  expect(stdout).toContain(
    'The stack of the rehearsal that was left is ROLLBACK_COMPLETE.\nWhat it had deployed is destroyed.',
  );
  expect(exitCode).toBe(1);
  expect(askedOfAws()['DeleteStack']).toHaveLength(1);
});

it('without Docker the stages that need an image are left out, each with its reason', async () => {
  aws.status = 'CREATE_COMPLETE';
  const { exitCode } = await rehearse({ until: 'release' });
  expect(exitCode).toBe(0);
  const reason = 'this machine has no Docker';
  expect(records()).toMatchObject([
    { stage: 'images', skippedBecause: expect.stringContaining(reason) as string },
    { stage: 'release', skippedBecause: expect.stringContaining(reason) as string },
  ]);
});

describe('--destroy', () => {
  it('destroys the stack whatever else is in the account, and asks for no assembly', async () => {
    aws.status = 'UPDATE_COMPLETE';
    const { exitCode, stdout } = await rehearse({ destroy: true, assembly: '/nowhere' });
    expect(stdout).toContain('ProoflinkRehearsal is destroyed.');
    expect(exitCode).toBe(0);
    expect(askedOfAws()['DeleteStack']).toMatchObject([{ StackName: ARN }]);
  });

  it('destroys nothing if there is nothing', async () => {
    const { exitCode, stdout } = await rehearse({ destroy: true });
    expect(stdout).toBe('123456789012 has no ProoflinkRehearsal in ap-northeast-1: nothing is to be destroyed.\n');
    expect(exitCode).toBe(0);
  });

  it('ends with 1 if something is left, and lists it', async () => {
    aws.status = 'UPDATE_COMPLETE';
    aws.statusAfterDeletion = 'DELETE_FAILED';
    const { exitCode, stdout } = await rehearse({ destroy: true });
    expect(stdout).toContain('It still has:\n  AWS::S3::Bucket files');
    expect(exitCode).toBe(1);
  });

  it('with credentials of another account deletes nothing', async () => {
    aws.status = 'UPDATE_COMPLETE';
    const { exitCode } = await rehearse({ destroy: true }, '210987654321');
    expect(exitCode).toBe(2);
    expect(askedOfAws()).not.toHaveProperty('DeleteStack');
  });
});
