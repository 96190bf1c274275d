import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Service, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { readStack } from '../../../tools/environment/deployed-stack';
import { environmentOf } from '../../../tools/environment/environment';
import type { Answer } from '../../../tools/health/question';
import { QUESTIONS } from '../../../tools/health/questions/all';
import { answerTo, type HealthOptions, runHealth, type Reported } from '../../../tools/health/run';
import { ROOT } from '../support/prooflink';
import { type Dev, names } from '../support/running-dev';
import { ec2, ecr, ecs, iam, logs, secrets } from './clients';

/** Undoes what was broken. */
export type Restore = () => Promise<unknown>;

/** The guide's chapter and the fault, its cause, and the first cause that doctor names, with its fix: REDEPLOY unless given. */
export type Case = readonly [what: string, breakIt: () => Promise<Restore>, says: RegExp, fix?: RegExp];

/** Fix of a change by hand: a deploy, or the service's own command where CloudFormation compares nothing. */
export const REDEPLOY = /^(npx cdk deploy ProoflinkDev --revert-drift|aws \S+ \S+ --region ap-northeast-1 .*)$/m;

interface Report {
  readonly exitCode: number;
  readonly cause: Reported | null;
  readonly answers: readonly Reported[];
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

const environment = async () => environmentOf(await readStack('dev'));

/** The answer to one question, asked alone. */
export async function answerOf(id: string): Promise<Reported> {
  const [question] = QUESTIONS.filter((each) => each.id === id);
  if (!question) throw new Error(`There is no question ${id}.`);
  return await answerTo(question, await environment());
}

/** The first cause, for which `doctor` asks one question after another: what is behind it is asked in other tests. */
async function firstCause() {
  const it = await environment();
  for (const question of QUESTIONS.filter(({ depth, applies }) => depth !== 'contact' && applies(it))) {
    const reported = await answerTo(question, it);
    if (reported.result === 'wrong') return reported;
  }
  throw new Error('Nothing is wrong.');
}

/** Breaks it, asks, runs the fix that is printed, asks again, and restores the rest. The cause is named first. */
export async function examineCase(dev: Dev, [, breakIt, says, fix = REDEPLOY]: Case): Promise<void> {
  const restore = await breakIt();
  let hasRun = false;
  try {
    const cause = await firstCause();
    expect({ says: cause.says, fix: cause.fix }).toEqual({
      says: expect.stringMatching(says) as string,
      fix: expect.stringMatching(fix) as string,
    });
    if (cause.fix === undefined || !runsAlone(cause.fix) || ran.has(shapeOf(cause.fix))) return;
    ran.add(shapeOf(cause.fix));
    hasRun = true;
    await runFix(dev, cause.fix);
    expect((await answerOf(cause.id)).says).not.toBe(cause.says);
  } finally {
    // The fix has undone it already.
    await restore().catch((error: unknown) => {
      if (!hasRun) throw error;
    });
  }
}

/** The secret whose name has this part. */
export const secretId = async (part: string) =>
  (await readStack('dev')).ids('AWS::SecretsManager::Secret').find((id) => id.includes(part)) ?? '';

/** Takes the rules of a group, all of them or those that name another one. */
export async function withoutRules(name: string, direction: 'in' | 'out' = 'in', of?: string): Promise<Restore> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  const groupOf = (one?: string) => SecurityGroups.find(({ GroupName }) => GroupName === one);
  const { GroupId, IpPermissions = [], IpPermissionsEgress } = groupOf(name) ?? {};
  if (direction === 'out') {
    const rules = { GroupId, IpPermissions: IpPermissionsEgress };
    await ec2.revokeSecurityGroupEgress(rules);
    return () => ec2.authorizeSecurityGroupEgress(rules);
  }
  const other = groupOf(of)?.GroupId;
  const own = IpPermissions.map(({ UserIdGroupPairs = [], ...rule }) => {
    return { ...rule, UserIdGroupPairs: UserIdGroupPairs.filter((pair) => !of || pair.GroupId === other) };
  });
  const rules = { GroupId, IpPermissions: own };
  await ec2.revokeSecurityGroupIngress(rules);
  return () => ec2.authorizeSecurityGroupIngress(rules);
}

/** Takes the policies of a role, or changes them. */
export async function withoutPolicies(RoleName: string, change?: (document: string) => string): Promise<Restore> {
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName });
      const policy = { RoleName, PolicyName, PolicyDocument: decodeURIComponent(PolicyDocument) };
      if (change) await iam.putRolePolicy({ ...policy, PolicyDocument: change(policy.PolicyDocument) });
      else await iam.deleteRolePolicy(policy);
      return policy;
    }),
  );
  return () => Promise.all(policies.map((policy) => iam.putRolePolicy(policy)));
}

export async function withoutLogGroup(logGroupName: string): Promise<Restore> {
  await logs.deleteLogGroup({ logGroupName });
  return async () => {
    await logs.createLogGroup({ logGroupName });
    await logs.putRetentionPolicy({ logGroupName, retentionInDays: 3 });
  };
}

/** Deletes an image; the returned function pushes it again. */
export async function withoutImage(repositoryName: string, imageTag: string): Promise<void> {
  await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag }] });
}

/** Changes what is in a secret. */
export async function withSecret(SecretId: string, change: (text: string) => string): Promise<Restore> {
  const { SecretString = '' } = await secrets.getSecretValue({ SecretId });
  await secrets.putSecretValue({ SecretId, SecretString: change(SecretString) });
  return () => secrets.putSecretValue({ SecretId, SecretString });
}

/** Changes the web service by hand. */
export async function withService(
  change: (before: Service) => Omit<UpdateServiceCommandInput, 'service'>,
): Promise<Restore> {
  const where = { cluster: names.cluster, service: names.service };
  const now = async () =>
    (await ecs.describeServices({ cluster: names.cluster, services: [names.service] })).services?.[0];
  const before = await now();
  const rested = async () => {
    while ((await now())?.deployments?.[0]?.rolloutState === 'IN_PROGRESS')
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await ecs.updateService({ ...where, ...change(before ?? {}) });
  await rested();
  return async () => {
    const { taskDefinition, networkConfiguration, desiredCount } = before ?? {};
    const all = { taskDefinition, networkConfiguration, desiredCount, forceNewDeployment: true };
    await ecs.updateService({ ...where, ...all });
    await rested();
  };
}
