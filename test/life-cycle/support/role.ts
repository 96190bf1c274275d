import { sdk } from './sdk';

/** A role of the account. */
export interface StandingRole {
  readonly arn: string;
  readonly trust: unknown;
  readonly sessionHours: number;
  readonly policies: { readonly name: string; readonly policy: object }[];
}

const document = (encoded = ''): object => JSON.parse(decodeURIComponent(encoded)) as object;

/** Reads a role with every policy that decides what it may do, through IAM's API. */
export async function readRole(RoleName: string): Promise<StandingRole> {
  const { iam } = sdk;
  const { Role } = await iam.getRole({ RoleName });
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName });
    return { name: PolicyName, policy: document(PolicyDocument) };
  });
  const attached = AttachedPolicies.map(async ({ PolicyArn, PolicyName = '' }) => {
    const { Policy } = await iam.getPolicy({ PolicyArn });
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId });
    return { name: PolicyName, policy: document(PolicyVersion?.Document) };
  });
  return {
    arn: Role?.Arn ?? '',
    trust: document(Role?.AssumeRolePolicyDocument),
    sessionHours: (Role?.MaxSessionDuration ?? 0) / 3600,
    policies: await Promise.all([...inline, ...attached]),
  };
}

/** Credentials of the role. The local AWS checks no trust policy; test/rights does. */
export async function assume(RoleArn: string) {
  const { Credentials } = await sdk.sts.assumeRole({ RoleArn, RoleSessionName: 'life-cycle' });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
