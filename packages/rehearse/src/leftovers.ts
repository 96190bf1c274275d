import { ECR } from '@aws-sdk/client-ecr';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { resourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';
import { REHEARSAL } from './environment';
import type { Rehearsal } from './stage';

/** Names of the resources with a rehearsal's prefix that an account still has. */
export interface Leftovers {
  readonly names: readonly string[];
  /** Lines on what AWS was asked for, and on what it was not. */
  readonly seen: readonly string[];
}

/** CloudFormation counts a resource that it no longer has as deleted: asks the services for the names. */
export async function readLeftovers({ region, template }: Rehearsal): Promise<Leftovers> {
  const elb = awsClient(ElasticLoadBalancingV2, { region });
  const repositories = await readAll(awsClient(ECR, { region }).paginateDescribeRepositories({}), 'repositories');
  const buckets = await readAll(awsClient(S3, { region }).paginateListBuckets({}), 'Buckets');
  const loadBalancers = await readAll(elb.paginateDescribeLoadBalancers({}), 'LoadBalancers');
  const targetGroups = await readAll(elb.paginateDescribeTargetGroups({}), 'TargetGroups');
  const schedules = await readAll(awsClient(Scheduler, { region }).paginateListSchedules({}), 'Schedules');
  const namesByType: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'AWS::ECR::Repository': repositories.map(({ repositoryName }) => repositoryName),
    'AWS::S3::Bucket': buckets.map(({ Name }) => Name),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancers.map(({ LoadBalancerName }) => LoadBalancerName),
    'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroups.map(({ TargetGroupName }) => TargetGroupName),
    'AWS::Scheduler::Schedule': schedules.map(({ Name }) => Name),
  };
  const { prefix } = resourceNames(REHEARSAL);
  const names = Object.values(namesByType).flat();
  const leftNames = names.filter((name) => name !== undefined && name.startsWith(prefix)) as string[];
  const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
  const otherTypes = [...types].filter((type) => !(type in namesByType));
  return {
    names: leftNames,
    seen: [
      `still there, of ${Object.keys(namesByType).join(', ')}: ${leftNames.join(', ') || 'none'}`,
      `not asked for, deleted by CloudFormation's word alone: ${otherTypes.sort().join(', ')}`,
    ],
  };
}
