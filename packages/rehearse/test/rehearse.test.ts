import { aws, beginAnew, called, cdk, deploymentEnds, ended, program, prooflink, readReport, rehearse } from './calls';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));
const mockProgress: string[] = [];
jest.mock('../src/processes', () => ({
  runProoflink: jest.fn(),
  runProgram: jest.fn(),
  runCdkCli: jest.fn(),
  interruptRunningProcesses: jest.fn(),
  printableText: (text: string) => text,
  showProgress: (line: string) => mockProgress.push(line),
}));
// Its uploads go to S3 without the SDK.
jest.mock('../src/uploads', () => ({
  uploadByPresignedUrls: () => Promise.resolve({ seen: [], refuted: [], evidence: [] }),
}));

const account = '123456789012';
let asked: Record<string, unknown[]>;

beforeEach(() => {
  mockProgress.length = 0;
  asked = beginAnew();
});
afterEach(() => jest.restoreAllMocks());

const inTokyo = (time: string) => new Date(`2026-11-27T${time}:00+09:00`);

it('it destroys its stack at its end, also after the stage that it was asked for', async () => {
  const { exitCode, stdout } = await rehearse();
  expect(called()).toEqual(['cost', 'prepare', 'deploy', 'destroy']);
  expect(stdout).toContain('Rehearsed, and nothing was refuted.\n123456789012 has no ProoflinkRehearsal');
  expect(exitCode).toBe(0);
});

it('--keep leaves the stack, says that it costs and how to go on; the next call does not repeat what ended', async () => {
  const { exitCode, stdout } = await rehearse({ keep: true });
  expect(called()).toEqual(['cost', 'prepare', 'deploy']);
  expect(stdout).toContain('To destroy it: npm run prooflink -- rehearse 123456789012 --destroy\n');
  expect(exitCode).toBe(0);
  await rehearse({ until: 'release' });
  expect(called().slice(3)).toEqual(['release', 'destroy']);
});

it('before it begins it says what it will do, how long that takes, what it costs and what stays', async () => {
  await rehearse();
  const progress = mockProgress.join('\n');
  expect(progress).toContain('Rehearses dev as ProoflinkRehearsal in account 123456789012, ap-northeast-1.');
  expect(progress).toMatch(/Stages: prepare, deploy\. They take about \d+ minutes on AWS/);
  expect(progress).toContain('At its end, its stack is destroyed.');
  expect(progress).toContain('What stays in the account, always:');
});

it('without a terminal and without --yes nothing begins', async () => {
  const { exitCode, stderr } = await rehearse({ yes: undefined });
  expect(stderr).toContain('Give --yes to begin.');
  expect(exitCode).toBe(2);
  expect(cdk).not.toHaveBeenCalled();
});

it.each([
  { title: 'an account of another form', of: '1234', options: {}, says: '"1234" is no account' },
  { title: 'one image of two', of: account, options: { appImage: 'app:1' }, says: 'Give both --app-image' },
  { title: 'a file that is not there', of: account, options: { users: 'u.csv' }, says: 'there is no file u.csv' },
  { title: 'another account than the credentials’', of: '210987654321', options: {}, says: 'Sign in to 210987654321' },
])('$title is refused, and nothing is touched', async ({ of, options, says }) => {
  const { exitCode, stderr } = await rehearse(options, of);
  expect(stderr).toContain(says);
  expect(exitCode).toBe(2);
  expect(called()).toEqual([]);
});

describe('images', () => {
  it('without Docker and its buildx nothing that needs an image begins, and all refusals come at once', async () => {
    program.mockRejectedValue(new Error('spawn docker ENOENT'));
    const { exitCode, stderr } = await rehearse({ until: 'release', appImage: 'app:1' });
    expect(stderr).toContain('Give both --app-image');
    expect(stderr).toContain('Docker with buildx');
    expect(exitCode).toBe(2);
    expect((await rehearse({ until: 'deploy' })).exitCode).toBe(0);
  });

  it('an image that cannot be built ends the call before AWS is touched', async () => {
    program.mockImplementation((_name, [command]) => Promise.resolve(ended(command === 'build' ? 1 : 0, 'no space')));
    const { exitCode, stderr } = await rehearse({ until: 'release' });
    expect(stderr).toContain('docker build ended with exit code 1.\nno space');
    expect(exitCode).toBe(2);
    expect(called()).toEqual(['cost']);
  });
});

