import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** A role of the account. */
export interface StandingRole {
  readonly arn: string;
  readonly policies: { readonly name: string; readonly policy: object }[];
}

/** Reads a role with every policy that decides what it may do, through IAM's API. */
export async function readRole(RoleName: string): Promise<StandingRole> {
  const iam = new IAMClient({});
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return { name: PolicyName, policy: document(PolicyDocument) };
  });
  const attached = AttachedPolicies.map(async ({ PolicyArn, PolicyName = '' }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
    return { name: PolicyName, policy: document((await iam.send(version)).PolicyVersion?.Document) };
  });
  return { arn: Role?.Arn ?? '', policies: await Promise.all([...inline, ...attached]) };
}

/** Variables by which a program acts as the role. The local AWS checks no trust policy; test/rights does. */
export async function credentialsOf(RoleArn: string): Promise<Record<string, string>> {
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'life-cycle' }),
  );
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
  };
}

function document(encoded: string | undefined): object {
  return JSON.parse(decodeURIComponent(encoded ?? '')) as object;
}
