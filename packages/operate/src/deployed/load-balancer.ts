import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Part } from '@infra/commands/app';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { readFirst } from './pages';
import { words } from './words';

export function describeLoadBalancer(stack: DeployedStack) {
  const LoadBalancerArns = [physicalIdOf(stack, Part.loadBalancer)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeLoadBalancers({ LoadBalancerArns });
  return readFirst(words.items.loadBalancer, pages, 'LoadBalancers');
}

export function describeTargetGroup(stack: DeployedStack) {
  const TargetGroupArns = [physicalIdOf(stack, Part.targetGroup)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeTargetGroups({ TargetGroupArns });
  return readFirst(words.items.targetGroup, pages, 'TargetGroups');
}
