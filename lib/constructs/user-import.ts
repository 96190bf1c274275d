import type { IJobQueue } from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import type { UserImportConfig } from '../config/sections/user-import';
import { IMPORT_COMMAND, Variable } from '../contract';
import { BatchJob, type BatchContainerProps } from './batch-job';
import type { ContainerRoles } from './container-roles';
import { createJobQueue, type JobNetworkProps } from './job-queue';

export interface UserImportProps extends UserImportConfig, BatchContainerProps, JobNetworkProps {}

/** The import of users from a CSV file as an AWS Batch job on Fargate, and its queue (guide 12-7 to 12-9). */
export class UserImport extends BatchJob {
  public readonly queue: IJobQueue;
  /**
   * The variables with which the web application starts an import. The job definition's name without a revision means
   * the newest one, after the next deploy too.
   */
  public readonly submitEnvironment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: UserImportProps) {
    const { names } = props;
    super(scope, id, {
      container: props,
      jobName: 'user-import',
      jobDefinitionName: names.jobDefinition,
      logGroupName: names.logGroups.batch,
      roleNames: { execution: names.roles.batchExecution, task: names.roles.batchTask },
      command: IMPORT_COMMAND,
      size: props.size,
      timeout: props.timeout,
      databaseVariable: props.databaseVariable,
      settings: props.settings,
      variables: {},
      sessionSecret: undefined,
    });

    this.queue = createJobQueue(this, {
      ...props,
      computeEnvironmentName: names.computeEnvironment,
      jobQueueName: names.jobQueue,
    });
    this.submitEnvironment = {
      BATCH_JOB_QUEUE: names.jobQueue,
      BATCH_JOB_DEFINITION: names.jobDefinition,
    };
    if (props.schedule) {
      const { time, days, fileKey } = props.schedule;
      const variables = { [Variable.importFileKey]: fileKey };
      this.startAt({ queue: this.queue, queueName: names.jobQueue, time, days, variables });
    }
  }

  /** Lets the web application start imports (the guide's flow, 12-1). */
  public grantSubmit(roles: ContainerRoles): void {
    const statement = this.submitStatement(this.queue, roles);
    statement.sid = 'StartImports';
    roles.addToTaskPolicy(statement);
  }
}
