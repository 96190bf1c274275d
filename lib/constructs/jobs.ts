import type { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { JobConfig } from '../config/sections/other-tasks';
import { withOwnSettings } from '../config/sections/settings';
import type { ImageTags } from '../image-tags';
import { type BatchContainerProps, BatchJob, type BatchJobProps } from './batch-job';
import { createJobQueue, type JobNetworkProps } from './job-queue';
import type { WebService } from './web-service';

export interface JobsProps
  extends BatchContainerProps, JobNetworkProps, Pick<BatchJobProps, 'databaseVariable' | 'settings' | 'variables'> {
  readonly jobs: readonly JobConfig[];
  readonly web: WebService;
  readonly imageTags: ImageTags;
}

/** Jobs of AWS Batch that run the web image by the clock; not in the guide. */
export class Jobs extends Construct {
  /** The jobs by name, for a team's grants to their roles. */
  public readonly jobs: ReadonlyMap<string, BatchJob>;

  constructor(scope: Construct, id: string, props: JobsProps) {
    super(scope, id);
    const prefix = `${props.names.prefix}-jobs`;
    const queueName = `${prefix}-queue`;
    const queue = createJobQueue(this, {
      ...props,
      computeEnvironmentName: `${prefix}-compute-env`,
      jobQueueName: queueName,
      maxvCpus: props.jobs.reduce((sum, { size }) => sum + Math.ceil(size.cpu / 1024), 0),
    });
    const jobs = new Map<string, BatchJob>();
    for (const job of props.jobs) {
      const batchJob = new BatchJob(this, job.name, {
        ...props,
        ...job,
        container: props,
        settings: withOwnSettings(props.settings, job.settings),
        jobName: job.name,
        jobDefinitionName: `${prefix}-${job.name}`,
        logGroupName: `/aws/batch/${prefix}-${job.name}`,
        roleNames: undefined,
        sessionSecret: props.web.sessionSecret,
      });
      const schedule = batchJob.startAt({ ...job, queue, queueName, variables: {} });
      (schedule.node.defaultChild as CfnSchedule).state = props.imageTags.withImage('ENABLED', 'DISABLED');
      // A version whose release is rolled back does not run at night.
      batchJob.node.addDependency(props.web.service);
      jobs.set(job.name, batchJob);
    }
    this.jobs = jobs;
  }
}
