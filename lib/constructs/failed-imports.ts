import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, Match } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { BatchJob } from './batch-job';
import { EventMail } from './event-mail';

export interface FailedImportsProps {
  readonly userImport: BatchJob;
  readonly topic: ITopic;
}

/**
 * Says which import job failed and why. AWS Batch has no metric of failed jobs, only an event for each, so the events
 * are counted where they are sent on.
 */
export class FailedImports extends EventMail {
  /** The number of failed import jobs. */
  public readonly count: Metric;

  constructor(scope: Construct, id: string, props: FailedImportsProps) {
    super(scope, id, {
      description: 'Import jobs that failed',
      events: {
        source: ['aws.batch'],
        detailType: ['Batch Job State Change'],
        detail: {
          status: ['FAILED'],
          // Events name the revision, too. A queue may have further jobs.
          jobDefinition: Match.prefix(`${props.userImport.jobDefinitionArn}:`),
        },
      },
      topic: props.topic,
      message: {
        message: 'An import job failed',
        job: EventField.fromPath('$.detail.jobName'),
        id: EventField.fromPath('$.detail.jobId'),
        reason: EventField.fromPath('$.detail.statusReason'),
      },
    });
    this.count = new Metric({
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensionsMap: { RuleName: this.rule.ruleName },
      statistic: Stats.SUM,
    });
  }
}
