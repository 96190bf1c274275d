import { randomUUID } from 'node:crypto';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import type { Account } from './account';

/** SDK configuration like that of an administrator, with the credentials of a role's session. */
export type SessionClient = Omit<Account['client'], 'credentials'> & { readonly credentials: SessionCredentials };

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** Creates a role with this policy that trusts the account, and assumes it. */
export async function assumeRole(account: Account, policy: string): Promise<SessionClient> {
  const roleName = `role-${randomUUID()}`;
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '123456789012' } }],
  };
  const iam = new IAM(account.client);
  const role = await iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  await iam.putRolePolicy({ RoleName: roleName, PolicyName: 'rights', PolicyDocument: policy });
  return sessionOf(account, role.Role?.Arn);
}

/** Assumes a role, as an administrator or another caller. */
export async function sessionOf(
  account: Account,
  roleArn: string | undefined,
  caller = account.client,
): Promise<SessionClient> {
  const sts = new STS(caller);
  const session = await sts.assumeRole({ RoleArn: roleArn, RoleSessionName: 'test' });
  const credentials = {
    accessKeyId: session.Credentials?.AccessKeyId ?? '',
    secretAccessKey: session.Credentials?.SecretAccessKey ?? '',
    sessionToken: session.Credentials?.SessionToken,
  };
  return { ...account.client, credentials };
}
