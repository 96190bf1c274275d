import { EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { type DeployedStack, idOf, list, the } from './deployed-stack';

export async function loadBalancer(stack: DeployedStack) {
  const wanted = { LoadBalancerArns: [idOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer')] };
  const found = await list(stack, ElasticLoadBalancingV2Client, paginateDescribeLoadBalancers, wanted, 'LoadBalancers');
  return the('load balancer', found[0]);
}

export async function targetGroup(stack: DeployedStack) {
  const wanted = { TargetGroupArns: [idOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')] };
  const found = await list(stack, ElasticLoadBalancingV2Client, paginateDescribeTargetGroups, wanted, 'TargetGroups');
  return the('target group', found[0]);
}

export async function groups(stack: DeployedStack, ids: readonly string[] = []) {
  if (ids.length === 0) return [];
  const wanted = { GroupIds: [...ids] };
  return await list(stack, EC2Client, paginateDescribeSecurityGroups, wanted, 'SecurityGroups');
}

export async function database(stack: DeployedStack) {
  const wanted = { DBInstanceIdentifier: idOf(stack, 'AWS::RDS::DBInstance') };
  const found = await list(stack, RDSClient, paginateDescribeDBInstances, wanted, 'DBInstances');
  return the(`database ${wanted.DBInstanceIdentifier}`, found[0]);
}
