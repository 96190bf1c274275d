import { ECR } from '@aws-sdk/client-ecr';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { resourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';
import { REHEARSAL } from './environment';
import type { Place } from './own-stack';
import type { Verdict } from './stage';

/**
 * CloudFormation counts a resource that it no longer has as deleted: asks the services for names with a rehearsal's prefix.
 * @param deletedTypes - Types of the resources that CloudFormation has deleted.
 */
export async function judgeDeletion({ region }: Place, deletedTypes: ReadonlySet<string>): Promise<Verdict> {
  const elb = awsClient(ElasticLoadBalancingV2, { region });
  const answers = {
    'AWS::ECR::Repository': await readAll(awsClient(ECR, { region }).paginateDescribeRepositories({}), 'repositories'),
    'AWS::S3::Bucket': await readAll(awsClient(S3, { region }).paginateListBuckets({}), 'Buckets'),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': await readAll(elb.paginateDescribeLoadBalancers({}), 'LoadBalancers'),
    'AWS::ElasticLoadBalancingV2::TargetGroup': await readAll(elb.paginateDescribeTargetGroups({}), 'TargetGroups'),
    'AWS::Scheduler::Schedule': await readAll(awsClient(Scheduler, { region }).paginateListSchedules({}), 'Schedules'),
  };
  const { prefix } = resourceNames(REHEARSAL);
  const names = new Set(JSON.stringify(answers).match(new RegExp(`(?<![\\w-])${prefix}[\\w-]*`, 'g')));
  const otherTypes = [...deletedTypes].filter((type) => !(type in answers));
  return {
    row: 'deletion-leaves-nothing',
    holds: names.size === 0,
    seen: [
      `still there, of ${Object.keys(answers).join(', ')}: ${[...names].join(', ') || 'none'}`,
      `not asked for, deleted by CloudFormation's word alone: ${otherTypes.join(', ') || 'the others'}`,
    ],
  };
}
