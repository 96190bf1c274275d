import { ECR } from '@aws-sdk/client-ecr';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { resourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';
import { REHEARSAL } from './environment';
import type { Place } from './own-stack';

/** Types that a report names, since AWS is asked for no others after a deletion. */
export const ASKED_FOR = 'ECR repositories, S3 buckets, load balancers, target groups and schedules';

/** Names of the resources with a rehearsal's prefix that an account still has. */
export async function readLeftovers({ region }: Place): Promise<string[]> {
  const { prefix } = resourceNames(REHEARSAL);
  const elb = awsClient(ElasticLoadBalancingV2, { region });
  const repositories = await readAll(awsClient(ECR, { region }).paginateDescribeRepositories({}), 'repositories');
  const buckets = await readAll(awsClient(S3, { region }).paginateListBuckets({}), 'Buckets');
  const loadBalancers = await readAll(elb.paginateDescribeLoadBalancers({}), 'LoadBalancers');
  const targetGroups = await readAll(elb.paginateDescribeTargetGroups({}), 'TargetGroups');
  const schedules = await readAll(awsClient(Scheduler, { region }).paginateListSchedules({}), 'Schedules');
  const names = [
    ...repositories.map(({ repositoryName }) => repositoryName),
    ...buckets.map(({ Name }) => Name),
    ...loadBalancers.map(({ LoadBalancerName }) => LoadBalancerName),
    ...targetGroups.map(({ TargetGroupName }) => TargetGroupName),
    ...schedules.map(({ Name }) => Name),
  ];
  return names.filter((name = '') => name.startsWith(prefix)) as string[];
}
