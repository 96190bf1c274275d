import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { EventField, type EventPattern, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Language, Sentence } from '../language';
import type { BatchJob } from './batch-job';
import { serviceOfThisAccount } from './service-principal';

/** Events of AWS services, and the mail about each. */
export interface MailedEvents {
  readonly description: string;
  readonly eventPattern: EventPattern;
  /** First value of the mail. */
  readonly meaning: Sentence;
  /** Its other values by their names: AWS writes them as JSON, while a quote would break a plain text. */
  readonly values: Readonly<Record<string, string>>;
  /** Text below the meaning in a chat. A value that may have a quote stands alone, as in the mail. */
  readonly inChat: { readonly description: string; readonly keywords: readonly string[] };
}

export interface EventMailProps extends MailedEvents {
  readonly topic: ITopic;
  readonly language: Language;
  /** Title of a chat's messages, before the meaning; `undefined` without a chat. */
  readonly chatTitle: string | undefined;
}

/**
 * Mails events of AWS services. EventBridge publishes with a role that trusts it for this account only: the topic's
 * policy cannot say so, since EventBridge fulfils no condition there.
 */
export class EventMail extends Construct {
  /** Number of the events. */
  public readonly count: Metric;

  constructor(scope: Construct, id: string, props: EventMailProps) {
    super(scope, id);
    const { description, eventPattern, topic } = props;
    const meaning = props.meaning[props.language];
    const message =
      props.chatTitle === undefined
        ? { message: meaning, ...props.values }
        : customNotification(`${props.chatTitle}: ${meaning}`, props.inChat);
    const role = new Role(this, 'Role', { assumedBy: serviceOfThisAccount('events.amazonaws.com') });
    const rule = new Rule(this, 'Rule', {
      description,
      eventPattern,
      targets: [new SnsTopic(topic, { role, message: RuleTargetInput.fromObject(message) })],
    });
    this.count = new Metric({
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensionsMap: { RuleName: rule.ruleName },
      statistic: Stats.SUM,
    });
  }
}

/** The only form of own messages that Amazon Q Developer shows (user guide, "Custom notifications"); its mail is the same. */
function customNotification(title: string, text: MailedEvents['inChat']): object {
  return { version: '1.0', source: 'custom', content: { textType: 'client-markdown', title, ...text } };
}

/** Jobs that failed, and why. AWS Batch has no metric of failed jobs, only an event for each. */
export function failedJobs(
  jobs: readonly Pick<BatchJob, 'jobDefinitionArn'>[],
  { description, meaning }: Pick<MailedEvents, 'description' | 'meaning'>,
): MailedEvents {
  const job = EventField.fromPath('$.detail.jobName');
  const id = EventField.fromPath('$.detail.jobId');
  const reason = EventField.fromPath('$.detail.statusReason');
  return {
    description,
    eventPattern: {
      source: ['aws.batch'],
      detailType: ['Batch Job State Change'],
      detail: {
        status: ['FAILED'],
        // Events name the revision, too. A queue may have further jobs.
        jobDefinition: Match.anyOf(...jobs.map(({ jobDefinitionArn }) => Match.prefix(`${jobDefinitionArn}:`))),
      },
    },
    meaning,
    values: { job, id, reason },
    inChat: { description: reason, keywords: [job, id] },
  };
}

/**
 * Images with known vulnerabilities that are high or critical, and how many: of the scan on push and, where an account has
 * it, of Amazon Inspector's (Inspector user guide, "EventBridge event schema", which names a repository by its ARN).
 */
export function scanFindings(registries: readonly IRepository[]): MailedEvents {
  const digest = EventField.fromPath('$.detail.image-digest');
  const repository = EventField.fromPath('$.detail.repository-name');
  const tag = EventField.fromPath('$.detail.image-tags[0]');
  const critical = EventField.fromPath('$.detail.finding-severity-counts.CRITICAL');
  const high = EventField.fromPath('$.detail.finding-severity-counts.HIGH');
  const some = (severity: string) => ({ [severity]: Match.greaterThan(0) });
  return {
    description: 'Images with high or critical findings',
    eventPattern: {
      source: ['aws.ecr', 'aws.inspector2'],
      detailType: ['ECR Image Scan', 'Inspector2 Scan'],
      detail: {
        'repository-name': registries.flatMap(({ repositoryName, repositoryArn }) => [repositoryName, repositoryArn]),
        'finding-severity-counts': { $or: [some('CRITICAL'), some('HIGH')] },
      },
    },
    meaning: {
      en: 'The scan of an image found known vulnerabilities',
      ja: 'イメージのスキャンで既知の脆弱性が見つかりました',
    },
    values: {
      repository,
      tags: EventField.fromPath('$.detail.image-tags'),
      digest,
      findings: EventField.fromPath('$.detail.finding-severity-counts'),
    },
    // Counts have no quotes; one that is missing is empty.
    inChat: { description: `${repository}:${tag} CRITICAL: ${critical} HIGH: ${high}`, keywords: [digest] },
  };
}

/** Events of the restore tests of a role, at the end in one of these statuses. */
export function restoreTestEnds(role: IRole, statuses: readonly string[]): EventPattern {
  return {
    source: ['aws.backup'],
    detailType: ['Restore Job State Change'],
    detail: { iamRoleArn: [role.roleArn], status: statuses },
  };
}

/** Restore tests that failed, and why. */
export function failedRestoreTests(role: IRole): MailedEvents {
  const id = EventField.fromPath('$.detail.restoreJobId');
  const reason = EventField.fromPath('$.detail.statusMessage');
  return {
    description: 'Restore tests that failed',
    eventPattern: restoreTestEnds(role, ['FAILED', 'ABORTED']),
    meaning: { en: 'The restore test of the database failed', ja: 'データベースの復元テストが失敗しました' },
    values: { id, reason },
    inChat: { description: reason, keywords: [id] },
  };
}
