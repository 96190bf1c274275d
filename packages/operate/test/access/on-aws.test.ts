import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedEnvironments } from '@infra/commands/added-environments';
import { jobLogPart, Part, workerPart } from '@infra/commands/app';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '@infra/testing/configs';
import type { Template } from '@infra/testing/template';
import { runDatabase } from '../../src/access/database';
import { runLogs } from '../../src/access/logs';
import { runShell } from '../../src/access/shell';
import { runRestart } from '../../src/release/restart';
import { answerCommands, type Answers } from '../support/answer-commands';
import { besideOthers } from '../support/containers';

const folder = temporaryFolder('programs-');
const calls = join(folder, 'calls');
const variablesBefore = { ...process.env };

/** Programs in place of AWS's, which open no session without AWS: each notes its call, then does this. */
const PROGRAMS = {
  aws: 'test "$1" = ssm && echo "Waiting for connections..." && exec /bin/sleep 60',
  'session-manager-plugin': '',
  psql: `echo "$PGUSER:$PGPASSWORD@$PGHOST/$PGDATABASE $PGSSLMODE" >> '${calls}'`,
};

type ProgramName = keyof typeof PROGRAMS;

/** Makes these programs the only ones of PATH. */
function install(names: readonly ProgramName[], awsCliVersion = '2.1'): void {
  const path = join(folder, names.join());
  mkdirSync(path, { recursive: true });
  for (const name of names) {
    const answersVersion = `test "$1" = --version && echo aws-cli/${awsCliVersion} && exit`;
    const lines = ['#!/bin/sh', answersVersion, `echo "${name} $*" >> '${calls}'`, PROGRAMS[name], 'exit 0'];
    writeFileSync(join(path, name), lines.join('\n'));
    chmodSync(join(path, name), 0o700);
  }
  process.env['PATH'] = path;
  writeFileSync(calls, '');
}

const called = (): string[] => readFileSync(calls, 'utf8').split('\n').filter(Boolean);

/** Parts of the stack, by their physical ids. */
const PARTS = {
  'arn:aws:ecs:x:1:service/cluster/web': Part.webService,
  'arn:aws:ecs:x:1:service/cluster/mails': workerPart('mails'),
  'web-log': Part.webLogGroup,
  'import-log': Part.importLogGroup,
  'reminders-log': jobLogPart('reminders'),
  'url-secret': Part.connectionUrlSecret,
};

/** A task of ECS, in whose application container an agent of ECS Exec has a status. */
function task(name: string, agentStatus = 'RUNNING') {
  const managedAgents = [{ name: 'ExecuteCommandAgent', lastStatus: agentStatus }];
  const containers = besideOthers({ runtimeId: `${name}-runtime`, managedAgents });
  return { taskArn: `arn:aws:ecs:x:1:task/cluster/${name}`, lastStatus: 'RUNNING', containers };
}

