import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { WAFV2 } from '@aws-sdk/client-wafv2';

/** Clients that change an environment by hand; the variables of a local AWS count once one is called. */
export const balancing = new ElasticLoadBalancingV2({});
export const batch = new Batch({});
export const ec2 = new EC2({});
export const ecr = new ECR({});
export const ecs = new ECS({});
export const iam = new IAM({});
export const logs = new CloudWatchLogs({});
export const rds = new RDS({});
export const s3 = new S3({ forcePathStyle: true });
export const scaling = new ApplicationAutoScaling({});
export const scheduler = new Scheduler({});
export const secrets = new SecretsManager({});
export const waf = new WAFV2({});
