import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { dev, prod } from '../../../test/support/configs';
import { synthesize } from '../../../test/support/synth';
import { addRehearsalEnvironment, REHEARSAL } from '../src/environment';
import type { Place } from '../src/own-stack';
import { runCdkCli, runProgram, runProoflink } from '../src/processes';
import { rehearsalConfig } from '../src/rehearsal-config';
import { type RehearseOptions, runRehearse } from '../src/rehearse';
import { type Answers, answerCommands } from '@infra/deployed/test/support/answer-commands';

/*
 * Calls of `rehearse` on a fake AWS. A test that uses them replaces rehearse/processes and packages/commands/src/pause by Jest's mocks.
 */

export const PLACE: Place = { account: '123456789012', region: 'ap-northeast-1' };
const OWN_ARN = `arn:aws:cloudformation:${PLACE.region}:${PLACE.account}:stack/ProoflinkRehearsal/1-2-3`;

export const prooflink = jest.mocked(runProoflink);
export const program = jest.mocked(runProgram);
export const cdk = jest.mocked(runCdkCli);

const root = temporaryFolder('rehearse-');
const assembly = synthesize({ [REHEARSAL]: rehearsalConfig({ dev, prod }, PLACE.account) ?? dev });
const template = readFileSync(join(assembly, 'ProoflinkRehearsal.template.json'), 'utf8');

/** A moment in which no schedule of dev fires for hours. */
const AFTERNOON = new Date('2026-11-27T14:00:00+09:00');
const EXPIRED = Object.assign(new Error('The security token included in the request is expired'), {
  name: 'ExpiredTokenException',
});

addRehearsalEnvironment();

/** AWS: the rehearsal's stack, if there is one, and the credentials. */
export const aws = {
  status: undefined as string | undefined,
  statusAfterDeletion: undefined as string | undefined,
  appTag: '',
  hasCredentials: true,
  database: 'available',
};

let report: string;

/** An account without a stack, in which everything goes well, on a machine with Docker. @returns what AWS is asked. */
export function beginAnew(further: Answers = {}): Record<string, unknown[]> {
  report = mkdtempSync(join(root, 'report-'));
  Object.assign(aws, { status: undefined, statusAfterDeletion: undefined, appTag: '', hasCredentials: true });
  aws.database = 'available';
  for (const mock of [prooflink, program, cdk]) mock.mockReset();
  prooflink.mockResolvedValue(ended(0, '{"parts":[],"environments":[],"answers":[],"serves":[],"says":[]}'));
  program.mockResolvedValue(ended(0));
  deploymentEnds('CREATE_COMPLETE', 0);
  return answerCommands({
    GetCallerIdentity: () => (aws.hasCredentials ? { Account: PLACE.account } : EXPIRED),
    DescribeStacks: () => ({ Stacks: aws.status === undefined ? [] : [ownStack(aws.status)] }),
    DescribeStackEvents: () => ({ StackEvents: [failedEvent()] }),
    ListStackResources: { StackResourceSummaries: resources() },
    GetTemplate: { TemplateBody: template },
    DescribeDBInstances: () => ({ DBInstances: [{ DBInstanceStatus: aws.database }] }),
    DescribeServices: () => ({ services: [{ desiredCount: 1, runningCount: 1, events: [] }] }),
    ListTasks: {},
    ListImages: {},
    GetAuthorizationToken: {},
    ...further,
  });
}

function ownStack(StackStatus: string) {
  const Parameters = [{ ParameterKey: 'AppImageTag', ParameterValue: aws.appTag }];
  return { StackName: 'ProoflinkRehearsal', StackId: OWN_ARN, StackStatus, CreationTime: new Date(0), Parameters };
}

function failedEvent() {
  return {
    Timestamp: new Date(Date.now() + 1000),
    LogicalResourceId: 'NetworkVpc',
    ResourceStatus: 'CREATE_FAILED',
    ResourceStatusReason: 'Resource handler returned: no more addresses',
  };
}

/** Each resource of the template, with its logical id as its physical one. */
function resources() {
  const { Resources } = JSON.parse(template) as { readonly Resources: Readonly<Record<string, unknown>> };
  return Object.keys(Resources).map((id) => ({ LogicalResourceId: id, PhysicalResourceId: `a/b/${id}` }));
}

/** End of a process, whose last lines are its output. */
export function ended(exitCode: number, stdout = '') {
  return { exitCode, stdout, lines: stdout === '' ? [] : stdout.split('\n') };
}

/** `cdk deploy` ends with a status of the stack; `cdk destroy` leaves what `aws` says. */
export function deploymentEnds(status: string, exitCode: number): void {
  cdk.mockImplementation(([command]) => {
    aws.status = command === 'destroy' ? aws.statusAfterDeletion : status;
    return Promise.resolve(ended(command === 'destroy' ? 0 : exitCode));
  });
}

export function rehearse(options: Partial<RehearseOptions> = {}, account = PLACE.account, now = AFTERNOON) {
  const all: RehearseOptions = { until: 'deploy', yes: true, assembly, report, ...options };
  return outcomeOf(() => runRehearse(account, all, { dev, prod }, now));
}

/** Commands of the CDK CLI and of prooflink that were called, in their order. */
export function called(): string[] {
  const calls = [cdk, prooflink].flatMap(({ mock }) =>
    mock.calls.map(([args], index) => ({ order: mock.invocationCallOrder[index] ?? 0, command: args[0] ?? '' })),
  );
  return calls.sort((first, second) => first.order - second.order).map(({ command }) => command);
}

/** The report; empty: none was written. */
export function readReport(): string {
  const file = readdirSync(report).find((name) => name.endsWith('.md'));
  return file === undefined ? '' : readFileSync(join(report, file), 'utf8');
}
