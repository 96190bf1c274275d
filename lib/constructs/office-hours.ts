import { type IRole, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IBaseService } from 'aws-cdk-lib/aws-ecs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge';
import type { OfficeHoursConfig, TimeOfDay } from '../config/sections/office-hours';
import type { FixedTasksConfig } from '../config/sections/web-service';
import type { ResourceNames } from '../config/names';
import type { ImageTags } from '../image-tags';
import { FEW_RETRIES, japanTime, SchedulerRole } from './japan-time';
import { serviceOfThisAccount } from './service-principal';
import type { Worker } from './worker';

export interface OfficeHoursProps extends OfficeHoursConfig {
  readonly names: ResourceNames;
  readonly database: IDatabaseInstance;
  readonly service: IBaseService;
  /** Number of web tasks that start in the morning. */
  readonly tasks: FixedTasksConfig;
  /** They stop and start with the web tasks. */
  readonly workers: readonly Pick<Worker, 'name' | 'desiredCount' | 'service'>[];
  readonly imageTags: ImageTags;
}

/** The web tasks need a moment to end before their database stops. */
const TASKS_END = Duration.minutes(5);

/**
 * Stops web tasks and database at night and starts them in the morning (guide 5.2), Japan's time:
 * tasks to zero, then the database; in the morning the database, then, once it is up, the tasks.
 */
export class OfficeHours extends Construct {
  constructor(scope: Construct, id: string, props: OfficeHoursProps) {
    super(scope, id);

    const automationRole = this.automationRole(props.database);
    const databaseRole = new SchedulerRole(this, 'DatabaseSchedulerRole');
    const serviceRole = new SchedulerRole(this, 'ServiceSchedulerRole');

    const automation = (document: 'AWS-StartRdsInstance' | 'AWS-StopRdsInstance') =>
      new Universal({
        ...FEW_RETRIES,
        service: 'ssm',
        action: 'startAutomationExecution',
        role: databaseRole,
        policyStatements: this.startAutomation(document, automationRole),
        input: ScheduleTargetInput.fromObject({
          DocumentName: document,
          Parameters: {
            InstanceId: [props.database.instanceIdentifier],
            AutomationAssumeRole: [automationRole.roleArn],
          },
        }),
      });
    const tasks = (service: IBaseService, input: string) =>
      new Universal({
        ...FEW_RETRIES,
        service: 'ecs',
        action: 'updateService',
        role: serviceRole,
        policyStatements: [new PolicyStatement({ actions: ['ecs:UpdateService'], resources: [service.serviceArn] })],
        input: ScheduleTargetInput.fromText(input),
      });

    const { prefix } = props.names;
    const at = (time: TimeOfDay, later?: Duration) => japanTime(props.days, time, later);
    new Schedule(this, 'StopDatabase', {
      scheduleName: `${prefix}-stop-database`,
      schedule: at(props.stop, TASKS_END),
      target: automation('AWS-StopRdsInstance'),
    });
    new Schedule(this, 'StartDatabase', {
      scheduleName: `${prefix}-start-database`,
      schedule: at(props.start),
      target: automation('AWS-StartRdsInstance'),
    });
    const services = [
      { path: 'Tasks', name: 'web-tasks', service: props.service, desiredCount: props.tasks.desiredCount },
      ...props.workers.map((worker) => ({ ...worker, path: `Worker-${worker.name}`, name: `worker-${worker.name}` })),
    ];
    for (const { path, name, service, desiredCount } of services) {
      const request = (count: number) =>
        Stack.of(this).toJsonString({
          Cluster: service.cluster.clusterName,
          Service: service.serviceName,
          DesiredCount: count,
        });
      new Schedule(this, `Stop${path}`, {
        scheduleName: `${prefix}-stop-${name}`,
        schedule: at(props.stop),
        target: tasks(service, request(0)),
      });
      new Schedule(this, `Start${path}`, {
        scheduleName: `${prefix}-start-${name}`,
        schedule: at(props.start, props.databaseStartup),
        // Fn::If chooses between two whole requests: within one, the number could become a string.
        target: tasks(service, props.imageTags.withImage(request(desiredCount), request(0))),
      });
    }
  }

  /** Rights of Systems Manager: to stop and start this one database. */
  private automationRole(database: IDatabaseInstance): IRole {
    const role = new Role(this, 'AutomationRole', { assumedBy: serviceOfThisAccount('ssm.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['rds:StartDBInstance', 'rds:StopDBInstance', 'rds:DescribeDBInstances'],
        resources: [database.instanceArn],
      }),
    );
    return role;
  }

  private startAutomation(document: string, automationRole: IRole): PolicyStatement[] {
    const stack = Stack.of(this);
    // The documents are AWS's own: their ARNs carry no account.
    const documentArn = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ssm', account: '', resource, resourceName });
    // The older form of a document's ARN. AWS's reference calls it optional, and denials that name it were reported.
    const anyVersion = documentArn('automation-definition', `${document}:*`);
    const anyExecution = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    acknowledgeWildcard(this, anyVersion, 'AWS keeps versions of its document; the newest is the one to run.');
    acknowledgeWildcard(this, anyExecution, 'Systems Manager makes the id of an execution when it starts.');
    return [
      new PolicyStatement({
        actions: ['ssm:StartAutomationExecution'],
        resources: [documentArn('document', document), anyVersion, anyExecution],
      }),
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [automationRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      }),
    ];
  }
}
