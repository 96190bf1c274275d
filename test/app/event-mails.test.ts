import { Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';
import { type Json, text } from '../support/template';

/*
 * Events as AWS publishes them, with the fields that are read: AWS Batch user guide ("Job state change events"; the reason is
 * ours), Amazon ECR user guide ("Event for a completed image scan"), AWS Backup developer guide ("Restore Job events", FAILED).
 */
const FAILED_JOB = {
  jobName: 'event-test',
  jobId: '4c7599ae-0a82-49aa-ba5a-4727fcce14a8',
  statusReason: 'Task failed: "exit code 1"',
};
const IMAGE_SCAN = {
  'repository-name': 'my-repo',
  'finding-severity-counts': { CRITICAL: 10, MEDIUM: 9 },
  'image-digest': 'sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234',
  'image-tags': [],
};
const FAILED_RESTORE = {
  restoreJobId: '1B234A56-789B-01CD-2A34-4567A08901FD',
  statusMessage: 'AWS Backup does not permit attaching a new instance profile to an EC2 instance.',
};

/** Fills a rule's template as EventBridge does: a variable in a text is bare, and JSON outside; a missing one is empty. */
function messageOf(transformer: Json | undefined, detail: Json): string {
  const value = (variable: string) => {
    const path = text(at(transformer, `InputPathsMap.${variable.slice(1, -1)}`));
    return at({ detail }, path.replace('$.', '').replace('[0]', '.0')) ?? '';
  };
  const template = text(at(transformer, 'InputTemplate'));
  return template.replace(/"[^"]*"|<[^>]+>/g, (part) =>
    part.startsWith('<') ? JSON.stringify(value(part)) : part.replace(/<[^>]+>/g, (variable) => text(value(variable))),
  );
}

test.each([
  {
    title: 'mail',
    environment: 'prod',
    events: 'ScanFindings',
    detail: IMAGE_SCAN,
    message:
      '{"message":"The scan of an image found known vulnerabilities","repository":"my-repo","tags":[],' +
      `"digest":"${IMAGE_SCAN['image-digest']}","findings":{"CRITICAL":10,"MEDIUM":9}}`,
  },
  {
    title: 'Japanese mail',
    environment: 'testlean',
    events: 'FailedJobs',
    detail: FAILED_JOB,
    message:
      '{"message":"ジョブが失敗しました","job":"event-test","id":"4c7599ae-0a82-49aa-ba5a-4727fcce14a8",' +
      '"reason":"Task failed: \\"exit code 1\\""}',
  },
  {
    title: 'message in a chat, in the only form that Amazon Q Developer shows,',
    environment: 'testlarge',
    events: 'FailedImports',
    detail: FAILED_JOB,
    message:
      '{"version":"1.0","source":"custom","content":{"textType":"client-markdown",' +
      '"title":"prooflink-testlarge: An import job failed","description":"Task failed: \\"exit code 1\\"",' +
      '"keywords":["event-test","4c7599ae-0a82-49aa-ba5a-4727fcce14a8"]}}',
  },
  {
    title: 'message in a chat',
    environment: 'testlarge',
    events: 'ScanFindings',
    detail: IMAGE_SCAN,
    message:
      '{"version":"1.0","source":"custom","content":{"textType":"client-markdown",' +
      '"title":"prooflink-testlarge: The scan of an image found known vulnerabilities",' +
      `"description":"my-repo: CRITICAL: 10 HIGH: ","keywords":["${IMAGE_SCAN['image-digest']}"]}}`,
  },
  {
    title: 'message in a chat',
    environment: 'testlarge',
    events: 'FailedRestoreTests',
    detail: FAILED_RESTORE,
    message:
      '{"version":"1.0","source":"custom","content":{"textType":"client-markdown",' +
      '"title":"prooflink-testlarge: The restore test of the database failed",' +
      `"description":"${FAILED_RESTORE.statusMessage}","keywords":["${FAILED_RESTORE.restoreJobId}"]}}`,
  },
] as const)('the $title about $events of $environment', ({ environment, events, detail, message }) => {
  const rule = `Alarms/${events}/Rule`;
  const transformer = deployed(environment).at('AWS::Events::Rule', 'Targets.0.InputTransformer', rule);
  expect(messageOf(transformer, detail)).toBe(message);
});

test('alarms and the dashboard are in Japanese if the config says so', () => {
  const stack = deployed('testlean');
  const meanings = stack.all('AWS::CloudWatch::Alarm').map(({ properties }) => text(properties['AlarmDescription']));
  expect(meanings).toContain('Webタスク: CPU使用率が高くなっています');
  expect(meanings.join()).not.toMatch(/[a-z]{4}/);
  const dashboard = JSON.stringify(stack.part(Part.dashboard).properties);
  expect(meanings.filter((meaning) => !dashboard.includes(meaning))).toEqual([]);
});
