import type { IJobQueue } from 'aws-cdk-lib/aws-batch';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type BatchContainerProps, BatchJob } from '../../../../../lib/constructs/batch-job';

export interface RemindersProps extends BatchContainerProps {
  readonly queue: IJobQueue;
}

/** Reminds users by mail each morning, once office hours have started the database. */
export class Reminders extends BatchJob {
  constructor(scope: Construct, id: string, props: RemindersProps) {
    super(scope, id, {
      container: props,
      jobName: 'reminders',
      jobDefinitionName: `${props.names.prefix}-reminders`,
      logGroupName: `/aws/batch/${props.names.prefix}-reminders`,
      roleNames: undefined,
      command: ['node', 'dist/batch/reminders.js'],
      size: { cpu: 256, memory: Size.mebibytes(512) },
      timeout: Duration.minutes(30),
      databaseVariable: undefined,
      settings: undefined,
      variables: {},
      secrets: {},
    });
    this.startAt({
      queue: props.queue,
      queueName: props.names.jobQueue,
      time: '10:00',
      days: 'weekdays',
      variables: {},
    });
  }
}
