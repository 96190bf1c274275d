import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { UpdateComputeEnvironmentRequest } from '@aws-sdk/client-batch';
import type { UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { Part, type StackPart } from '@infra/commands/app';
import { allPhysicalIds, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import type { Answer, ReportedAnswer } from '../../src/health/answer';
import { type HealthOptions, runHealth } from '../../src/health/health';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { batch, ec2, ecr, ecs, iam, secrets } from '../health/clients';
import { runFix } from '../health/run-fix';

/** Undoes what no printed command undoes. */
export type Undo = () => Promise<unknown>;

/** A change by hand that breaks dev. */
export interface Fault {
  /** Chapter of the guide's fault tables, if one has it, and the fault. */
  readonly title: string;
  /** Breaks dev; may return what undoes that. */
  readonly breakIt: () => Promise<unknown>;
  /** Cause that `doctor` names: a pattern of it, or each of some texts in it. */
  readonly says: RegExp | readonly string[];
  /** Fix that `doctor` prints: REVERT unless given. */
  readonly fix?: RegExp;
}

/** Fix of a change by hand: a reversal by CloudFormation, or the service's own command where CloudFormation compares nothing. */
export const REVERT = /^(npm run prooflink -- revert-drift dev$|aws \S+ \S+ --region \S+ )/m;

/** The report that a program gets. */
interface Report {
  readonly exitCode: number;
  readonly cause: ReportedAnswer | null;
  readonly answers: readonly ReportedAnswer[];
}

/** Runs a command that asks questions, on dev unless another environment is given. */
export async function ask(
  command: Parameters<typeof runHealth>[1],
  options: HealthOptions = {},
  environmentName: Parameters<typeof runHealth>[0] = 'dev',
): Promise<Report> {
  const { stdout } = await runHealth(environmentName, command, { ...options, json: true });
  return JSON.parse(stdout) as Report;
}

export const doctor = (options?: HealthOptions) => ask('doctor', options);

/** Texts of the answers with a result. */
export function textsOf({ answers }: Report, expected: Answer['result']): string[] {
  return answers.filter(({ result }) => result === expected).map(({ says }) => says);
}

/** True if a fix consists of commands alone, without a value that a person fills in. */
function isCommand(fix: string): boolean {
  return fix.split('\n').every((line) => /^(aws|npm run prooflink --) [^<]*$/.test(line));
}

function isNamedBy({ says }: Fault, text: string): boolean {
  return says instanceof RegExp ? says.test(text) : says.every((part) => text.includes(part));
}

/** Fixes that are commands, each once, in the order of the report. */
function commandsOf(answers: readonly ReportedAnswer[]): Set<string> {
  const fixes = answers.map(({ fix = '' }) => fix).filter(isCommand);
  return new Set(fixes.flatMap((fix) => fix.split('\n')));
}

/** Breaks dev by all faults, asks `doctor` once, and repairs dev by the fixes that `doctor` prints. */
export function describeFaults(dev: Dev, name: string, faults: readonly Fault[]): void {
  describe(name, () => {
    const undos: Undo[] = [];
    let faultAnswers: readonly ReportedAnswer[] = [];

    beforeAll(async () => {
      for (const { breakIt } of faults) {
        const undo = await breakIt();
        if (typeof undo === 'function') undos.push(undo as Undo);
      }
      const { answers } = await doctor();
      faultAnswers = answers.filter(({ result }) => result === 'wrong');
    }, 120_000);

    const indexOf = (fault: Fault) => faultAnswers.findIndex(({ says }) => isNamedBy(fault, says));

    it.each(faults)('$title', (fault) => {
      const texts = faultAnswers.map(({ says }) => says);
      if (!texts.some((text) => isNamedBy(fault, text))) {
        throw new Error(`doctor does not name ${String(fault.says)}. It names:\n${texts.join('\n')}`);
      }
      expect(faultAnswers[indexOf(fault)]?.fix).toMatch(fault.fix ?? REVERT);
    });

    it('the first fault is the cause, and the others follow from the outside in', () => {
      const indexes = faults.map(indexOf);
      expect(indexes[0]).toBe(0);
      expect(indexes).toEqual(indexes.toSorted((one, other) => one - other));
    });

    it('the printed fixes repair dev', async () => {
      for (const undo of undos) await undo();
      for (const command of commandsOf(faultAnswers)) await runFix(dev(), command);
      expect(textsOf(await doctor(), 'wrong')).toEqual([]);
    }, 240_000);
  });
}

export const idOf = async (part: StackPart) => physicalIdOf(await readStack('dev'), part);

/** Physical ids of all subnets, in the template's order: the public ones come first. */
export const subnetIds = async () => allPhysicalIds(await readStack('dev'), 'AWS::EC2::Subnet');

/** Denies all inbound traffic of the VPC by its network ACL. */
export async function denyInboundTraffic(): Promise<void> {
  const { NetworkAcls: [networkAcl] = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'vpc-id', Values: [await idOf(Part.vpc)] }],
  });
  await ec2.createNetworkAclEntry({
    NetworkAclId: networkAcl?.NetworkAclId,
    RuleNumber: 50,
    Egress: false,
    Protocol: '-1',
    RuleAction: 'deny',
    CidrBlock: '0.0.0.0/0',
  });
}

export async function securityGroupNamed(name: string): Promise<SecurityGroup> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  return SecurityGroups.find(({ GroupName }) => GroupName === name) ?? {};
}

/** Revokes all inbound rules of a security group. */
export async function revokeInboundRules(groupName: string): Promise<void> {
  const { GroupId, IpPermissions } = await securityGroupNamed(groupName);
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
}

/** Deletes the inline policies of a role. */
export async function deletePolicies(RoleName: string): Promise<void> {
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
}

/** Deletes an image, and returns what pushes the image again. */
export async function deleteImage(repositoryName: string, imageTag: string, pushAgain: Undo): Promise<Undo> {
  const image = { repositoryName, imageIds: [{ imageTag }] };
  await ecr.batchDeleteImage(image);
  return async () => {
    await ecr.batchDeleteImage(image);
    await pushAgain();
  };
}

/** Changes the value of a secret, and returns what writes the value of before. */
export async function changeSecret(part: StackPart, change: (value: string) => string): Promise<Undo> {
  const SecretId = await idOf(part);
  const { SecretString = '' } = await secrets.getSecretValue({ SecretId });
  await secrets.putSecretValue({ SecretId, SecretString: change(SecretString) });
  return () => secrets.putSecretValue({ SecretId, SecretString });
}

/** Changes the web service by hand. */
export async function changeService(change: Partial<UpdateServiceRequest>): Promise<void> {
  await ecs.updateService({ cluster: names.cluster, service: names.service, ...change });
}

/** Changes the compute environment of the import by hand. */
export async function changeComputeEnvironment(change: Partial<UpdateComputeEnvironmentRequest>): Promise<void> {
  await batch.updateComputeEnvironment({ computeEnvironment: names.computeEnvironment, ...change });
}
