import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListScheduleGroupsCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { type Asked, ids } from './ask';

/** Alarms, logs, topics and schedules. */
export function askOperations(): Asked {
  const cloudWatch = new CloudWatchClient({});
  const scheduler = new SchedulerClient({});
  const sns = new SNSClient({});
  return {
    'AWS::CloudFormation::Stack': ids(new CloudFormationClient({}).send(new DescribeStacksCommand({})), ({ Stacks }) =>
      Stacks?.map(({ StackName }) => StackName),
    ),
    'AWS::Logs::LogGroup': ids(new CloudWatchLogsClient({}).send(new DescribeLogGroupsCommand({})), ({ logGroups }) =>
      logGroups?.map(({ logGroupName }) => logGroupName),
    ),
    'AWS::CloudWatch::Alarm': ids(cloudWatch.send(new DescribeAlarmsCommand({})), ({ MetricAlarms }) =>
      MetricAlarms?.map(({ AlarmName }) => AlarmName),
    ),
    'AWS::CloudWatch::Dashboard': ids(cloudWatch.send(new ListDashboardsCommand({})), ({ DashboardEntries }) =>
      DashboardEntries?.map(({ DashboardName }) => DashboardName),
    ),
    'AWS::SNS::Topic': ids(sns.send(new ListTopicsCommand({})), ({ Topics }) =>
      Topics?.map(({ TopicArn }) => TopicArn),
    ),
    'AWS::SNS::Subscription': ids(sns.send(new ListSubscriptionsCommand({})), ({ Subscriptions }) =>
      Subscriptions?.map(({ SubscriptionArn }) => SubscriptionArn),
    ),
    'AWS::Budgets::Budget': ids(
      new BudgetsClient({}).send(new DescribeBudgetsCommand({ AccountId: LOCAL_ACCOUNT })),
      ({ Budgets }) => Budgets?.map(({ BudgetName }) => BudgetName),
    ),
    'AWS::Events::Rule': ids(new EventBridgeClient({}).send(new ListRulesCommand({})), ({ Rules }) =>
      Rules?.map(({ Name }) => Name),
    ),
    'AWS::Scheduler::Schedule': ids(scheduler.send(new ListSchedulesCommand({})), ({ Schedules }) =>
      Schedules?.map(({ Name }) => Name),
    ),
    'AWS::Scheduler::ScheduleGroup': ids(scheduler.send(new ListScheduleGroupsCommand({})), ({ ScheduleGroups }) =>
      ScheduleGroups?.map(({ Name }) => Name),
    ),
  };
}
