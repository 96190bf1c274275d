import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Budgets } from '@aws-sdk/client-budgets';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';

/** Clients of a life's account, which they find in the process's variables at their first call. */
export const sdk = {
  acm: new ACM({}),
  batch: new Batch({}),
  budgets: new Budgets({}),
  cloudFormation: new CloudFormation({}),
  cloudWatch: new CloudWatch({}),
  ec2: new EC2({}),
  ecr: new ECR({}),
  ecs: new ECS({}),
  elb: new ElasticLoadBalancingV2({}),
  events: new EventBridge({}),
  iam: new IAM({}),
  lambda: new Lambda({}),
  logs: new CloudWatchLogs({}),
  rds: new RDS({}),
  route53: new Route53({}),
  s3: new S3({ forcePathStyle: true }),
  scaling: new ApplicationAutoScaling({}),
  scheduler: new Scheduler({}),
  secrets: new SecretsManager({}),
  sns: new SNS({}),
  ssm: new SSM({}),
};
