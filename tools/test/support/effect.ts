import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { Command } from 'commander';
import { temporaryFolder } from '@infra/common/testing';
import { Part } from '../../../lib/contract';
import { assembly as assemblyOfTests, type Manifest, template } from '../../../test/support/assembly';
import { pathOf } from '../../../test/support/template';
import { answerCommands } from './answer-commands';
import { call } from './prooflink';

/** Only the date is faked. */
const NOT_FAKED = (
  'hrtime nextTick performance queueMicrotask requestAnimationFrame cancelAnimationFrame requestIdleCallback ' +
  'cancelIdleCallback setImmediate clearImmediate setInterval clearInterval setTimeout clearTimeout'
).split(' ') as FakeableAPI[];

/** Programs that commands start, files that they write and requests to GitHub: none of it happens. */
const mockDone: unknown[] = [];
const mockNote = (what: string, ...args: readonly unknown[]) => mockDone.push([what, ...args]);

jest.mock('../../../lib/config', () => {
  const { dev, prod } = jest.requireActual<typeof import('../../../test/support/configs')>(
    '../../../test/support/configs',
  );
  const settings = { variables: {}, secrets: ['ALPHA_KEY', 'OMEGA_KEY'] };
  const account = '123456789012';
  const both = { dev: { ...dev, account }, prod: { ...prod, account, webService: { ...prod.webService, settings } } };
  return Object.defineProperty(both, '__esModule', { value: true });
});
jest.mock('../../../lib/config/delivery', () => ({
  delivery: { repository: 'prooflink/infrastructure', environments: { dev: true, prod: true } },
}));
jest.mock('../../operate/settings/ask-value', () => ({
  openValuePrompt: (key: string) => ({ ask: () => Promise.resolve(`value of ${key}`), close: () => undefined }),
}));
jest.mock('../../program/pause', () => ({
  pause: async () => {
    jest.setSystemTime(Date.now() + 60_000);
    // A release watches the web service while a program runs: both get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  },
}));
jest.mock('node:crypto', () => ({ ...jest.requireActual<object>('node:crypto'), randomUUID: () => 'uuid' }));
jest.mock('node:fs', () => ({
  ...jest.requireActual<object>('node:fs'),
  writeFileSync: (...args: unknown[]) => mockNote('write', ...args),
  appendFileSync: (...args: unknown[]) => mockNote('append', ...args),
}));
jest.mock('node:child_process', () => ({
  ...jest.requireActual<object>('node:child_process'),
  spawn: (...args: unknown[]) => {
    mockNote('spawn', ...args);
    const streams = { stdin: new PassThrough(), stdout: Readable.from([]), stderr: Readable.from([]) };
    const child = Object.assign(new EventEmitter(), streams);
    setImmediate(() => child.emit('close', 0));
    return child;
  },
  spawnSync: (...args: unknown[]) => {
    mockNote('spawn', ...args);
    return { status: 0, stdout: 'No drift detected\n', stderr: '' };
  },
}));

const fs = jest.requireActual<typeof import('node:fs')>('node:fs');
export const folder = temporaryFolder('effect-');
export const file = (name: string, content: string) => {
  fs.writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** The guide's environments and the delivery of the tests' assembly: a review of all its stacks takes four times as long. */
export const assembly = join(folder, 'assembly');
fs.cpSync(assemblyOfTests, assembly, { recursive: true });
const manifest = JSON.parse(fs.readFileSync(join(assembly, 'manifest.json'), 'utf8')) as Manifest & { version: string };
const artifacts = Object.entries(manifest.artifacts).filter(([id]) => /^Prooflink(Dev|Prod|Delivery)/.test(id));
fs.writeFileSync(
  join(assembly, 'manifest.json'),
  JSON.stringify({ ...manifest, artifacts: Object.fromEntries(artifacts) }),
);

/** The assembly with a dev that loses its database, and gets a migration. */
export const changedAssembly = join(folder, 'other');
const dev = template('dev');
const changed = Object.entries(dev.Resources).filter(([, resource]) => pathOf(resource) !== Part.database.path);
const Migration = {
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { Family: 'prooflink-dev-migration' },
  Metadata: { 'aws:cdk:path': `ProoflinkDev/${Part.migration.path}/Resource` },
};
fs.cpSync(assembly, changedAssembly, { recursive: true });
fs.writeFileSync(
  join(changedAssembly, 'ProoflinkDev.template.json'),
  JSON.stringify({ ...dev, Resources: { ...Object.fromEntries(changed), Migration } }),
);

/** Account of rehearsals, in which no environment is deployed. */
export const REHEARSAL_ACCOUNT = '210987654321';

/** Temporary folder that a command makes; its name ends in random letters. */
const RANDOM_FOLDER = /(prooflink-rehearsal-\d+)-\w{6}/g;

/** Assembly of a rehearsal in that account. */
export const rehearsalAssembly = join(folder, 'rehearsal');
const { version } = manifest;
const ProoflinkRehearsal = {
  type: 'aws:cloudformation:stack',
  environment: `aws://${REHEARSAL_ACCOUNT}/ap-northeast-1`,
  properties: { templateFile: 'ProoflinkRehearsal.template.json' },
};
fs.mkdirSync(rehearsalAssembly);
fs.writeFileSync(
  join(rehearsalAssembly, 'manifest.json'),
  JSON.stringify({ version, artifacts: { ProoflinkRehearsal } }),
);
fs.writeFileSync(join(rehearsalAssembly, 'ProoflinkRehearsal.template.json'), JSON.stringify({ Resources: {} }));

const devThatMigrates = { ...dev, Resources: { ...dev.Resources, Migration } };
const deployedTemplate = (stackName: string) => (stackName === 'ProoflinkDev' ? devThatMigrates : template('prod'));

const AWS = {
  CreateServiceLinkedRole: {},
  ListStacks: {},
  DescribeStacks: ({ StackName }: { StackName: string }) => ({
    Stacks: [
      {
        StackName,
        StackStatus: 'UPDATE_COMPLETE',
        Parameters: [{ ParameterKey: 'AppImageTag', ParameterValue: 'v1' }],
        Outputs: Object.entries({ SettingsSecretArn: 'arn:secret', BucketName: 'bucket' }).map(
          ([OutputKey, OutputValue]) => ({
            OutputKey,
            OutputValue,
          }),
        ),
      },
    ],
  }),
  ListStackResources: ({ StackName }: { StackName: string }) => ({
    StackResourceSummaries: Object.entries(deployedTemplate(StackName).Resources).map(([logicalId, { Type }]) => ({
      LogicalResourceId: logicalId,
      PhysicalResourceId: `arn/of/${Type}`,
    })),
  }),
  GetTemplate: ({ StackName }: { StackName: string }) => ({
    TemplateBody: JSON.stringify(deployedTemplate(StackName)),
  }),
  UpdateStack: Object.assign(new Error('Not today'), { $metadata: { httpStatusCode: 400 } }),
  GetSchedule: ({ Name }: { Name: string }) => ({ Name, State: 'ENABLED', ScheduleExpression: 'cron(0 9 * * ? *)' }),
  StopDBInstance: new Error('Not today'),
  DescribeImages: {
    imageDetails: ['old', 'v1', 'alpha', 'omega'].map((tag, day) => ({
      imageTags: [tag],
      imagePushedAt: new Date(day),
    })),
  },
  BatchGetImage: {
    images: [{ imageManifest: '{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}}]}' }],
  },
  ListTasks: { taskArns: [] },
  RunTask: new Error('Not today'),
  DescribeServices: { services: [{ deployments: [{ status: 'PRIMARY', rolloutState: 'FAILED' }] }] },
  DescribeTargetHealth: {},
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus: 'available' }] },
  PutObject: {},
  SubmitJob: { jobId: 'job' },
  DescribeSecret: { VersionIdsToStages: { 1: ['AWSCURRENT'] } },
  GetSecretValue: { SecretString: '{}', VersionId: '1' },
  PutSecretValue: {},
  UpdateSecretVersionStage: {},
  DescribeJobs: ({ jobs: [jobId] }: { jobs: string[] }) => ({
    jobs: [{ jobId, jobDefinition: 'arn/of/AWS::Batch::JobDefinition', status: 'SUCCEEDED' }],
  }),
  DescribeStackResourceDrifts: { StackResourceDrifts: [] },
};

