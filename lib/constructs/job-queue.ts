import { type CfnComputeEnvironment, FargateComputeEnvironment, type IJobQueue, JobQueue } from 'aws-cdk-lib/aws-batch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Network that jobs run in. */
export interface JobNetworkProps {
  readonly vpc: IVpc;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
}

export interface JobQueueProps extends JobNetworkProps {
  readonly computeEnvironmentName: string;
  readonly jobQueueName: string;
  readonly maxvCpus: number;
}

/** Creates a compute environment of Fargate below a construct, and its queue (guide 12-7, 12-8). */
export function createJobQueue(scope: Construct, props: JobQueueProps): IJobQueue {
  // eslint-disable-next-line awscdk/require-passing-this -- a construct in between would replace the import's queue
  const computeEnvironment = new FargateComputeEnvironment(scope, 'ComputeEnvironment', {
    computeEnvironmentName: props.computeEnvironmentName,
    vpc: props.vpc,
    vpcSubnets: { subnets: props.subnets },
    securityGroups: [props.securityGroup],
    maxvCpus: props.maxvCpus,
  });
  const resource = computeEnvironment.node.defaultChild as CfnComputeEnvironment;
  // The L2 renders an empty update policy, which AWS refuses for Fargate as soon as the environment is updated.
  resource.addPropertyDeletionOverride('UpdatePolicy');
  // The L2 writes `managed`, and AWS returns `MANAGED`: drift that no deploy ends.
  resource.type = 'MANAGED';
  // eslint-disable-next-line awscdk/require-passing-this -- a construct in between would replace the import's queue
  return new JobQueue(scope, 'JobQueue', {
    jobQueueName: props.jobQueueName,
    priority: 1,
    computeEnvironments: [{ computeEnvironment, order: 1 }],
  });
}