/** Answers of AWS on the stack, in which each service has a task. */
function answers(): Answers {
  const template: Template = { Resources: {} };
  const StackResourceSummaries = Object.entries(PARTS).map(([PhysicalResourceId, { path, type }], index) => {
    const LogicalResourceId = `Resource${index}`;
    template.Resources[LogicalResourceId] = { Type: type, Metadata: { 'aws:cdk:path': `Stack/${path}/Resource` } };
    return { LogicalResourceId, PhysicalResourceId };
  });
  return {
    DescribeStacks: { Stacks: [{ StackName: 'Stack', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources: { StackResourceSummaries },
    GetTemplate: { TemplateBody: JSON.stringify(template) },
    ListTasks: ({ serviceName }: { serviceName: string }) => ({ taskArns: [serviceName] }),
    DescribeTasks: ({ tasks }: { tasks: string[] }) => ({ tasks: tasks.map((name) => task(name)) }),
    GetSecretValue: { SecretString: 'postgresql://postgres:s3cret@db.example.com:5432/prooflink_dev?sslmode=require' },
  };
}

beforeAll(() => {
  const named = (name: string) => [{ name }] as never;
  addedEnvironments.set('tasks', () => ({ ...dev, jobs: named('reminders'), workers: named('mails') }));
});

beforeEach(() => {
  install(['aws', 'session-manager-plugin', 'psql']);
  answerCommands(answers());
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  process.env = { ...variablesBefore };
  jest.restoreAllMocks();
});

afterAll(() => addedEnvironments.delete('tasks'));

const REGION = '--region ap-northeast-1';

test.each([
  { title: 'the web tasks', options: {}, args: `web-log ${REGION} --since 1h` },
  { title: 'the import', options: { import: true, follow: true }, args: `import-log ${REGION} --since 1h --follow` },
  { title: 'a job', options: { name: 'reminders' }, args: `reminders-log ${REGION} --since 1h` },
  {
    title: 'a worker, whose lines are among those of the web tasks',
    options: { name: 'mails' },
    args: `web-log ${REGION} --since 1h --log-stream-name-prefix worker-mails/`,
  },
])('logs: $title', async ({ options, args }) => {
  expect(await runLogs('tasks', { since: '1h', ...options })).toBe(0);
  expect(called()).toEqual([`aws logs tail ${args}`]);
});

test.each([
  { title: 'a web task', worker: undefined, taskId: 'web' },
  { title: 'a worker', worker: 'mails', taskId: 'mails' },
])('shell: $title', async ({ worker, taskId }) => {
  expect(await runShell('tasks', worker)).toBe(0);
  const target = `--cluster cluster --task ${taskId} --container prooflink-app`;
  expect(called()).toEqual([`aws ecs execute-command ${target} ${REGION} --interactive --command /bin/sh`]);
});

test('database: a tunnel, then psql, to which no argument shows the password', async () => {
  expect(await runDatabase('tasks')).toBe(0);
  expect(called()).toEqual([
    `aws ssm start-session ${REGION} --target ecs:cluster_web_web-runtime ` +
      '--document-name AWS-StartPortForwardingSessionToRemoteHost ' +
      '--parameters host=db.example.com,portNumber=5432,localPortNumber=15432',
    'psql ',
    'postgres:s3cret@localhost/prooflink_dev require',
  ]);
});

describe('refused, and nothing is started', () => {
  const logs = (name?: string) => runLogs('tasks', { since: '1h', name });

  test.each([
    {
      title: 'a task that the config lacks',
      run: () => logs('mail'),
      says: 'Those of lib/config/tasks.ts: reminders, mails.',
    },
    {
      title: 'a shell in a job',
      run: () => runShell('tasks', 'reminders'),
      says: 'Those of lib/config/tasks.ts: mails.',
    },
    {
      title: 'a restart of a job',
      run: () => runRestart('tasks', { workerName: 'reminders' }),
      says: 'Those of lib/config/tasks.ts: mails.',
    },
    { title: 'a shell where ECS Exec is off', run: () => runShell('prod'), says: 'executeCommand is false' },
    { title: 'a tunnel where ECS Exec is off', run: () => runDatabase('prod'), says: 'executeCommand is false' },
  ])('$title', async ({ run, says }) => {
    await expect(run()).rejects.toThrow(says);
    expect(called()).toEqual([]);
  });

  test.each<{ title: string; run: () => Promise<number>; installed: ProgramName[]; says: string }>([
    { title: 'the AWS CLI', run: logs, installed: [], says: 'This needs aws,' },
    {
      title: 'the plugin of a tunnel',
      run: () => runDatabase('tasks'),
      installed: ['aws', 'psql'],
      says: 'This needs session-manager-plugin,',
    },
    { title: 'psql', run: () => runDatabase('tasks'), installed: ['aws'], says: 'This needs psql,' },
  ])('without $title, with the line that installs it', async ({ run, installed, says }) => {
    install(installed);
    await expect(run()).rejects.toThrow(says);
    expect(called()).toEqual([]);
  });

  test('with version 1 of the AWS CLI, which has no "logs tail"', async () => {
    install(['aws'], '1.45');
    await expect(logs()).rejects.toThrow('aws is version 1 here');
  });

  test('a shell where no task runs', async () => {
    answerCommands({ ...answers(), ListTasks: {} });
    await expect(runShell('tasks')).rejects.toThrow('No task of web is running.');
  });

  test('a shell in tasks that started before ECS Exec was on', async () => {
    answerCommands({ ...answers(), DescribeTasks: { tasks: [task('web', 'PENDING')] } });
    await expect(runShell('tasks')).rejects.toThrow('npm run prooflink -- restart tasks');
    expect(called()).toEqual([]);
  });

  test('a tunnel that does not open, with what the AWS CLI says', async () => {
    PROGRAMS.aws = 'test "$1" = ssm && echo TargetNotConnected >&2 && exit 254';
    install(['aws', 'session-manager-plugin', 'psql']);
    await expect(runDatabase('tasks')).rejects.toThrow('did not open:\nTargetNotConnected');
  });
});