describe('the clock', () => {
  it('what is left decides whether it may begin: before the evening’s stop there is time for some stages', async () => {
    const { exitCode, stderr } = await rehearse({ until: 'destroyAgain' }, account, inTokyo('19:00'));
    expect(stderr).toContain('fires at 2026-11-27 22:00 (Tokyo)');
    expect(stderr).toContain('Begin at 2026-11-27 22:06 (Tokyo)');
    expect(exitCode).toBe(2);
    expect((await rehearse({ until: 'prepare' }, account, inTokyo('19:00'))).exitCode).toBe(0);
  });

  it('refuses no call that goes on: its stack costs meanwhile', async () => {
    aws.status = 'CREATE_COMPLETE';
    const { exitCode } = await rehearse({ until: 'destroyAgain' }, account, inTokyo('21:59'));
    expect(exitCode).not.toBe(2);
  });

  it.each([
    { title: 'an environment that its schedules have stopped is started', database: 'stopped', starts: true },
    { title: 'one that runs is not', database: 'available', starts: false },
  ])('$title before the call goes on', async ({ database, starts }) => {
    Object.assign(aws, { status: 'UPDATE_COMPLETE', appTag: 'rehearsal', database });
    await rehearse({ until: 'release', keep: true });
    expect(called().includes('start')).toBe(starts);
  });
});

describe('a stage that fails', () => {
  it('is written down with AWS’s words, and the next one runs', async () => {
    prooflink.mockImplementation(([command]) => {
      if (command === 'drift') return Promise.resolve(ended(0, 'As deployed.'));
      return Promise.resolve(
        ended(command === 'release' ? 1 : 0, '{"parts":[],"environments":[],"says":["ECS says no"],"serves":[]}'),
      );
    });
    const { exitCode, stdout } = await rehearse({ until: 'drift' });
    expect(stdout).toContain('release failed: release ended with exit code 1.');
    expect(called()).toContain('drift');
    expect(readReport()).toContain('ECS says no');
    expect(readReport()).toMatch(/^\| import .* no image was released \|$/m);
    // Evidence of CloudFormation.
    expect(readReport()).toContain('Resource handler returned: no more addresses');
    expect(exitCode).toBe(1);
  });

  it('is the last one if it leaves no stack that others could use', async () => {
    deploymentEnds('ROLLBACK_COMPLETE', 1);
    const { exitCode } = await rehearse({ until: 'drift' });
    expect(called()).toEqual(['cost', 'prepare', 'deploy', 'destroy']);
    const [, refuted = ''] = readReport().split('## Refuted');
    expect(refuted).toMatch(/^\s*- `values-accepted`: AWS takes every value/);
    expect(exitCode).toBe(1);
  });

  it('since the credentials have ended says nothing of AWS: nothing is destroyed, and the next call repeats it', async () => {
    deploymentEnds('CREATE_COMPLETE', 0);
    prooflink.mockImplementation(([command]) => {
      if (command === 'release') aws.hasCredentials = false;
      return Promise.resolve(ended(command === 'release' ? 1 : 0, '{"parts":[],"environments":[]}'));
    });
    const { exitCode, stdout } = await rehearse({ until: 'release' });
    expect(stdout).toContain('AWS refuses the credentials');
    expect(stdout).toContain('To go on: npm run prooflink -- rehearse 123456789012\n');
    expect(exitCode).toBe(3);
    expect(called()).not.toContain('destroy');
    expect(readReport()).toMatch(/^\| release .* not ended \|$/m);
  });
});

describe('a deletion', () => {
  it('that fails is tried twice; what is left is named, and the second life is left out', async () => {
    Object.assign(aws, { status: 'CREATE_COMPLETE', statusAfterDeletion: 'DELETE_FAILED' });
    const { exitCode, stdout } = await rehearse({ destroy: true });
    expect(called()).toEqual(['destroy', 'destroy']);
    expect(stdout).toContain('destroy failed: The stack could not be deleted:');
    expect(stdout).toContain('To destroy it: ');
    expect(exitCode).toBe(1);
  });

  it('by --destroy looks at nothing else in the account, and is content if there is nothing', async () => {
    aws.status = 'UPDATE_COMPLETE';
    expect(await rehearse({ destroy: true })).toMatchObject({ exitCode: 0 });
    expect(asked['DescribeDBInstances']).toBeUndefined();
    const { exitCode, stdout } = await rehearse({ destroy: true });
    expect(stdout).toBe('123456789012 has no ProoflinkRehearsal in ap-northeast-1: nothing is to be destroyed.\n');
    expect(exitCode).toBe(0);
    expect(called()).toEqual(['destroy']);
  });

  it('by --destroy with credentials of another account deletes nothing', async () => {
    aws.status = 'UPDATE_COMPLETE';
    expect(await rehearse({ destroy: true }, '210987654321')).toMatchObject({ exitCode: 2 });
    expect(cdk).not.toHaveBeenCalled();
  });
});
