import { type ContainerImage, LogDriver } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { MigrationConfig } from '../config/sections/web-service';
import { MIGRATION_LOG_PREFIX, TIME_LIMIT_CONTAINER_NAME } from '../contract';
import { ApplicationTask, type ApplicationTaskProps } from './application-task';

export interface MigrationProps extends MigrationConfig {
  readonly application: Omit<ApplicationTaskProps, 'container'>;
  readonly image: ContainerImage;
  readonly logGroup: ILogGroup;
}

/** Task definition of the command that a release runs before it deploys (docs/decisions/0017). */
export class Migration extends ApplicationTask {
  constructor(scope: Construct, id: string, props: MigrationProps) {
    const { image, timeout } = props;
    const logging = LogDriver.awsLogs({ logGroup: props.logGroup, streamPrefix: MIGRATION_LOG_PREFIX });
    super(scope, id, { ...props.application, container: { image, command: [...props.command], logging } });

    // ECS has no time-out for a task, but stops it once an essential container ends. This one sleeps, so that the task
    // ends in time, whether or not the release that started it is there.
    this.addContainer(TIME_LIMIT_CONTAINER_NAME, {
      image,
      entryPoint: ['sleep'],
      command: [String(timeout.toSeconds())],
      // The first program of a container ignores SIGTERM unless it handles it.
      stopTimeout: Duration.seconds(2),
      logging,
    });
  }
}
