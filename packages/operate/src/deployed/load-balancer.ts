import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Part } from '@infra/commands/app';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { readFirst } from './pages';

export function describeLoadBalancer(stack: DeployedStack) {
  const LoadBalancerArns = [physicalIdOf(stack, Part.loadBalancer)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeLoadBalancers({ LoadBalancerArns });
  return readFirst(Part.loadBalancer.type, pages, 'LoadBalancers');
}

export function describeTargetGroup(stack: DeployedStack) {
  const TargetGroupArns = [physicalIdOf(stack, Part.targetGroup)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeTargetGroups({ TargetGroupArns });
  return readFirst(Part.targetGroup.type, pages, 'TargetGroups');
}
