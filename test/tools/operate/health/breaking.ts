import { Part, type StackPart } from '../../../../lib/contract';
import { allPhysicalIds, physicalIdOf, readStack } from '../../../../tools/deployed/deployed-stack';
import type { Answer, ReportedAnswer } from '../../../../tools/operate/health/answer';
import { type HealthOptions, runHealth } from '../../../../tools/operate/health/health';
import { type Dev, names } from '../../support/running-dev';
import { batch, ec2, ecr, ecs, iam, secrets } from './clients';
import { runFix } from './run-fix';

/** Undoes what no printed command undoes. */
export type Undo = () => Promise<unknown>;

/** A fault, with the guide's chapter, the cause that doctor names, and its fix: REDEPLOY unless given. */
export type Fault = readonly [what: string, breakIt: () => Promise<unknown>, says: RegExp, fix?: RegExp];

/** Fix of a change by hand: a deploy, or the service's own command where CloudFormation compares nothing. */
export const REDEPLOY = /^(npx cdk deploy ProoflinkDev --revert-drift|aws \S+ \S+ --region ap-northeast-1 .*)$/m;

interface Report {
  readonly exitCode: number;
  readonly cause: ReportedAnswer | null;
  readonly answers: readonly ReportedAnswer[];
}

/** Parts of a report that a program gets; on dev unless said. */
export async function ask(
  command: Parameters<typeof runHealth>[1],
  options: HealthOptions = {},
  environmentName: Parameters<typeof runHealth>[0] = 'dev',
): Promise<Report> {
  return JSON.parse((await runHealth(environmentName, command, { ...options, json: true })).stdout) as Report;
}

export const doctor = (options?: HealthOptions) => ask('doctor', options);

/** Texts of the answers with a result. */
export const saying = ({ answers }: Report, result: Answer['result']) =>
  answers.filter((each) => each.result === result).map(({ says }) => says);

/** True if a fix consists of commands that ask nothing. */
const isCommand = (fix = '') =>
  fix.split('\n').every((line) => /^(aws|npx cdk deploy|npm run prooflink -- start) [^<]*$/.test(line));

/** Breaks all of it, asks once, and takes back by the printed fixes alone whatever commands take back. */
export function together(dev: Dev, name: string, faults: readonly Fault[]): void {
  describe(name, () => {
    const undo: Undo[] = [];
    let reported: Report;

    beforeAll(async () => {
      for (const [, breakIt] of faults) {
        const done = await breakIt();
        if (typeof done === 'function') undo.push(done as Undo);
      }
      reported = await doctor();
    }, 120_000);

    const wrong = () => reported.answers.filter(({ result }) => result === 'wrong');
    const indexOf = (says: RegExp) => wrong().findIndex((each) => says.test(each.says));

    it.each(faults.map((each) => [each[0], each] as const))('%s', (_, [, , says, fix = REDEPLOY]) => {
      expect(wrong().map((each) => each.says)).toContainEqual(expect.stringMatching(says));
      expect(wrong()[indexOf(says)]?.fix).toMatch(fix);
    });

    it('the first is the cause, the others come behind it from the outside in, and the printed fixes take all back', async () => {
      const indexes = faults.map(([, , says]) => indexOf(says));
      expect(indexes[0]).toBe(0);
      expect(indexes).toEqual(indexes.toSorted((one, other) => one - other));
      for (const each of undo) await each();
      const fixes = wrong().flatMap(({ fix = '' }) => (isCommand(fix) ? fix.split('\n') : []));
      for (const fix of new Set(fixes)) await runFix(dev(), fix);
      expect(saying(await doctor(), 'wrong')).toEqual([]);
    }, 240_000);
  });
}

export const idOf = async (part: StackPart) => physicalIdOf(await readStack('dev'), part);

/** Physical ids of all subnets, in the template's order: the public ones come first. */
export const subnetIds = async () => allPhysicalIds(await readStack('dev'), 'AWS::EC2::Subnet');

/** Denies all traffic of the VPC by its network ACL. */
export async function withDenial(Egress: boolean): Promise<object> {
  const Filters = [{ Name: 'vpc-id', Values: [await idOf(Part.vpc)] }];
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({ Filters });
  const rule = { NetworkAclId: acl?.NetworkAclId, RuleNumber: 50, Egress };
  const denial = { ...rule, Protocol: '-1', RuleAction: 'deny' as const, CidrBlock: '0.0.0.0/0' };
  return ec2.createNetworkAclEntry(denial);
}

/** Takes the rules of a group, all of them or those that name another one. */
export async function withoutRules(name: string, of?: string): Promise<void> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  const groupOf = (one?: string) => SecurityGroups.find(({ GroupName }) => GroupName === one);
  const { GroupId, IpPermissions = [] } = groupOf(name) ?? {};
  const other = groupOf(of)?.GroupId;
  const own = IpPermissions.map(({ UserIdGroupPairs = [], ...rule }) => {
    return { ...rule, UserIdGroupPairs: UserIdGroupPairs.filter((pair) => !of || pair.GroupId === other) };
  });
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: own });
}

/** Takes the policies of a role, or changes them. */
export async function withoutPolicies(RoleName: string, change?: (document: string) => string): Promise<void> {
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName });
    const changed = { RoleName, PolicyName, PolicyDocument: change?.(decodeURIComponent(PolicyDocument)) };
    await (change ? iam.putRolePolicy(changed) : iam.deleteRolePolicy({ RoleName, PolicyName }));
  }
}

/** Deletes an image, which `again` pushes. */
export async function withoutImage(repositoryName: string, imageTag: string, again: Undo): Promise<Undo> {
  const all = { repositoryName, imageIds: [{ imageTag }] };
  await ecr.batchDeleteImage(all);
  return async () => {
    await ecr.batchDeleteImage(all);
    await again();
  };
}

/** Changes what is in a secret. */
export async function withSecret(part: StackPart, change: (text: string) => string): Promise<Undo> {
  const SecretId = await idOf(part);
  const { SecretString = '' } = await secrets.getSecretValue({ SecretId });
  await secrets.putSecretValue({ SecretId, SecretString: change(SecretString) });
  return () => secrets.putSecretValue({ SecretId, SecretString });
}

/** Changes the web service by hand. */
export const withService = (change: object) =>
  ecs.updateService({ cluster: names.cluster, service: names.service, ...change });

/** Changes the compute environment of the import by hand. */
export const withEnvironment = (change: object) =>
  batch.updateComputeEnvironment({ computeEnvironment: names.computeEnvironment, ...change });
