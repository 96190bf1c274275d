import {
  Alarm,
  AlarmWidget,
  ComparisonOperator,
  Dashboard,
  type IAlarm,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { type IRule, Rule } from 'aws-cdk-lib/aws-events';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { AlarmsConfig, SlackConfig } from '../config/sections/alarms';
import type { ResourceNames } from '../config/names';
import type { ImageTags } from '../image-tags';
import type { Language, Sentence } from '../language';
import type { BatchJob } from './batch-job';
import type { Database } from './database';
import {
  EventMail,
  failedJobs,
  failedRestoreTests,
  type MailedEvents,
  restoreTestEnds,
  scanFindings,
} from './event-mail';
import type { LoadBalancer } from './load-balancer';
import type { RestoreTest } from './restore-test';

export interface AlarmsProps extends AlarmsConfig {
  readonly names: ResourceNames;
  readonly imageTags: ImageTags;
  /** True if the web tasks are stopped at night. */
  readonly officeHours: boolean;
  readonly webCpu: Metric;
  readonly webMemory: Metric;
  readonly loadBalancer: LoadBalancer['metrics'];
  readonly database: Database['metrics'];
  /** The user import; `undefined` without one. */
  readonly userImport: Pick<BatchJob, 'jobDefinitionArn'> | undefined;
  /** The configured jobs. */
  readonly jobs: readonly Pick<BatchJob, 'jobDefinitionArn'>[];
  /** The restore test; `undefined` without one. */
  readonly restoreTest: Pick<RestoreTest, 'role' | 'dueAndDayLater'> | undefined;
  /** The registries whose images are scanned. */
  readonly scannedRegistries: readonly IRepository[];
}

interface Watched {
  /** The alarm's name follows the prefix; a name that AWS has seen before keeps its history. */
  readonly name: string;
  readonly meaning: Sentence;
  readonly metric: Metric | MathExpression;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** Number of periods in a row that have to breach. One, unless a single bad period is normal. */
  readonly periods?: number;
  readonly period?: Duration;
  /** Treatment of missing data; not breaching by default: no request, no job, no task. */
  readonly missing?: TreatMissingData;
  /** True if the alarm rolls a release back. */
  readonly ofRelease?: true;
}

/** Alarms to an email address, and a dashboard of the same metrics (guide 11-1 and what an operator would miss). */
export class Alarms extends Construct {
  /**
   * Alarms that roll a release back: those of the web tasks' own target group. The load balancer's 5xx have no target
   * group, and a further application behind it would roll back web's release.
   */
  public readonly ofRelease: readonly IAlarm[];
  private readonly topic: ITopic;
  private readonly prefix: string;
  private readonly language: Language;
  private readonly chatTitle: string | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.prefix = props.names.prefix;
    this.language = props.language ?? 'en';
    this.chatTitle = props.slack && this.prefix;
    this.topic = this.mailTo(props.email);
    if (props.slack) this.sendToSlack(props.slack);

    const watched = [...watchedMetrics(props), ...this.watchedJobs(props)];
    if (props.restoreTest) watched.push(this.watchedRestoreTest(props.restoreTest));
    const alarms = watched.map((one) => this.watch(one));
    this.ofRelease = alarms.filter((_, index) => watched[index]?.ofRelease);
    if (props.scannedRegistries.length > 0) {
      this.mailEvents('ScanFindings', scanFindings(props.scannedRegistries));
    }

    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: this.prefix });
    const widgets = alarms.map((alarm, index) => {
      const { meaning } = watched[index] as Watched;
      return new AlarmWidget({ alarm, title: meaning[this.language], width: 12 });
    });
    for (let row = 0; row < widgets.length; row += 2) dashboard.addWidgets(...widgets.slice(row, row + 2));
  }

  private mailTo(email: string): ITopic {
    const topic = new Topic(this, 'Topic', { displayName: `${this.prefix} alarms`, enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A topic with its own policy loses the default one, which lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return topic;
  }

  private mailEvents(id: string, events: MailedEvents): EventMail {
    const { topic, language, chatTitle } = this;
    return new EventMail(this, id, { ...events, topic, language, chatTitle });
  }

  /** Rights in a chat are those of its role within the guardrail, which is AdministratorAccess by default. */
  private sendToSlack({ workspaceId, channelId }: SlackConfig): void {
    const actions = ['cloudwatch:Describe*', 'cloudwatch:Get*', 'cloudwatch:List*'];
    const readsCloudWatch = new ManagedPolicy(this, 'SlackPolicy', {
      statements: [new PolicyStatement({ actions, resources: ['*'] })],
    });
    for (const wildcard of ['Resource::*', ...actions.map((action) => `Action::${action}`)]) {
      acknowledge(readsCloudWatch, { [`AwsSolutions-IAM5[${wildcard}]`]: 'Alarms and metrics are read alone.' });
    }
    const role = new Role(this, 'SlackRole', {
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com'),
      managedPolicies: [readsCloudWatch],
    });
    new SlackChannelConfiguration(this, 'Slack', {
      slackChannelConfigurationName: `${this.prefix}-alarms`,
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      notificationTopics: [this.topic],
      role,
      guardrailPolicies: [readsCloudWatch],
    });
  }

  private watchedJobs({ userImport, jobs }: Pick<AlarmsProps, 'userImport' | 'jobs'>): Watched[] {
    const watched: Watched[] = [];
    if (userImport) {
      const meaning = { en: 'An import job failed', ja: 'インポートのジョブが失敗しました' };
      const events = failedJobs([userImport], { description: 'Import jobs that failed', meaning });
      const { count } = this.mailEvents('FailedImports', events);
      watched.push({ name: 'import-failed', meaning, metric: count, ...atLeast(1) });
    }
    if (jobs.length > 0) {
      const meaning = { en: 'A job failed', ja: 'ジョブが失敗しました' };
      const { count } = this.mailEvents('FailedJobs', failedJobs(jobs, { description: 'Jobs that failed', meaning }));
      watched.push({ name: 'job-failed', meaning, metric: count, ...atLeast(1) });
    }
    return watched;
  }

  /**
   * The test that does not end leaves no event. A pulse when it is due, and one a day later, make two days in a row in which
   * nothing ended.
   */
  private watchedRestoreTest({ role, dueAndDayLater }: NonNullable<AlarmsProps['restoreTest']>): Watched {
    this.mailEvents('FailedRestoreTests', failedRestoreTests(role));
    const due = new Rule(this, 'RestoreTestDue', {
      description: 'A restore test is due, and a day later',
      schedule: dueAndDayLater,
    });
    const ended = new Rule(this, 'RestoreTestEnded', {
      description: 'Restore tests that ended well',
      eventPattern: restoreTestEnds(role, ['COMPLETED']),
    });
    return {
      name: 'restore-test-missing',
      meaning: {
        en: 'The restore test of the database did not end within a day',
        ja: 'データベースの復元テストが1日以内に終わりませんでした',
      },
      // Arithmetic takes missing data as 0 (CloudWatch user guide, "Using metric math").
      metric: new MathExpression({
        expression: 'due + 2 * ended',
        usingMetrics: { due: timesTriggered(due), ended: timesTriggered(ended) },
      }),
      threshold: 2,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      period: Duration.days(1),
      periods: 2,
    };
  }

  private watch({ name, meaning, metric, threshold, comparison, periods, period, missing }: Watched): IAlarm {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: meaning[this.language],
      metric: metric.with({ period: period ?? Duration.minutes(5) }),
      threshold,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods ?? 1,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }
}

function timesTriggered({ ruleName }: IRule): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: ruleName },
    statistic: Stats.SUM,
  });
}

