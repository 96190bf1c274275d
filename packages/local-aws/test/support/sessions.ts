import { randomUUID } from 'node:crypto';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import type { Account } from './account';

/** SDK configuration of an administrator with other credentials: those of a session of a role. */
export type SessionClient = Omit<Account['client'], 'credentials'> & { readonly credentials: SessionCredentials };

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** Creates a role with this policy that everybody in the account may assume, and assumes it. */
export async function assumeRole(account: Account, policy: string): Promise<SessionClient> {
  const RoleName = `role-${randomUUID()}`;
  const iam = new IAM(account.client);
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '123456789012' } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument });
  await iam.putRolePolicy({ RoleName, PolicyName: 'rights', PolicyDocument: policy });
  return sessionOf(account, Role?.Arn ?? '');
}

/** Assumes a role. */
export async function sessionOf(account: Account, RoleArn: string, client = account.client): Promise<SessionClient> {
  const { Credentials } = await new STS(client).assumeRole({ RoleArn, RoleSessionName: 'test' });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...account.client, credentials };
}
