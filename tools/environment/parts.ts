import { EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type DBInstance, paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { Parameter } from '../../lib/contract';
import type { DeployedStack } from './deployed-stack';
import { idOf, list, the } from './environment';

export async function loadBalancer(it: DeployedStack) {
  const wanted = { LoadBalancerArns: [idOf(it, 'AWS::ElasticLoadBalancingV2::LoadBalancer')] };
  const pages = paginateDescribeLoadBalancers;
  return the(
    'load balancer',
    (await list(it, ElasticLoadBalancingV2Client, pages, wanted, (page) => page.LoadBalancers))[0],
  );
}

export async function targetGroup(it: DeployedStack) {
  const wanted = { TargetGroupArns: [idOf(it, 'AWS::ElasticLoadBalancingV2::TargetGroup')] };
  const pages = paginateDescribeTargetGroups;
  return the(
    'target group',
    (await list(it, ElasticLoadBalancingV2Client, pages, wanted, (page) => page.TargetGroups))[0],
  );
}

export async function securityGroups(it: DeployedStack, GroupIds: readonly string[] = []): Promise<SecurityGroup[]> {
  if (GroupIds.length === 0) return [];
  const wanted = { GroupIds: [...GroupIds] };
  return await list(it, EC2Client, paginateDescribeSecurityGroups, wanted, (page) => page.SecurityGroups);
}

export async function describeDatabase(it: DeployedStack): Promise<DBInstance> {
  const DBInstanceIdentifier = idOf(it, 'AWS::RDS::DBInstance');
  const found = await list(
    it,
    RDSClient,
    paginateDescribeDBInstances,
    { DBInstanceIdentifier },
    (page) => page.DBInstances,
  );
  return the(`database ${DBInstanceIdentifier}`, found[0]);
}

/** Whether there was a first release. */
export const hasImage = ({ parameters }: DeployedStack) => (parameters[Parameter.appImageTag] ?? '') !== '';
