import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
} from '@aws-sdk/client-batch';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { ResourceNames } from '../../../lib/config/names';
import { count } from '../../shared/words';
import type { Section } from '../table';
import { tail } from './ask';

/** The user import, logs, schedules and alarms. What an environment does not have is left out. */
export async function operations(names: ResourceNames): Promise<Section[]> {
  const sections = [
    { title: 'User import', rows: await userImport(names) },
    { title: 'Logs', rows: await logs(names) },
    { title: 'Office hours', rows: await schedules(names) },
    { title: 'Alarms', rows: await alarms(names) },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

async function userImport(names: ResourceNames): Promise<[string, string][]> {
  const batch = new BatchClient({});
  const named = { computeEnvironments: [names.computeEnvironment] };
  const { computeEnvironments = [] } = await batch.send(new DescribeComputeEnvironmentsCommand(named));
  const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [names.jobQueue] }));
  const current = { jobDefinitionName: names.jobDefinition, status: 'ACTIVE' };
  const { jobDefinitions = [] } = await batch.send(new DescribeJobDefinitionsCommand(current));
  return [
    ...computeEnvironments.map(({ computeResources: it }): [string, string] => [
      names.computeEnvironment,
      `${it?.type ?? ''}, up to ${it?.maxvCpus ?? 0} vCPU, ${it?.subnets?.length ?? 0} subnets`,
    ]),
    ...jobQueues.map((queue): [string, string] => [
      names.jobQueue,
      `priority ${queue.priority ?? ''}, ${queue.state?.toLowerCase() ?? ''}`,
    ]),
    ...jobDefinitions.flatMap(({ containerProperties: job, revision, timeout }): [string, string][] => [
      [names.jobDefinition, `revision ${revision ?? ''}, ends after ${timeout?.attemptDurationSeconds ?? 'no'} s`],
      ['command', job?.command?.join(' ') ?? ''],
      ['job image', tail(job?.image?.replace(/:([^:]*)$/, ', tag $1'))],
      [
        'job size',
        (job?.resourceRequirements ?? []).map(({ type, value }) => `${type ?? ''} ${value ?? ''}`).join(', '),
      ],
      ['job secrets', job?.secrets?.map(({ name }) => name).join(', ') ?? ''],
    ]),
  ];
}

async function logs(names: ResourceNames): Promise<[string, string][]> {
  const cloudWatch = new CloudWatchLogsClient({});
  const groups = Object.values(names.logGroups).map(async (logGroupNamePrefix) => {
    const { logGroups = [] } = await cloudWatch.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    return logGroups.map(({ logGroupName = '', retentionInDays }): [string, string] => [
      logGroupName,
      retentionInDays ? `kept ${count(retentionInDays, 'day')}` : 'KEPT FOR EVER',
    ]);
  });
  return (await Promise.all(groups)).flat();
}

async function schedules(names: ResourceNames): Promise<[string, string][]> {
  const scheduler = new SchedulerClient({});
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ NamePrefix: names.prefix }));
  const rows = Schedules.map(async ({ Name }): Promise<[string, string]> => {
    const { ScheduleExpression, ScheduleExpressionTimezone } = await scheduler.send(new GetScheduleCommand({ Name }));
    return [Name ?? '', `${ScheduleExpression ?? ''} ${ScheduleExpressionTimezone ?? 'UTC'}`];
  });
  return await Promise.all(rows);
}

async function alarms(names: ResourceNames): Promise<[string, string][]> {
  const cloudWatch = new CloudWatchClient({});
  const named = new DescribeAlarmsCommand({ AlarmNamePrefix: names.prefix });
  const { MetricAlarms = [] } = await cloudWatch.send(named);
  const { DashboardEntries = [] } = await cloudWatch.send(
    new ListDashboardsCommand({ DashboardNamePrefix: names.prefix }),
  );
  return [
    ...MetricAlarms.map((alarm): [string, string] => [
      alarm.AlarmName ?? '',
      `${alarm.Statistic ?? ''} ${alarm.MetricName ?? 'expression'} ${sign(alarm.ComparisonOperator)} ` +
        `${alarm.Threshold ?? ''} in ${alarm.EvaluationPeriods ?? 0} x ${alarm.Period ?? 0} s`,
    ]),
    ...DashboardEntries.map(({ DashboardName }): [string, string] => [DashboardName ?? '', 'dashboard']),
  ];
}

function sign(operator: string | undefined): string {
  const orEqual = operator?.includes('OrEqual') ? '=' : '';
  return `${operator?.startsWith('Less') ? '<' : '>'}${orEqual}`;
}
