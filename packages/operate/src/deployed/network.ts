import { EC2, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { DeployedStack } from './deployed-stack';
import { readAll } from './pages';

export async function readSecurityGroups(stack: DeployedStack, GroupIds: string[] = []): Promise<SecurityGroup[]> {
  // Asked for an empty list of ids, EC2 would answer with all security groups of the account.
  if (GroupIds.length === 0) return [];
  return await readAll(stack.client(EC2).paginateDescribeSecurityGroups({ GroupIds }), 'SecurityGroups');
}

/** Ranges of the addresses of subnets, in CIDR notation. */
export async function readSubnetRanges(stack: DeployedStack, SubnetIds: string[]): Promise<string[]> {
  if (SubnetIds.length === 0) return [];
  const subnets = await readAll(stack.client(EC2).paginateDescribeSubnets({ SubnetIds }), 'Subnets');
  return subnets.map(({ CidrBlock = '' }) => CidrBlock);
}