function atLeast(threshold: number) {
  return { threshold, comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD };
}

function watchedMetrics(props: AlarmsProps): Watched[] {
  const { loadBalancer, database } = props;
  return [
    // Guide 11-1: average over 5 minutes, static, greater than.
    {
      name: 'ecs-cpu-high',
      meaning: { en: 'Web tasks: CPU is high', ja: 'Webタスク: CPU使用率が高くなっています' },
      metric: props.webCpu,
      threshold: props.webCpuPercent,
    },
    {
      name: 'ecs-memory-high',
      meaning: {
        en: 'Web tasks: memory is high; at 100 % a task is stopped',
        ja: 'Webタスク: メモリ使用率が高くなっています。100%になると停止されます',
      },
      metric: props.webMemory,
      threshold: props.webMemoryPercent,
      // A large request is over sooner.
      periods: 3,
    },
    {
      name: 'response-slow',
      meaning: { en: 'Application: answers are slow', ja: 'アプリケーション: 応答が遅くなっています' },
      metric: loadBalancer.responseTime,
      threshold: props.responseTime.toSeconds({ integral: false }),
      // At night a single slow request is 5 % of all.
      periods: 3,
    },
    {
      name: 'no-healthy-target',
      meaning: {
        en: 'Web tasks: none is healthy, nobody is served',
        ja: 'Webタスク: 正常なものがなく、利用者は使えません',
      },
      metric: loadBalancer.healthyTargets,
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      period: Duration.minutes(1),
      periods: 3,
      missing: missingTargets(props),
    },
    {
      name: 'unhealthy-targets',
      ofRelease: true,
      meaning: {
        en: 'Web tasks: the load balancer finds some unhealthy',
        ja: 'Webタスク: ロードバランサーのヘルスチェックに失敗しています',
      },
      metric: loadBalancer.unhealthyTargets,
      period: Duration.minutes(1),
      // A task that is replaced is unhealthy for a moment.
      periods: 3,
      ...atLeast(1),
    },
    {
      name: 'load-balancer-5xx',
      meaning: {
        en: 'Load balancer: 5xx answers of its own (no task answered)',
        ja: 'ロードバランサー: 自身が5xxを返しています(タスクの応答なし)',
      },
      metric: loadBalancer.loadBalancer5xx,
      ...atLeast(props.http5xxCount),
    },
    {
      name: 'connection-errors',
      ofRelease: true,
      meaning: { en: 'Web tasks: the load balancer cannot connect', ja: 'Webタスク: ロードバランサーが接続できません' },
      metric: loadBalancer.connectionErrors,
      period: Duration.minutes(1),
      // A task that stops refuses connections until the load balancer has deregistered it.
      periods: 3,
      ...atLeast(props.http5xxCount),
    },
    {
      name: 'application-5xx',
      ofRelease: true,
      meaning: { en: 'Application: 5xx answers', ja: 'アプリケーション: 5xxを返しています' },
      metric: loadBalancer.application5xx,
      ...atLeast(props.http5xxCount),
    },
    {
      name: 'database-cpu-high',
      meaning: { en: 'Database: CPU is high', ja: 'データベース: CPU使用率が高くなっています' },
      metric: database.cpu,
      threshold: props.databaseCpuPercent,
      periods: 3,
    },
    {
      name: 'database-storage-low',
      meaning: { en: 'Database: free storage is low', ja: 'データベース: 空き容量が少なくなっています' },
      metric: database.freeStorage,
      threshold: props.databaseFreeStorage.toBytes(),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    },
    {
      name: 'database-connections-high',
      meaning: { en: 'Database: connections run out', ja: 'データベース: 接続数が上限に近づいています' },
      metric: database.connections,
      threshold: props.databaseConnections,
      periods: 3,
    },
  ];
}

/** Tasks that crash deregister, and no target means no data: an outage, unless the tasks are stopped on purpose. */
function missingTargets({ imageTags, officeHours }: AlarmsProps): TreatMissingData {
  const { BREACHING, NOT_BREACHING } = TreatMissingData;
  return officeHours ? NOT_BREACHING : imageTags.withImage(BREACHING, NOT_BREACHING);
}
