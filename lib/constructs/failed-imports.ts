import type { IJobQueue } from 'aws-cdk-lib/aws-batch';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface FailedImportsProps {
  readonly queue: IJobQueue;
  readonly topic: ITopic;
}

/**
 * Says which import job failed and why. AWS Batch has no metric of failed jobs, only an event for each, so the events
 * are counted where they are sent on.
 */
export class FailedImports extends Construct {
  /** The number of failed import jobs. */
  public readonly count: Metric;

  constructor(scope: Construct, id: string, props: FailedImportsProps) {
    super(scope, id);

    const rule = new Rule(this, 'Rule', {
      description: 'Import jobs that failed',
      eventPattern: {
        source: ['aws.batch'],
        detailType: ['Batch Job State Change'],
        detail: { status: ['FAILED'], jobQueue: [props.queue.jobQueueArn] },
      },
    });
    rule.addTarget(
      new SnsTopic(props.topic, {
        message: RuleTargetInput.fromText(
          `Import job ${EventField.fromPath('$.detail.jobName')} (${EventField.fromPath('$.detail.jobId')}) failed: ` +
            EventField.fromPath('$.detail.statusReason'),
        ),
      }),
    );
    this.count = new Metric({
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensionsMap: { RuleName: rule.ruleName },
      statistic: Stats.SUM,
    });
  }
}
