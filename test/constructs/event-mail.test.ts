import { Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EventMail, failedJobs, type MailedEvents, scanFindings } from '../../lib/constructs/event-mail';
import { newStack } from '../support/construct';

const RULE = 'AWS::Events::Rule';
const JOB_DEFINITION = 'arn:aws:batch:ap-northeast-1:123456789012:job-definition/test';

function build(events: MailedEvents) {
  const stack = newStack();
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:ap-northeast-1:123456789012:alarms');
  const mail = new EventMail(stack, 'Mail', { ...events, topic, language: 'en' });
  return { stack, mail, template: Template.fromStack(stack) };
}

const { stack, mail, template } = build(
  failedJobs([{ jobDefinitionArn: JOB_DEFINITION }], {
    description: 'Failed',
    meaning: { en: 'An import job failed', ja: '失敗' },
  }),
);

/** The rule's target writes a mail with these variables of the event. */
function mails(built: Template, variables: Readonly<Record<string, string>>, InputTemplate: string): void {
  const InputTransformer = { InputPathsMap: variables, InputTemplate };
  built.hasResourceProperties(RULE, { Targets: [Match.objectLike({ InputTransformer })] });
}

test('EventBridge publishes with a role', () => {
  // In the topic's policy EventBridge fulfils no condition, so that any account could publish.
  const [role = ''] = Object.keys(template.findResources('AWS::IAM::Role'));
  const roleArn = { 'Fn::GetAtt': [role, 'Arn'] };
  template.hasResourceProperties(RULE, { Targets: [Match.objectLike({ RoleArn: roleArn })] });
});

test('an alarm can count the events of this rule, and of no other rule in the account', () => {
  const [rule] = Object.keys(template.findResources(RULE));
  expect(stack.resolve(mail.count.dimensions)).toEqual({ RuleName: { Ref: rule } });
  expect(mail.count).toMatchObject({ namespace: 'AWS/Events', metricName: 'Invocations', statistic: 'Sum' });
});

describe('a failed job', () => {
  test('is mailed for any revision of its job definition', () => {
    // Events name the revision. A further job of the queue is another one.
    template.hasResourceProperties(RULE, {
      EventPattern: {
        source: ['aws.batch'],
        'detail-type': ['Batch Job State Change'],
        detail: { status: ['FAILED'], jobDefinition: [{ prefix: `${JOB_DEFINITION}:` }] },
      },
    });
  });

  test('is named in the mail, with its reason', () => {
    // EventBridge puts JSON for a variable outside quotes: a quote in the reason does not break the mail.
    mails(
      template,
      {
        'detail-jobId': '$.detail.jobId',
        'detail-jobName': '$.detail.jobName',
        'detail-statusReason': '$.detail.statusReason',
      },
      '{"message":"An import job failed","job":<detail-jobName>,"id":<detail-jobId>,"reason":<detail-statusReason>}',
    );
  });
});

describe('the scan of an image', () => {
  const arnOf = (name: string) => `arn:aws:ecr:ap-northeast-1:123456789012:repository/${name}`;
  const registries = ['test-app', 'test-batch'].map((name) =>
    Repository.fromRepositoryAttributes(newStack(), name, { repositoryName: name, repositoryArn: arnOf(name) }),
  );
  const scans = build(scanFindings(registries)).template;

  test('is mailed for high and critical findings in the given registries', () => {
    // Low findings alone are in nearly every image.
    scans.hasResourceProperties(RULE, {
      EventPattern: {
        source: ['aws.ecr', 'aws.inspector2'],
        'detail-type': ['ECR Image Scan', 'Inspector2 Scan'],
        detail: {
          // Amazon Inspector names a repository by its ARN.
          'repository-name': ['test-app', arnOf('test-app'), 'test-batch', arnOf('test-batch')],
          'finding-severity-counts': {
            $or: [{ CRITICAL: [{ numeric: ['>', 0] }] }, { HIGH: [{ numeric: ['>', 0] }] }],
          },
        },
      },
    });
  });

  test('names the image in the mail, and the number of findings of each severity', () => {
    mails(
      scans,
      {
        'detail-repository-name': '$.detail.repository-name',
        'detail-image-tags': '$.detail.image-tags',
        'detail-image-digest': '$.detail.image-digest',
        'detail-finding-severity-counts': '$.detail.finding-severity-counts',
      },
      '{"message":"The scan of an image found known vulnerabilities","repository":<detail-repository-name>,' +
        '"tags":<detail-image-tags>,"digest":<detail-image-digest>,"findings":<detail-finding-severity-counts>}',
    );
  });
});