const REPOSITORY = 'prooflink/infrastructure';
const run = {
  id: 1,
  run_number: 1,
  workflow_id: 7,
  event: 'pull_request',
  head_sha: 'c3',
  head_branch: 'feature',
  head_repository: { full_name: REPOSITORY, owner: { login: 'prooflink' } },
  html_url: 'https://github.com/prooflink/infrastructure/actions/runs/1',
};
const GITHUB: Readonly<Record<string, unknown>> = {
  'actions/runs/1': run,
  'actions/workflows/7/runs': { workflow_runs: [] },
  pulls: [{ number: 5, head: { sha: 'c3' } }],
  'pulls/5/files': [],
  'issues/5/comments': [],
};

/** All that a call of a program prints, asks, starts and writes; the account of rehearsals is no environment's. */
export async function effectOf(program: () => Command, args: string): Promise<string[]> {
  jest.setSystemTime(Date.UTC(2026, 10, 27, 3));
  mockDone.length = 0;
  const Account = args.startsWith('rehears') ? REHEARSAL_ACCOUNT : '123456789012';
  const asked = answerCommands({ GetCallerIdentity: { Account }, ...AWS });
  jest.spyOn(globalThis, 'fetch').mockImplementation((url, { method, body } = {}) => {
    mockNote('fetch', method, url, body);
    const path = (url as string).replace(/^.*\/repos\/[^/]+\/[^/]+\//, '');
    const answer = GITHUB[path] ?? GITHUB[path.replace(/\?.*/, '')];
    return Promise.resolve(Response.json(answer ?? {}, { status: answer === undefined ? 404 : 200 }));
  });
  const ended = await call(program(), ...args.split(' ').filter(Boolean));
  // Questions that are asked at once come in any order.
  const requests = Object.entries(asked).flatMap(([name, inputs]) => inputs.map((input) => [name, input]));
  return [ended, ...requests, ...mockDone].map((each) => JSON.stringify(each).replace(RANDOM_FOLDER, '$1'));
}

const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, {
    // Fakes answer, or nobody does: the SDK would ask again for seconds.
    AWS_MAX_ATTEMPTS: '1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_TOKEN: 'token',
  });
  jest.useFakeTimers({ doNotFake: NOT_FAKED });
});
afterAll(() => {
  process.env = before;
  jest.useRealTimers();
});
afterEach(() => jest.restoreAllMocks());
