import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Service, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readStack } from '../../../tools/environment/deployed-stack';
import type { Answer } from '../../../tools/health/question';
import { type HealthOptions, runHealth, type Told } from '../../../tools/health/run';
import { ROOT } from '../support/prooflink';
import { type Dev, names } from '../support/running-dev';

/** Undoes what was broken. */
export type Mend = () => Promise<unknown>;

/** The guide's chapter and what somebody did, how, and the first cause that doctor names, with its fix: REDEPLOY unless given. */
export type Case = readonly [what: string, breakIt: () => Promise<Mend>, says: RegExp, fix?: RegExp];

/** Fix of a change by hand: a deploy, or the service's own command where CloudFormation compares nothing. */
export const REDEPLOY = /^(npx cdk deploy ProoflinkDev --revert-drift|aws \S+ \S+ --region ap-northeast-1 .*)$/m;

interface Report {
  readonly exitCode: number;
  readonly cause: Told | null;
  readonly answers: readonly Told[];
}

/** Parts of dev that a program gets. */
export async function ask(command: Parameters<typeof runHealth>[1], options: HealthOptions = {}): Promise<Report> {
  return JSON.parse((await runHealth('dev', command, { ...options, json: true })).stdout) as Report;
}

export const doctor = (options?: HealthOptions) => ask('doctor', options);

/** Texts of the answers with a result. */
export const saying = ({ answers }: Report, result: Answer['result']) =>
  answers.filter((each) => each.result === result).map(({ says }) => says);

/** Runs a fix as it is printed; the CDK CLI takes the assembly that is deployed. */
export async function runFix(dev: Dev, fix: string): Promise<void> {
  const script = fix
    .replaceAll('npm run prooflink --', 'node -r ./tools/register.js tools/prooflink.ts')
    .replace(/npx cdk deploy \w+/g, `$& --app ${dev().app} --require-approval never`);
  await promisify(execFile)('bash', ['-e', '-c', script], { cwd: ROOT, env: dev().aws.env });
}

/** True if a fix is a command that this machine can run. A deploy takes its time: one test runs it for many causes. */
const runsAlone = (fix: string) =>
  /^npm run [^<]*$/.test(fix) || (/^aws [^<]*$/.test(fix) && !fix.includes('npx cdk') && HAS_AWS);
const HAS_AWS = spawnSync('aws', ['--version']).status === 0;

/** The commands that were run as fixes, without their values: each runs once. */
const ran = new Set<string>();
const shapeOf = (fix: string) => (fix.match(/^(aws|npm run) \S+( \S+){0,2}|--[\w-]+/g) ?? []).join(' ');

/** Breaks it, asks, runs the fix that is printed, asks again, and mends the rest. The cause is named first. */
export async function examineCase(dev: Dev, [, breakIt, says, fix = REDEPLOY]: Case): Promise<void> {
  const mend = await breakIt();
  let hasRun = false;
  try {
    const { cause, exitCode } = await doctor();
    expect({ exitCode, says: cause?.says, fix: cause?.fix }).toEqual({
      exitCode: 1,
      says: expect.stringMatching(says) as string,
      fix: expect.stringMatching(fix) as string,
    });
    if (cause?.fix === undefined || !runsAlone(cause.fix) || ran.has(shapeOf(cause.fix))) return;
    ran.add(shapeOf(cause.fix));
    hasRun = true;
    await runFix(dev, cause.fix);
    expect(saying(await doctor(), 'wrong')).not.toContain(cause.says);
  } finally {
    // The fix has undone it already.
    await mend().catch((error: unknown) => {
      if (!hasRun) throw error;
    });
  }
}

/** The secret whose name has this part. */
export const secretId = async (part: string) =>
  (await readStack('dev')).ids('AWS::SecretsManager::Secret').find((id) => id.includes(part)) ?? '';

/** Takes the rules of a group, all of them or those that name another one. */
export async function withoutRules(name: string, direction: 'in' | 'out' = 'in', of?: string): Promise<Mend> {
  const ec2 = new EC2Client({});
  const groupOf = async (one: string) => {
    const Filters = [{ Name: 'group-name', Values: [one] }];
    return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups?.[0] ?? {};
  };
  const { GroupId, IpPermissions = [], IpPermissionsEgress } = await groupOf(name);
  if (direction === 'out') {
    const rules = { GroupId, IpPermissions: IpPermissionsEgress };
    await ec2.send(new RevokeSecurityGroupEgressCommand(rules));
    return () => ec2.send(new AuthorizeSecurityGroupEgressCommand(rules));
  }
  const other = of === undefined ? undefined : (await groupOf(of)).GroupId;
  const rules = {
    GroupId,
    IpPermissions: IpPermissions.map(({ UserIdGroupPairs = [], ...rule }) => ({
      ...rule,
      UserIdGroupPairs: UserIdGroupPairs.filter((pair) => other === undefined || pair.GroupId === other),
    })),
  };
  await ec2.send(new RevokeSecurityGroupIngressCommand(rules));
  return () => ec2.send(new AuthorizeSecurityGroupIngressCommand(rules));
}

/** Takes the policies of a role, or changes them. */
export async function withoutPolicies(RoleName: string, change?: (document: string) => string): Promise<Mend> {
  const iam = new IAMClient({});
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      const policy = { RoleName, PolicyName, PolicyDocument: decodeURIComponent(PolicyDocument) };
      if (change)
        await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: change(policy.PolicyDocument) }));
      else await iam.send(new DeleteRolePolicyCommand(policy));
      return policy;
    }),
  );
  return () => Promise.all(policies.map((policy) => iam.send(new PutRolePolicyCommand(policy))));
}

export async function withoutLogGroup(logGroupName: string): Promise<Mend> {
  await new CloudWatchLogsClient({}).send(new DeleteLogGroupCommand({ logGroupName }));
  return async () => {
    await new CloudWatchLogsClient({}).send(new CreateLogGroupCommand({ logGroupName }));
    await new CloudWatchLogsClient({}).send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 3 }));
  };
}

/** Deletes an image; who mends it pushes it again. */
export async function withoutImage(repositoryName: string, imageTag: string): Promise<void> {
  await new ECRClient({}).send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag }] }));
}

/** Changes what is in a secret. */
export async function withSecret(SecretId: string, change: (text: string) => string): Promise<Mend> {
  const client = new SecretsManagerClient({});
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: change(SecretString) }));
  return () => client.send(new PutSecretValueCommand({ SecretId, SecretString }));
}

/** Changes the web service by hand. */
export async function withService(
  change: (before: Service) => Omit<UpdateServiceCommandInput, 'service'>,
): Promise<Mend> {
  const ecs = new ECSClient({});
  const where = { cluster: names.cluster, service: names.service };
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  const [before] = (await ecs.send(wanted)).services ?? [];
  const rested = async () => {
    for (;;) {
      const [service] = (await ecs.send(wanted)).services ?? [];
      if (service?.deployments?.[0]?.rolloutState !== 'IN_PROGRESS') return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await ecs.send(new UpdateServiceCommand({ ...where, ...change(before ?? {}) }));
  await rested();
  return async () => {
    const { taskDefinition, networkConfiguration, desiredCount } = before ?? {};
    const all = { taskDefinition, networkConfiguration, desiredCount, forceNewDeployment: true };
    await ecs.send(new UpdateServiceCommand({ ...where, ...all }));
    await rested();
  };
}
