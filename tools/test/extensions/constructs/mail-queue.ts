import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ContainerRoles } from '../../../../lib/constructs/container-roles';

/** Mails that wait for the worker; those that fail five times are kept aside for two weeks. */
export class MailQueue extends Construct {
  public readonly queue: IQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const failed = new Queue(this, 'Failed', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(5),
      deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
    });
  }

  /** Lets a container add mails. */
  public grantSend(roles: ContainerRoles): void {
    roles.addToTaskPolicy(
      new PolicyStatement({ sid: 'QueueMails', actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
    );
  }
}
