import { template } from '../support/assembly';
import { faultsByReference, type Statement } from '../support/authorization-reference';
import { Deployed } from '../support/deployed';
import { type ConfiguredEnvironment, everyEnvironment, type TestEnvironment } from '../support/environments';
import { withArns } from './arns';
import { statementsOf } from './statements';

// The first case reads AWS's whole reference, which takes longer than Jest's five seconds on a busy machine.
jest.setTimeout(60_000);

const environments = Object.keys(everyEnvironment) as (TestEnvironment | ConfiguredEnvironment)[];

/** Faults that are none, each with its reason. */
const EXCEPTIONS: readonly string[] = [
  // AWS Batch's user guide asks for a job queue and a job definition, and no example of it names the job, which is not there yet.
  'batch:SubmitJob names no job',
  // IAM's user guide has both for every OpenID Connect provider; the reference lists what GitHub's tokens add.
  'sts:AssumeRoleWithWebIdentity has no condition key token.actions.githubusercontent.com:aud',
  'sts:AssumeRoleWithWebIdentity has no condition key token.actions.githubusercontent.com:sub',
];

/** Faults of each role and of each policy of a resource. */
async function faultsOf(name: TestEnvironment | ConfiguredEnvironment | 'delivery'): Promise<string[]> {
  const stack = new Deployed(await withArns(template(name)), { AppImageTag: 'v1' });
  const faults: string[] = [];
  for (const { path, statements } of statementsOf(stack)) {
    for (const fault of await faultsByReference(statements)) faults.push(`${path}: ${fault}`);
  }
  return faults;
}

const isException = (fault: string) => EXCEPTIONS.some((exception) => fault.endsWith(`: ${exception}`));

test.each([...environments, 'delivery'] as const)(
  '%s: AWS grants each right as it is written, by its service authorization reference',
  async (name) => {
    const faults = await faultsOf(name);
    expect(faults.filter((fault) => !isException(fault))).toEqual([]);
  },
);

test.each(EXCEPTIONS)('"%s" is still an exception: one that is not needed would hide a fault', async (exception) => {
  const faults = [...(await faultsOf('dev')), ...(await faultsOf('delivery'))];
  expect(faults).toContainEqual(expect.stringMatching(`: ${exception}$`));
});

/** A statement that allows actions on resources. */
const allow = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: Statement['Condition'],
): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});

const bucket = 'arn:aws:s3:::files';
const document = 'arn:aws:ssm:ap-northeast-1::document/AWS-StopRdsInstance';
const execution = 'arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*';
const logGroup = 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/ecs/app';

test.each([
  {
    title: 'an action that does not exist',
    statements: [allow(['s3:GetObjects', 's4:*'], bucket)],
    faults: ['s3:GetObjects does not exist', `${bucket} is no resource of s3:GetObjects s4:*`, 's4:* does not exist'],
  },
  {
    title: 'a required resource that is not named',
    statements: [allow('ssm:StartAutomationExecution', document)],
    faults: ['ssm:StartAutomationExecution names no automation-execution'],
  },
  {
    title: 'none of the optional resources',
    statements: [allow('s3:ListBucket', `${bucket}/*`)],
    faults: [`${bucket}/* is no resource of s3:ListBucket`, 's3:ListBucket names none of accesspoint, bucket'],
  },
  {
    title: 'a name in place of an ARN',
    statements: [allow('s3:GetObject', [`${bucket}/*`, 'files'])],
    faults: ['files is no resource of s3:GetObject'],
  },
  {
    title: 'a log group in place of its streams',
    statements: [allow('logs:PutLogEvents', logGroup)],
    faults: [`${logGroup} is no resource of logs:PutLogEvents`, 'logs:PutLogEvents names no log-stream'],
  },
  {
    title: 'a resource of an action that has none',
    statements: [allow('ecr:GetAuthorizationToken', 'arn:aws:ecr:ap-northeast-1:123456789012:repository/app')],
    faults: [
      'arn:aws:ecr:ap-northeast-1:123456789012:repository/app is no resource of ecr:GetAuthorizationToken',
      'ecr:GetAuthorizationToken is allowed on * only',
    ],
  },
  {
    title: 'a condition key that the action has not, a tag included',
    statements: [
      allow('logs:PutLogEvents', `${logGroup}:*`, {
        StringEquals: { 'ecs:cluster': 'c', 'aws:ResourceTag/Project': 'p' },
      }),
    ],
    faults: [
      'logs:PutLogEvents has no condition key aws:ResourceTag/Project',
      'logs:PutLogEvents has no condition key ecs:cluster',
    ],
  },
])('a fault is found: $title', async ({ statements, faults }) => {
  const found = await faultsByReference(statements);
  expect(found.sort()).toEqual([...faults].sort());
});

test.each([
  {
    title: 'two statements together',
    statements: [document, execution].map((arn) => allow('ssm:StartAutomationExecution', arn)),
  },
  { title: 'an action with a wildcard', statements: [allow('s3:GetBucket*', bucket)] },
  { title: 'every resource', statements: [allow('ssm:StartAutomationExecution', '*')] },
  { title: 'a wildcard over log streams', statements: [allow('logs:PutLogEvents', `${logGroup}:*`)] },
  {
    title: 'a global condition key and a tag',
    statements: [
      allow('ssm:StartAutomationExecution', '*', {
        StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:ResourceTag/Project': 'ProofLink' },
      }),
    ],
  },
  { title: 'a denial', statements: [{ ...allow('s3:Nothing', 'files'), Effect: 'Deny' }] },
])('no fault is found: $title', async ({ statements }) => {
  expect(await faultsByReference(statements)).toEqual([]);
});
