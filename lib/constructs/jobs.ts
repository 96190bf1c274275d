import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { JobConfig } from '../config/sections/other-tasks';
import type { SettingsConfig } from '../config/sections/settings';
import type { ImageTags } from '../image-tags';
import { BatchJob, type BatchContainerProps } from './batch-job';
import { createJobQueue } from './job-queue';
import type { WebService } from './web-service';

export interface JobsProps extends BatchContainerProps {
  readonly jobs: readonly JobConfig[];
  readonly vpc: IVpc;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  /** That of the web tasks. */
  readonly securityGroup: ISecurityGroup;
  readonly web: WebService;
  readonly imageTags: ImageTags;
  readonly databaseVariable: string | undefined;
  readonly settings: SettingsConfig | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, ISecret>>;
}

/** Jobs of AWS Batch that run the web image by the clock; not in the guide. */
export class Jobs extends Construct {
  /** The jobs by name, for a team's grants to their roles. */
  public readonly jobs: ReadonlyMap<string, BatchJob>;

  constructor(scope: Construct, id: string, props: JobsProps) {
    super(scope, id);
    const prefix = `${props.names.prefix}-jobs`;
    const queue = createJobQueue(this, {
      ...props,
      computeEnvironmentName: `${prefix}-compute-env`,
      jobQueueName: `${prefix}-queue`,
      maxvCpus: props.jobs.reduce((sum, { size }) => sum + Math.ceil(size.cpu / 1024), 0),
    });
    const jobs = new Map<string, BatchJob>();
    for (const { name, ...job } of props.jobs) {
      const batchJob = new BatchJob(this, name, {
        ...job,
        container: props,
        jobName: name,
        jobDefinitionName: `${prefix}-${name}`,
        logGroupName: `/aws/batch/${prefix}-${name}`,
        roleNames: undefined,
        databaseVariable: props.databaseVariable,
        settings: props.settings,
        variables: props.variables,
        secrets: props.secrets,
      });
      const schedule = batchJob.startAt({ ...job, queue, queueName: `${prefix}-queue`, variables: {} });
      (schedule.node.defaultChild as CfnSchedule).state = props.imageTags.withImage('ENABLED', 'DISABLED');
      // A version whose release is rolled back does not run at night.
      batchJob.node.addDependency(props.web.service);
      jobs.set(name, batchJob);
    }
    this.jobs = jobs;
  }
}
