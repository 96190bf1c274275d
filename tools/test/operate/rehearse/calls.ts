import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { runCdk } from '../../../program/cdk-cli';
import type { StageRecord } from '../../../operate/rehearse/observation';
import { runProgram, runProoflink } from '../../../operate/rehearse/processes';
import { type RehearseOptions, runRehearse } from '../../../operate/rehearse/rehearse';
import { keptRecords } from '../../../operate/rehearse/report/kept-records';
import { dev, prod } from '../../../../test/support/configs';
import { answerCommands } from '../../support/answer-commands';
import { describedStack, PLACE, synthesizeRehearsalOfTests } from './rehearsal-stacks';

/*
 * Calls of `rehearse` on a fake AWS. A test that uses them replaces tools/program/pause, tools/program/cdk-cli and
 * rehearse/processes by Jest's mocks.
 */

export const prooflink = jest.mocked(runProoflink);
export const docker = jest.mocked(runProgram);
export const cdk = jest.mocked(runCdk);

const root = temporaryFolder('rehearse-');
const assembly = synthesizeRehearsalOfTests();
const template = readFileSync(join(assembly, 'ProoflinkRehearsal.template.json'), 'utf8');
/** A moment in which no schedule of dev fires for hours. */
export const AFTERNOON = new Date('2026-11-27T14:00:00+09:00');
const EXPIRED = Object.assign(new Error('The security token included in the request is expired'), {
  name: 'ExpiredTokenException',
});

/** AWS: the rehearsal's stack, if there is one, and the credentials. */
interface Aws {
  status: string | undefined;
  statusAfterDeletion: string;
  hasCredentials: boolean;
}

export const aws: Aws = { status: undefined, statusAfterDeletion: 'DELETE_COMPLETE', hasCredentials: true };

let asked: Record<string, unknown[]>;
let report: string;
let progressTexts: string[];

/** An account without a stack, in which everything goes well, on a machine without Docker. */
export function beginAnew(): void {
  report = mkdtempSync(join(root, 'report-'));
  Object.assign(aws, { status: undefined, statusAfterDeletion: 'DELETE_COMPLETE', hasCredentials: true });
  asked = answerCommands({
    GetCallerIdentity: () => (aws.hasCredentials ? { Account: PLACE.account } : EXPIRED),
    ListStacks: {},
    DescribeStackEvents: {},
    DescribeStacks: ({ StackName }: { StackName?: string }) => {
      const isThere = aws.status !== undefined && (StackName !== undefined || aws.status !== 'DELETE_COMPLETE');
      return { Stacks: isThere ? [describedStack({ StackStatus: aws.status })] : [] };
    },
    DeleteStack: () => {
      aws.status = aws.statusAfterDeletion;
      return {};
    },
    DescribeJobDefinitions: {},
    ListImages: {},
    GetTemplate: { TemplateBody: template },
    ListStackResources: {
      StackResourceSummaries: [
        { ResourceType: 'AWS::S3::Bucket', PhysicalResourceId: 'files', ResourceStatus: 'DELETE_FAILED' },
      ],
    },
  });
  progressTexts = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => progressTexts.push(String(text)) > 0);
  for (const program of [prooflink, docker, cdk]) program.mockReset();
  prooflink.mockResolvedValue({ exitCode: 0, stdout: '{"parts":[],"environments":[]}', progress: [] });
  docker.mockRejectedValue(new Error('ENOENT'));
  deploymentEnds('CREATE_COMPLETE', 0);
}

/** `cdk deploy` ends with a status of the stack, and its exit code and output. */
export function deploymentEnds(status: string, exitCode: number, output = ''): void {
  cdk.mockImplementation(() => {
    aws.status = status;
    return Promise.resolve({ exitCode, output });
  });
}

export function rehearse(options: Partial<RehearseOptions> = {}, account: string = PLACE.account, now = AFTERNOON) {
  const all: RehearseOptions = { until: 'deploy', yes: true, assembly, report, ...options };
  return outcomeOf(() => runRehearse(account, all, { dev, prod }, now));
}

/** Inputs of the calls of AWS, by command. */
export function askedOfAws(): Readonly<Record<string, unknown[]>> {
  return asked;
}

/** Lines of progress on stderr. */
export function progress(): string {
  return progressTexts.join('');
}

/** Stages that the calls have kept for their report. */
export function records(): readonly StageRecord[] {
  const [, rehearsalId = ''] = /rehearsal-(\S+)\.jsonl/.exec(readdirSync(report).join(' ')) ?? [];
  return keptRecords({ directory: report, rehearsalId });
}

/** The report; `undefined`: none was written. */
export function readReport(): string | undefined {
  const file = readdirSync(report).find((name) => name.endsWith('.md'));
  return file === undefined ? undefined : readFileSync(join(report, file), 'utf8');
}
